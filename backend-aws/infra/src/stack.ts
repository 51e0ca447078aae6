// The stack: makes the parts in order and hands each what it needs of the others.

import { readFileSync } from "node:fs";
import { Aws, Stack, type StackProps, Duration } from "aws-cdk-lib";
import * as events from "aws-cdk-lib/aws-events";
import { LambdaFunction } from "aws-cdk-lib/aws-events-targets";
import type * as apigateway from "aws-cdk-lib/aws-apigatewayv2";
import type * as iam from "aws-cdk-lib/aws-iam";
import type * as kms from "aws-cdk-lib/aws-kms";
import type * as lambda from "aws-cdk-lib/aws-lambda";
import * as ssm from "aws-cdk-lib/aws-ssm";
import type { Construct } from "constructs";
import { makeAlarms } from "./alarms.js";
import { mailsOf, makeBudget, makeTopic } from "./alerts.js";
import { makeDashboard } from "./dashboard.js";
import { Domains } from "./domain.js";
import { makeKey } from "./encryption.js";
import { makeFunction, type FunctionParts } from "./functions.js";
import { makeHttpApi, serveVisitors } from "./http_api.js";
import { makeLogGroup } from "./log_groups.js";
import { connectionArn, httpStatements, queueArn, wsStatements, type Reachable } from "./permissions.js";
import { printAddresses } from "./outputs.js";
import type { Settings } from "./settings.js";
import { makeTables, type Tables } from "./tables.js";
import { GatewayLogRole, makeWebSocketApi, serveLinks } from "./websocket_api.js";

export interface TunnelStackProps extends StackProps {
    readonly settings: Settings;
    readonly code: (scope: Construct) => lambda.Code;
    /** TOML text for both functions: config/ENVIRONMENT.toml. */
    readonly configFile: string;
}

const CLEANUP_RETRIES = 2;

export class TunnelStack extends Stack {
    private readonly settings: Settings;
    private readonly prefix: string;
    private readonly parameters: { config: string; replyKey: string; secret: string };
    private readonly key: kms.Key;
    private readonly tables: Tables;
    private readonly httpApi: apigateway.HttpApi;
    private readonly linkApi: apigateway.WebSocketApi;

    constructor(scope: Construct, id: string, props: TunnelStackProps) {
        super(scope, id, props);
        this.settings = { ...props.settings, alertMails: mailsOf(this, props.settings) };
        this.prefix = `http-tunnel-${props.settings.environment}`;
        const folder = `/http-tunnel/${props.settings.environment}`;
        this.parameters = { config: `${folder}/config`, replyKey: `${folder}/reply-key`, secret: `${folder}/jwt-secret` };
        this.key = makeKey(this, this.settings, this.prefix);
        this.tables = makeTables(this, this.settings, this.prefix, this.key);
        this.httpApi = makeHttpApi(this, this.settings, this.prefix);
        this.linkApi = makeWebSocketApi(this, this.prefix);
        this.build(props);
    }

    private build(props: TunnelStackProps): void {
        const config = this.makeConfig(props.configFile);
        const code = props.code(this);
        const http = this.makeHandler("http", code, httpStatements(this.reachable()), this.settings.httpConcurrency);
        const ws = this.makeHandler("ws", code, wsStatements(this.reachable()), this.settings.wsConcurrency);
        for (const handler of [http, ws]) handler.node.addDependency(config);
        this.scheduleCleanup(ws);
        const httpStage = serveVisitors(this.httpApi, this.settings, http, this.accessLogs("HttpAccess", "http-access"));
        const linkStage = serveLinks(this.linkApi, this.settings, ws, this.accessLogs("LinkAccess", "link-access"));
        if (this.settings.makeGatewayLogRole) linkStage.node.addDependency(new GatewayLogRole(this, "GatewayLogs").account);
        if (this.settings.domain !== undefined)
            new Domains(this, "Domain", { domain: this.settings.domain, httpApi: this.httpApi, httpStage, linkApi: this.linkApi, linkStage });
        this.watch(http, ws, httpStage);
    }

    private get stageUrl(): string {
        return `${this.linkApi.apiId}.execute-api.${Aws.REGION}.${Aws.URL_SUFFIX}/${this.settings.environment}`;
    }

    private get publicUrl(): string {
        return this.settings.domain === undefined ? this.httpApi.apiEndpoint : `https://${this.settings.domain.host}`;
    }

    private get usesSecret(): boolean {
        return this.settings.issuer.jwksUrl === undefined;
    }

    private reachable(): Reachable {
        return {
            tables: this.tables,
            key: this.key,
            linkStageArn: `arn:${Aws.PARTITION}:execute-api:${Aws.REGION}:${Aws.ACCOUNT_ID}:${this.linkApi.apiId}/${this.settings.environment}`,
            queuePrefix: `${this.prefix}-reply-`,
            parameters: [this.parameters.config, this.parameters.replyKey],
            tokenParameters: this.usesSecret ? [this.parameters.secret] : [],
        };
    }

