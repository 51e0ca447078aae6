import assert from "node:assert/strict";
import { test } from "node:test";
import { Match } from "aws-cdk-lib/assertions";
import { asList, resourcesOf, statementsOf, templateOf, type Statement } from "./support.js";

const dev = templateOf();
const names = ["http", "ws"] as const;

for (const name of names)
    test(`${name}: runtime, reserved concurrency, log group, and an end with API Gateway's`, () => {
        dev.hasResourceProperties("AWS::Lambda::Function", {
            FunctionName: `http-tunnel-dev-${name}`,
            Runtime: "provided.al2023",
            Handler: "bootstrap",
            Architectures: ["x86_64"],
            MemorySize: 256,
            Timeout: 29,
            ReservedConcurrentExecutions: 20,
            LoggingConfig: { LogGroup: { Ref: Match.anyValue() } },
            Environment: { Variables: Match.objectLike({ TUNNEL_FUNCTION: name, TUNNEL_SUBDOMAINS: "false" }) },
        });
    });

test("both run the same code and there is no third function", () => {
    const functions = Object.values(resourcesOf(dev, "AWS::Lambda::Function"));
    assert.equal(functions.length, 2);
    assert.deepEqual(functions[0]?.Properties.Code, functions[1]?.Properties.Code);
});

test("the variables that bootstrap reads are all there, and only ws knows where tokens are checked", () => {
    const common = ["TUNNEL_CONFIG_PARAMETER", "TUNNEL_CONNECTIONS_TABLE", "TUNNEL_FUNCTION", "TUNNEL_PUBLIC_URL",
        "TUNNEL_RATE_LIMITS_TABLE", "TUNNEL_REPLY_KEY_PARAMETER", "TUNNEL_REPLY_QUEUE_PREFIX", "TUNNEL_RESERVATIONS_TABLE",
        "TUNNEL_SUBDOMAINS", "TUNNEL_WEBSOCKET_ENDPOINT"];
    for (const resource of Object.values(resourcesOf(dev, "AWS::Lambda::Function"))) {
        const own = resource.Properties.FunctionName.endsWith("-ws") ? ["TUNNEL_JWT_SECRET_PARAMETER"] : [];
        assert.deepEqual(Object.keys(resource.Properties.Environment.Variables).sort(), [...common, ...own].sort());
    }
});

test("an issuer's keys take the place of a secret", () => {
    const template = templateOf({ TUNNEL_JWKS_URL: "https://id.example.com/keys", TUNNEL_JWT_AUDIENCE: "tunnel", TUNNEL_JWT_ISSUER: "id" });
    template.hasResourceProperties("AWS::Lambda::Function", {
        FunctionName: "http-tunnel-dev-ws",
        Environment: {
            Variables: Match.objectLike({
                TUNNEL_JWKS_URL: "https://id.example.com/keys", TUNNEL_JWT_AUDIENCE: "tunnel", TUNNEL_JWT_ISSUER: "id",
                TUNNEL_JWT_SECRET_PARAMETER: Match.absent(),
            }),
        },
    });
    assert.ok(!JSON.stringify(statementsOf(template, "http-tunnel-dev-ws")).includes("jwt-secret"));
});

const actionsOf = (statements: Statement[]): string[] => [...new Set(statements.flatMap((statement) => asList(statement.Action)))].sort();

test("http may do exactly this", () => {
    assert.deepEqual(actionsOf(statementsOf(dev, "http-tunnel-dev-http")), [
        "dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem", "execute-api:ManageConnections",
        "kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey", "logs:CreateLogStream", "logs:PutLogEvents",
        "sqs:CreateQueue", "sqs:DeleteMessage", "sqs:DeleteQueue", "sqs:ReceiveMessage", "sqs:SendMessage", "ssm:GetParameters",
    ]);
});

test("ws may do exactly this", () => {
    assert.deepEqual(actionsOf(statementsOf(dev, "http-tunnel-dev-ws")), [
        "dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query", "dynamodb:Scan", "dynamodb:UpdateItem",
        "execute-api:ManageConnections", "kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey",
        "logs:CreateLogStream", "logs:PutLogEvents", "sqs:DeleteQueue", "sqs:ListQueues", "sqs:SendMessage", "ssm:GetParameters",
    ]);
});

test("no action has a wildcard, and a whole resource only where IAM knows none", () => {
    for (const name of names)
        for (const statement of statementsOf(dev, `http-tunnel-dev-${name}`)) {
            assert.equal(statement.Effect, "Allow");
            for (const action of asList(statement.Action)) assert.ok(!action.includes("*"), action);
            if (asList(statement.Resource).includes("*")) assert.deepEqual([name, statement.Action], ["ws", "sqs:ListQueues"]);
        }
});

test("connections are managed in this API and stage only, queues under this prefix only", () => {
    for (const name of names) {
        const text = JSON.stringify(statementsOf(dev, `http-tunnel-dev-${name}`));
        assert.match(text, /\{"Ref":"LinkApi[0-9A-F]+"\},"\/dev\/POST\/@connections\/\*"/);
        assert.match(text, /:http-tunnel-dev-reply-\*"/);
        assert.equal(text.includes("/dev/DELETE/@connections/*"), name === "ws");
    }
});

test("the key is used through DynamoDB and Parameter Store only", () => {
    for (const name of names) {
        const use = statementsOf(dev, `http-tunnel-dev-${name}`).find((statement) => statement.Sid === "UseKey");
        assert.match(JSON.stringify(use?.Condition), /"kms:ViaService":\[.*"dynamodb\.".*"ssm\."/);
    }
});

test("the clean-up runs on schedule, by ws", () => {
    dev.hasResourceProperties("AWS::Events::Rule", {
        ScheduleExpression: "rate(15 minutes)",
        State: "ENABLED",
        Targets: [Match.objectLike({ Arn: { "Fn::GetAtt": [Match.stringLikeRegexp("^Ws"), "Arn"] } })],
    });
    templateOf({ TUNNEL_CLEANUP_MINUTES: "60" }).hasResourceProperties("AWS::Events::Rule", { ScheduleExpression: "rate(1 hour)" });
    dev.hasResourceProperties("AWS::Lambda::Permission", { Principal: "events.amazonaws.com" });
});
