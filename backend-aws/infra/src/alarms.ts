// What is worth a mail: errors, throttling, requests near their end, lost links. Silence is no alarm.

import { Duration } from "aws-cdk-lib";
import * as cloudwatch from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import type * as sns from "aws-cdk-lib/aws-sns";
import type { Construct } from "constructs";
import type { Watched } from "./metrics.js";
import { metricsOf } from "./metrics.js";

const PERIOD = Duration.minutes(5);

interface Rule {
    readonly id: string;
    readonly name: string;
    readonly says: string;
    readonly metric: cloudwatch.IMetric;
    readonly above: number;
    readonly periods?: number;
}

function rules(watched: Watched): Rule[] {
    const m = metricsOf(watched, PERIOD);
    return [
        { id: "HttpErrors", name: "http-errors", metric: m.errors(watched.http), above: 10, periods: 2,
            says: "The http function fails: visitors get 502. Look at its log." },
        { id: "WsErrors", name: "ws-errors", metric: m.errors(watched.ws), above: 10, periods: 2,
            says: "The ws function fails: clients cannot connect, or their replies are lost. Look at its log." },
        { id: "HttpThrottles", name: "http-throttles", metric: m.throttles(watched.http), above: 0,
            says: "Requests were refused for want of concurrency: raise TUNNEL_HTTP_CONCURRENCY." },
        { id: "WsThrottles", name: "ws-throttles", metric: m.throttles(watched.ws), above: 0,
            says: "Messages of clients were refused for want of concurrency: raise TUNNEL_WS_CONCURRENCY." },
        { id: "HttpSlow", name: "http-slow", metric: m.duration(watched.http, "p99"), above: 20_000, periods: 3,
            says: "One request in a hundred takes over 20 s: local services are slow, or replies are lost." },
        { id: "ServerErrors", name: "http-5xx", metric: m.httpCount("5xx"), above: 25, periods: 2,
            says: "Visitors get answers of 5xx. X-Tunnel-Error in an answer tells whether the tunnel or the service made it." },
        { id: "LinkFailures", name: "link-errors", metric: m.link("ExecutionError"), above: 10,
            says: "API Gateway fails for links: see its access log." },
        { id: "Disconnects", name: "disconnect-rate", metric: m.disconnects(), above: 100,
            says: "More than 100 links were lost within 5 minutes: a network, or a deployment." },
        ...watched.tables.map((table, at): Rule => ({
            id: `TableThrottles${at}`, name: `${table.label}-throttles`, metric: m.tableThrottles(table.table), above: 5,
            says: `DynamoDB throttles the table ${table.label}: one tunnel is very busy, or the account's limit is reached.`,
        })),
    ];
}

export function makeAlarms(scope: Construct, prefix: string, watched: Watched, topic: sns.ITopic): cloudwatch.Alarm[] {
    return rules(watched).map((rule) => {
        const alarm = new cloudwatch.Alarm(scope, `${rule.id}Alarm`, {
            alarmName: `${prefix}-${rule.name}`,
            alarmDescription: rule.says,
            metric: rule.metric,
            threshold: rule.above,
            evaluationPeriods: rule.periods ?? 1,
            comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
            treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
        });
        alarm.addAlarmAction(new SnsAction(topic));
        alarm.addOkAction(new SnsAction(topic));
        return alarm;
    });
}
