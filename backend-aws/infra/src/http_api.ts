// The visitors' side: an HTTP API whose every request goes to the http function, with payload format 2.0.

import { Duration } from "aws-cdk-lib";
import * as apigateway from "aws-cdk-lib/aws-apigatewayv2";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import type * as lambda from "aws-cdk-lib/aws-lambda";
import type * as logs from "aws-cdk-lib/aws-logs";
import { NagSuppressions } from "cdk-nag";
import type { Construct } from "constructs";
import { accessLog } from "./access_log.js";
import { GATEWAY_TIMEOUT } from "./functions.js";
import type { Settings } from "./settings.js";

const CORS_MAX_AGE = Duration.minutes(5);

function cors(settings: Settings): apigateway.CorsPreflightOptions {
    return {
        allowOrigins: [...settings.corsOrigins],
        allowMethods: [apigateway.CorsHttpMethod.ANY],
        allowHeaders: ["authorization", "content-type", "x-requested-with"],
        exposeHeaders: ["x-request-id", "x-tunnel-error"],
        maxAge: CORS_MAX_AGE,
    };
}

export function makeHttpApi(scope: Construct, settings: Settings, prefix: string): apigateway.HttpApi {
    return new apigateway.HttpApi(scope, "HttpApi", {
        apiName: `${prefix}-http`,
        description: "Visitors of tunnels",
        createDefaultStage: false,
        // With a name of its own nobody needs the other one, which no certificate or record of the owner governs.
        disableExecuteApiEndpoint: settings.domain !== undefined,
        // With it API Gateway answers preflights itself and drops the CORS fields of the service: only on request.
        ...(settings.corsOrigins.length > 0 && { corsPreflight: cors(settings) }),
    });
}

export function serveVisitors(
    api: apigateway.HttpApi, settings: Settings, handler: lambda.IFunction, logGroup: logs.ILogGroup,
): apigateway.HttpStage {
    const route = new apigateway.HttpRoute(api, "Visitors", {
        httpApi: api,
        routeKey: apigateway.HttpRouteKey.DEFAULT,
        integration: new HttpLambdaIntegration("Visitors", handler, { timeout: GATEWAY_TIMEOUT }),
    });
    NagSuppressions.addResourceSuppressions(route, [
        {
            id: "AwsSolutions-APIG4",
            reason: "Visitors of a tunnel are the public; who may reach one is decided by the access rules of its owner's client.",
        },
    ]);
    return new apigateway.HttpStage(api, "Stage", {
        httpApi: api,
        stageName: "$default",
        autoDeploy: true,
        detailedMetricsEnabled: true,
        throttle: { rateLimit: settings.rate, burstLimit: settings.burst },
        accessLogSettings: accessLog(logGroup, [
            "requestId", "requestTime", "domainName", "httpMethod", "path", "status", "responseLatency", "responseLength",
            "integrationErrorMessage",
        ]),
    });
}
