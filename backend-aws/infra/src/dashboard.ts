// One page that answers, from top to bottom: do visitors get answers, are links up, what is short, what costs.

import { Duration } from "aws-cdk-lib";
import * as cloudwatch from "aws-cdk-lib/aws-cloudwatch";
import type { Construct } from "constructs";
import { metricsOf, type Watched } from "./metrics.js";

const PERIOD = Duration.minutes(5);
const COLUMN = 8; // a dashboard has 24

function graph(title: string, left: cloudwatch.IMetric[], right: cloudwatch.IMetric[] = []): cloudwatch.GraphWidget {
    return new cloudwatch.GraphWidget({ title, left, right, width: COLUMN, height: 6 });
}

export function makeDashboard(
    scope: Construct, prefix: string, watched: Watched, alarms: cloudwatch.IAlarm[],
): cloudwatch.Dashboard {
    const m = metricsOf(watched, PERIOD);
    const both = [watched.http, watched.ws];
    return new cloudwatch.Dashboard(scope, "Dashboard", {
        dashboardName: `${prefix}-monitoring`,
        widgets: [
            [new cloudwatch.AlarmStatusWidget({ title: "Alarms", alarms, width: 3 * COLUMN, height: 3 })],
            [
                graph("Requests of visitors", [m.httpCount("all"), m.httpCount("4xx"), m.httpCount("5xx")]),
                graph("Time to answer, ms", [m.httpLatency("p50"), m.httpLatency("p99")]),
                graph("Links", [m.link("ConnectCount"), m.disconnects()], [m.link("MessageCount")]),
            ],
            [
                graph("Tunnelled requests", [m.own("Requests", "Sum"), m.own("RequestErrors", "Sum")]),
                graph("Time of a tunnelled request, ms", [m.own("RequestLatency", "p50"), m.own("RequestLatency", "p99")]),
                graph("Bytes of bodies", [m.own("RequestBytes", "Sum"), m.own("ResponseBytes", "Sum")]),
            ],
            [
                graph("Function calls", both.map((handler) => m.invocations(handler))),
                graph("Function errors and throttles", both.flatMap((handler) => [m.errors(handler), m.throttles(handler)])),
                graph("Concurrent executions", both.map((handler) => m.concurrency(handler))),
            ],
            [
                graph("Function time, ms", both.map((handler) => m.duration(handler, "p99"))),
                graph("Link errors", [m.link("ClientError"), m.link("ExecutionError"), m.link("IntegrationError")]),
                graph(
                    "DynamoDB units",
                    watched.tables.map(({ table }) => m.tableUnits(table, "Read")),
                    watched.tables.map(({ table }) => m.tableUnits(table, "Write")),
                ),
            ],
        ],
    });
}
