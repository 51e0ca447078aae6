import assert from "node:assert/strict";
import { test } from "node:test";
import { Annotations, Match } from "aws-cdk-lib/assertions";
import * as sns from "aws-cdk-lib/aws-sns";
import { domainVariables, stackOf, resourcesOf, templateOf, zoneVariables } from "./support.js";

const finding = Match.stringLikeRegexp("AwsSolutions-.*");

const variants: Record<string, Record<string, string>> = {
    dev: {},
    staging: { TUNNEL_ENVIRONMENT: "staging" },
    prod: { TUNNEL_ENVIRONMENT: "prod" },
    "with everything": { TUNNEL_ENVIRONMENT: "prod", TUNNEL_CORS_ORIGINS: "*", ...domainVariables, ...zoneVariables },
};
for (const [name, variables] of Object.entries(variants))
    test(`cdk-nag finds nothing: ${name}`, () => {
        const annotations = Annotations.fromStack(stackOf(variables));
        assert.deepEqual(annotations.findError("*", finding), []);
        assert.deepEqual(annotations.findWarning("*", finding), []);
    });

test("cdk-nag would find something", () => {
    const stack = stackOf();
    new sns.Topic(stack, "Plain");
    assert.notDeepEqual(Annotations.fromStack(stack).findError("*", finding), []);
});

test("every suppression has a reason and, for IAM, the one resource it is about", () => {
    let count = 0;
    for (const resource of Object.values(templateOf().toJSON().Resources) as any[])
        for (const rule of resource.Metadata?.cdk_nag?.rules_to_suppress ?? []) {
            count++;
            assert.ok(rule.reason.length > 30, rule.id);
            if (rule.id.startsWith("AwsSolutions-IAM")) assert.equal(rule.applies_to?.length, 1, JSON.stringify(rule));
        }
    assert.ok(count > 0);
});

test("names of one environment are free of another's", () => {
    const text = JSON.stringify(templateOf({ TUNNEL_ENVIRONMENT: "staging" }).toJSON());
    assert.ok(!text.includes("http-tunnel-dev") && !text.includes("http-tunnel-prod"));
});

test("the template for people without Node.js takes the code from a bucket of theirs, and needs no bootstrapping", () => {
    const template = templateOf().toJSON();
    assert.deepEqual(Object.keys(template.Parameters).sort(), ["CodeBucket", "CodeKey"]);
    assert.ok(!JSON.stringify(template).includes("cdk-hnb659fds"));
});

test("the template that is published asks for the address to tell", () => {
    const template = templateOf({ TUNNEL_ALERT_MAIL: "", TUNNEL_TEMPLATE_ONLY: "true" });
    assert.deepEqual(Object.keys(template.toJSON().Parameters).sort(), ["AlertMail", "CodeBucket", "CodeKey"]);
    const [subscription] = Object.values(resourcesOf(template, "AWS::SNS::Subscription"));
    assert.deepEqual(subscription?.Properties.Endpoint, { Ref: "AlertMail" });
    const [budget] = Object.values(resourcesOf(template, "AWS::Budgets::Budget"));
    for (const notification of budget?.Properties.NotificationsWithSubscribers)
        assert.deepEqual(notification.Subscribers, [{ SubscriptionType: "EMAIL", Address: { Ref: "AlertMail" } }]);
});
