// The links' side: a WebSocket API whose three routes and authorizer are the ws function.

import * as apigateway from "aws-cdk-lib/aws-apigatewayv2";
import { WebSocketLambdaAuthorizer } from "aws-cdk-lib/aws-apigatewayv2-authorizers";
import { WebSocketLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import { ManagedPolicy, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { CfnAccount } from "aws-cdk-lib/aws-apigateway";
import type * as lambda from "aws-cdk-lib/aws-lambda";
import type * as logs from "aws-cdk-lib/aws-logs";
import { NagSuppressions } from "cdk-nag";
import { Construct } from "constructs";
import { accessLog } from "./access_log.js";
import { GATEWAY_TIMEOUT } from "./functions.js";
import type { Settings } from "./settings.js";

/** A header, never the query: URLs are logged. Without it API Gateway answers 401 and starts nothing. */
const TOKEN_SOURCE = "route.request.header.Authorization";

export function makeWebSocketApi(scope: Construct, prefix: string): apigateway.WebSocketApi {
    return new apigateway.WebSocketApi(scope, "LinkApi", {
        apiName: `${prefix}-links`,
        description: "Links of tunnel clients",
        routeSelectionExpression: "$request.body.action",
    });
}

export function serveLinks(
    api: apigateway.WebSocketApi, settings: Settings, handler: lambda.IFunction, logGroup: logs.ILogGroup,
): apigateway.WebSocketStage {
    const integration = (): WebSocketLambdaIntegration => new WebSocketLambdaIntegration("Links", handler, { timeout: GATEWAY_TIMEOUT });
    const authorizer = new WebSocketLambdaAuthorizer("Token", handler, { identitySource: [TOKEN_SOURCE] });
    api.addRoute("$connect", { integration: integration(), authorizer });
    for (const key of ["$disconnect", "$default"])
        NagSuppressions.addResourceSuppressions(
            api.addRoute(key, { integration: integration() }),
            [{ id: "AwsSolutions-APIG4", reason: "A WebSocket API authorizes $connect only; this route is reached by nobody else's connection." }],
        );
    return new apigateway.WebSocketStage(api, "Stage", {
        webSocketApi: api,
        stageName: settings.environment,
        autoDeploy: true,
        detailedMetricsEnabled: true,
        throttle: { rateLimit: settings.linkRate, burstLimit: settings.linkBurst },
        accessLogSettings: accessLog(logGroup, ["requestId", "requestTime", "routeKey", "connectionId", "status", "integrationErrorMessage"]),
    });
}

/** The role that API Gateway writes a WebSocket API's access logs with: one for the account and region. */
export class GatewayLogRole extends Construct {
    readonly account: CfnAccount;

    constructor(scope: Construct, id: string) {
        super(scope, id);
        const role = new Role(this, "Role", {
            assumedBy: new ServicePrincipal("apigateway.amazonaws.com"),
            description: "API Gateway writes access logs with this role, of every API in this account and region",
            managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName("service-role/AmazonAPIGatewayPushToCloudWatchLogs")],
        });
        NagSuppressions.addResourceSuppressions(role, [
            {
                id: "AwsSolutions-IAM4",
                reason: "The policy AWS documents for this account-wide setting, which serves every API of the account.",
                appliesTo: ["Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs"],
            },
        ]);
        this.account = new CfnAccount(this, "Account", { cloudWatchRoleArn: role.roleArn });
    }
}
