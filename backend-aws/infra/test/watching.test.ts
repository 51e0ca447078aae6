import assert from "node:assert/strict";
import { test } from "node:test";
import { Match } from "aws-cdk-lib/assertions";
import { resourcesOf, templateOf } from "./support.js";

const dev = templateOf({ TUNNEL_ALERT_MAIL: "one@example.com,two@example.com" });
const alarms = Object.values(resourcesOf(dev, "AWS::CloudWatch::Alarm")).map((alarm) => alarm.Properties);

test("alarms have names of their own, say what to do, and go to the topic", () => {
    const names = alarms.map((alarm) => alarm.AlarmName);
    assert.equal(new Set(names).size, names.length);
    for (const name of ["http-errors", "ws-errors", "http-throttles", "ws-throttles", "http-slow", "http-5xx", "link-errors",
        "disconnect-rate", "connections-throttles", "reservations-throttles", "rate-limits-throttles"])
        assert.ok(names.includes(`http-tunnel-dev-${name}`), name);
    const topic = Object.keys(resourcesOf(dev, "AWS::SNS::Topic"))[0];
    for (const alarm of alarms) {
        assert.deepEqual(alarm.AlarmActions, [{ Ref: topic }]);
        assert.ok(alarm.AlarmDescription.length > 30);
        assert.equal(alarm.TreatMissingData, "notBreaching");
        assert.equal(alarm.ComparisonOperator, "GreaterThanThreshold");
    }
});

test("the seed's thresholds: 10 errors twice in 5 minutes, 5 throttles, 100 lost links", () => {
    const of = (name: string): any => alarms.find((alarm) => alarm.AlarmName === `http-tunnel-dev-${name}`);
    assert.deepEqual([of("http-errors").Threshold, of("http-errors").EvaluationPeriods, of("http-errors").Period], [10, 2, 300]);
    assert.equal(of("connections-throttles").Threshold, 5);
    assert.equal(of("disconnect-rate").Threshold, 100);
    assert.deepEqual(of("disconnect-rate").Dimensions.map((dimension: any) => dimension.Name).sort(), ["ApiId", "Route", "Stage"]);
});

test("the topic is encrypted, refuses plain HTTP, and mails everybody named", () => {
    dev.hasResourceProperties("AWS::SNS::Topic", { KmsMasterKeyId: Match.anyValue() });
    dev.hasResourceProperties("AWS::SNS::TopicPolicy", {
        PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Effect: "Deny", Condition: { Bool: { "aws:SecureTransport": "false" } } })]) },
    });
    for (const Endpoint of ["one@example.com", "two@example.com"])
        dev.hasResourceProperties("AWS::SNS::Subscription", { Protocol: "email", Endpoint });
});

test("the budget mails at 80 and at 100 percent", () => {
    const subscribers = ["one@example.com", "two@example.com"].map((Address) => ({ SubscriptionType: "EMAIL", Address }));
    dev.hasResourceProperties("AWS::Budgets::Budget", {
        Budget: { BudgetType: "COST", TimeUnit: "MONTHLY", BudgetLimit: { Amount: 10, Unit: "USD" } },
        NotificationsWithSubscribers: [80, 100].map((Threshold) => ({
            Notification: { NotificationType: "ACTUAL", ComparisonOperator: "GREATER_THAN", ThresholdType: "PERCENTAGE", Threshold },
            Subscribers: subscribers,
        })),
    });
    templateOf({ TUNNEL_BUDGET_USD: "77" }).hasResourceProperties("AWS::Budgets::Budget", {
        Budget: Match.objectLike({ BudgetLimit: { Amount: 77, Unit: "USD" } }),
    });
});

test("the dashboard shows visitors, links, functions, tables and alarms", () => {
    // The body is text made by a Fn::Join: JSON inside JSON.
    const body = JSON.stringify(Object.values(resourcesOf(dev, "AWS::CloudWatch::Dashboard"))[0]?.Properties.DashboardBody);
    for (const shown of ["AWS/Lambda", "Invocations", "Throttles", "ConcurrentExecutions", "AWS/ApiGateway", "5xx", "Latency",
        "ConnectCount", "MessageCount", "HttpTunnel", "RequestErrors", "RequestLatency", "AWS/DynamoDB", "ConsumedReadCapacityUnits", '\\"type\\":\\"alarm\\"'])
        assert.ok(body.includes(shown), shown);
});
