// The metrics that dashboard and alarms share, by the names that AWS documents for them.

import type { Duration } from "aws-cdk-lib";
import type * as apigateway from "aws-cdk-lib/aws-apigatewayv2";
import * as cloudwatch from "aws-cdk-lib/aws-cloudwatch";
import type * as dynamodb from "aws-cdk-lib/aws-dynamodb";
import type * as lambda from "aws-cdk-lib/aws-lambda";

export interface Watched {
    readonly http: lambda.IFunction;
    readonly ws: lambda.IFunction;
    readonly httpStage: apigateway.HttpStage;
    readonly httpApi: apigateway.HttpApi;
    readonly linkApi: apigateway.WebSocketApi;
    readonly linkStageName: string;
    readonly tables: readonly { readonly label: string; readonly table: dynamodb.ITable }[];
}

export interface Metrics {
    invocations(handler: lambda.IFunction): cloudwatch.Metric;
    errors(handler: lambda.IFunction): cloudwatch.Metric;
    throttles(handler: lambda.IFunction): cloudwatch.Metric;
    concurrency(handler: lambda.IFunction): cloudwatch.Metric;
    duration(handler: lambda.IFunction, statistic: string): cloudwatch.Metric;
    httpCount(kind: "all" | "4xx" | "5xx"): cloudwatch.Metric;
    httpLatency(statistic: string): cloudwatch.Metric;
    link(name: "ConnectCount" | "MessageCount" | "IntegrationError" | "ClientError" | "ExecutionError"): cloudwatch.Metric;
    disconnects(): cloudwatch.Metric;
    /** Written by the http function itself, in its log. */
    own(name: "Requests" | "RequestErrors" | "RequestLatency" | "RequestBytes" | "ResponseBytes", statistic: string): cloudwatch.Metric;
    tableThrottles(table: dynamodb.ITable): cloudwatch.MathExpression;
    tableUnits(table: dynamodb.ITable, kind: "Read" | "Write"): cloudwatch.Metric;
}

const HTTP_NAMES = { all: "Count", "4xx": "4xx", "5xx": "5xx" } as const;

export function metricsOf(watched: Watched, period: Duration): Metrics {
    const metric = (namespace: string, metricName: string, dimensionsMap: Record<string, string>, statistic = "Sum"): cloudwatch.Metric =>
        new cloudwatch.Metric({ namespace, metricName, dimensionsMap, statistic, period });
    const of = (handler: lambda.IFunction, name: string, statistic = "Sum"): cloudwatch.Metric =>
        metric("AWS/Lambda", name, { FunctionName: handler.functionName }, statistic);
    const http = (name: string, statistic = "Sum"): cloudwatch.Metric =>
        metric("AWS/ApiGateway", name, { ApiId: watched.httpApi.apiId, Stage: watched.httpStage.stageName }, statistic);
    const stage = { ApiId: watched.linkApi.apiId, Stage: watched.linkStageName };
    const table = (of: dynamodb.ITable, name: string): cloudwatch.Metric => metric("AWS/DynamoDB", name, { TableName: of.tableName });
    return {
        invocations: (handler) => of(handler, "Invocations"),
        errors: (handler) => of(handler, "Errors"),
        throttles: (handler) => of(handler, "Throttles"),
        concurrency: (handler) => of(handler, "ConcurrentExecutions", "Maximum"),
        duration: (handler, statistic) => of(handler, "Duration", statistic),
        httpCount: (kind) => http(HTTP_NAMES[kind]),
        httpLatency: (statistic) => http("Latency", statistic),
        link: (name) => metric("AWS/ApiGateway", name, stage),
        disconnects: () => metric("AWS/ApiGateway", "MessageCount", { ...stage, Route: "$disconnect" }),
        own: (name, statistic) => metric("HttpTunnel", name, { FunctionName: watched.http.functionName }, statistic),
        tableThrottles: (of) =>
            new cloudwatch.MathExpression({
                expression: "FILL(reads, 0) + FILL(writes, 0)",
                label: "throttled",
                period,
                usingMetrics: { reads: table(of, "ReadThrottleEvents"), writes: table(of, "WriteThrottleEvents") },
            }),
        tableUnits: (of, kind) => table(of, `Consumed${kind}CapacityUnits`),
    };
}
