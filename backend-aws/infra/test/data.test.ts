import assert from "node:assert/strict";
import { test } from "node:test";
import { Match } from "aws-cdk-lib/assertions";
import { resourcesOf, templateOf } from "./support.js";

const dev = templateOf();
const prod = templateOf({ TUNNEL_ENVIRONMENT: "prod" });

const schemas = {
    connections: { keys: [["connectionId", "HASH"]], attributes: { connectionId: "S" } },
    reservations: { keys: [["name", "HASH"]], attributes: { name: "S", owner: "S" } },
    "rate-limits": { keys: [["tunnelId", "HASH"], ["minute", "RANGE"]], attributes: { tunnelId: "S", minute: "N" } },
};

for (const [name, schema] of Object.entries(schemas))
    test(`table ${name}: keys, expiry, encryption and point-in-time recovery`, () => {
        dev.hasResourceProperties("AWS::DynamoDB::Table", {
            TableName: `http-tunnel-dev-${name}`,
            BillingMode: "PAY_PER_REQUEST",
            KeySchema: schema.keys.map(([AttributeName, KeyType]) => ({ AttributeName, KeyType })),
            AttributeDefinitions: Match.arrayWith(
                Object.entries(schema.attributes).map(([AttributeName, AttributeType]) => ({ AttributeName, AttributeType })),
            ),
            TimeToLiveSpecification: { AttributeName: "ttl", Enabled: true },
            PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
            SSESpecification: { SSEEnabled: true, SSEType: "KMS", KMSMasterKeyId: Match.anyValue() },
        });
    });

test("there are these tables and no other, and the names of an owner have an index", () => {
    dev.resourceCountIs("AWS::DynamoDB::Table", 3);
    dev.hasResourceProperties("AWS::DynamoDB::Table", {
        GlobalSecondaryIndexes: [
            {
                IndexName: "owner-index",
                KeySchema: [{ AttributeName: "owner", KeyType: "HASH" }],
                Projection: { ProjectionType: "ALL" },
            },
        ],
    });
});

test("prod keeps its tables, key and logs; dev leaves nothing behind", () => {
    for (const type of ["AWS::DynamoDB::Table", "AWS::KMS::Key", "AWS::Logs::LogGroup"]) {
        for (const resource of Object.values(resourcesOf(prod, type))) assert.equal(resource.DeletionPolicy, "Retain", type);
        for (const resource of Object.values(resourcesOf(dev, type))) assert.equal(resource.DeletionPolicy, "Delete", type);
    }
    for (const table of Object.values(resourcesOf(prod, "AWS::DynamoDB::Table")))
        assert.equal(table.Properties.DeletionProtectionEnabled, true);
});

test("one key, rotated, that only logs and alarms may use beside the account", () => {
    dev.resourceCountIs("AWS::KMS::Key", 1);
    dev.hasResourceProperties("AWS::KMS::Key", { EnableKeyRotation: true });
    const statements = Object.values(resourcesOf(dev, "AWS::KMS::Key"))[0]?.Properties.KeyPolicy.Statement as any[];
    const services = statements.filter((statement) => statement.Principal.Service !== undefined);
    assert.deepEqual(services.map((statement) => statement.Sid), ["Logs", "Alarms"]);
    for (const statement of services) assert.ok(statement.Condition, statement.Sid);
});

test("every log group is encrypted and emptied in time", () => {
    const groups = resourcesOf(dev, "AWS::Logs::LogGroup");
    assert.deepEqual(
        Object.values(groups).map((group) => group.Properties.LogGroupName).sort(),
        ["/aws/lambda/http-tunnel-dev-http", "/aws/lambda/http-tunnel-dev-ws", "/aws/vendedlogs/http-tunnel-dev/http-access",
            "/aws/vendedlogs/http-tunnel-dev/link-access"],
    );
    for (const group of Object.values(groups)) {
        assert.equal(group.Properties.RetentionInDays, 7);
        assert.ok(group.Properties.KmsKeyId);
    }
});

test("the configuration is one document, with no secret in the template", () => {
    for (const environment of ["dev", "staging", "prod"])
        templateOf({ TUNNEL_ENVIRONMENT: environment }).hasResourceProperties("AWS::SSM::Parameter", {
            Name: `/http-tunnel/${environment}/config`,
            Value: Match.stringLikeRegexp("\\[security\\]\\nrequire_authentication = true"),
        });
    dev.resourceCountIs("AWS::SSM::Parameter", 1);
    dev.resourceCountIs("AWS::SecretsManager::Secret", 0);
});