    private variables(): Record<string, string> {
        return {
            TUNNEL_CONNECTIONS_TABLE: this.tables.connections.tableName,
            TUNNEL_RESERVATIONS_TABLE: this.tables.reservations.tableName,
            TUNNEL_RATE_LIMITS_TABLE: this.tables.rateLimits.tableName,
            TUNNEL_REPLY_QUEUE_PREFIX: `${this.prefix}-reply-`,
            TUNNEL_WEBSOCKET_ENDPOINT: `https://${this.stageUrl}`,
            TUNNEL_PUBLIC_URL: this.publicUrl,
            TUNNEL_SUBDOMAINS: String(this.settings.domain?.wildcard ?? false),
            TUNNEL_REPLY_KEY_PARAMETER: this.parameters.replyKey,
            TUNNEL_CONFIG_PARAMETER: this.parameters.config,
        };
    }

    private tokenEnvironment(): Record<string, string> {
        const { jwksUrl, audience, name } = this.settings.issuer;
        return {
            ...(jwksUrl === undefined ? { TUNNEL_JWT_SECRET_PARAMETER: this.parameters.secret } : { TUNNEL_JWKS_URL: jwksUrl }),
            ...(audience !== undefined && { TUNNEL_JWT_AUDIENCE: audience }),
            ...(name !== undefined && { TUNNEL_JWT_ISSUER: name }),
        };
    }

    private makeHandler(name: "http" | "ws", code: lambda.Code, statements: iam.PolicyStatement[], concurrency: number): lambda.Function {
        const parts: FunctionParts = {
            name,
            fullName: `${this.prefix}-${name}`,
            code,
            statements,
            concurrency,
            environment: { ...this.variables(), ...(name === "ws" && this.tokenEnvironment()), TUNNEL_FUNCTION: name },
            logGroup: makeLogGroup(this, `${name}Log`, `/aws/lambda/${this.prefix}-${name}`, this.settings, this.key),
            wildcards: this.wildcards(name),
        };
        return makeFunction(this, this.settings, parts);
    }

    private wildcards(name: "http" | "ws"): FunctionParts["wildcards"] {
        const asNag = (arn: string): string =>
            (this.resolve(arn) as { "Fn::Join": [string, unknown[]] })["Fn::Join"][1]
                .map((part) => (typeof part === "string" ? part : `<${(part as { Ref: string }).Ref}>`))
                .join("");
        const reach = this.reachable();
        const connection = "API Gateway draws the id of a connection when it is made; API and stage are fixed.";
        return [
            { resource: asNag(queueArn(reach)), reason: "An execution environment draws the end of its reply queue's name; the prefix is fixed." },
            { resource: asNag(connectionArn(reach, "POST")), reason: connection },
            ...(name === "ws"
                ? [
                      { resource: asNag(connectionArn(reach, "DELETE")), reason: connection },
                      { resource: "*", reason: "sqs:ListQueues, alone in its statement: IAM has no resource for it." },
                  ]
                : []),
        ];
    }

    private makeConfig(file: string): ssm.StringParameter {
        return new ssm.StringParameter(this, "Config", {
            parameterName: this.parameters.config,
            description: "Settings of the tunnel's functions; no secrets. Read again within a minute",
            stringValue: readFileSync(file, "utf8"),
            tier: ssm.ParameterTier.STANDARD,
        });
    }

    private accessLogs(id: string, name: string): ReturnType<typeof makeLogGroup> {
        // Under this path AWS keeps one resource policy for all groups; elsewhere their number is limited.
        return makeLogGroup(this, id, `/aws/vendedlogs/${this.prefix}/${name}`, this.settings, this.key);
    }

    private scheduleCleanup(ws: lambda.Function): void {
        new events.Rule(this, "Cleanup", {
            ruleName: `${this.prefix}-cleanup`,
            description: "Removes expired links and orphaned reply queues",
            schedule: events.Schedule.rate(Duration.minutes(this.settings.cleanupMinutes)),
            targets: [new LambdaFunction(ws, { retryAttempts: CLEANUP_RETRIES, maxEventAge: Duration.hours(1) })],
        });
    }

    private watch(http: lambda.Function, ws: lambda.Function, httpStage: apigateway.HttpStage): void {
        const watched = {
            http, ws, httpStage, httpApi: this.httpApi, linkApi: this.linkApi, linkStageName: this.settings.environment,
            tables: [
                { label: "connections", table: this.tables.connections },
                { label: "reservations", table: this.tables.reservations },
                { label: "rate-limits", table: this.tables.rateLimits },
            ],
        };
        const topic = makeTopic(this, this.settings, this.prefix, this.key);
        const dashboard = makeDashboard(this, this.prefix, watched, makeAlarms(this, this.prefix, watched, topic));
        makeBudget(this, this.settings, this.prefix);
        printAddresses(this, {
            publicUrl: this.publicUrl,
            linkUrl: this.settings.domain === undefined ? `wss://${this.stageUrl}` : `wss://${this.settings.domain.linkHost}`,
            secretParameter: this.usesSecret ? this.parameters.secret : undefined,
            dashboard: dashboard.dashboardName,
        });
    }
}
