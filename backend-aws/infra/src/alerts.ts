// Where alarms go, and the monthly budget that mails at 80 and at 100 percent.

import { CfnParameter } from "aws-cdk-lib";
import * as budgets from "aws-cdk-lib/aws-budgets";
import type * as kms from "aws-cdk-lib/aws-kms";
import * as sns from "aws-cdk-lib/aws-sns";
import { EmailSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import type { Construct } from "constructs";
import type { Settings } from "./settings.js";

const BUDGET_PERCENTS = [80, 100];
const MAX_BUDGET_MAILS = 10; // of one notification

/** Those of the settings; whoever deploys a template that was published names one then. */
export function mailsOf(scope: Construct, settings: Settings): readonly string[] {
    if (settings.alertMails.length > 0) return settings.alertMails;
    const parameter = new CfnParameter(scope, "AlertMail", {
        description: "Address for alarms and the monthly budget",
        allowedPattern: "[^\\s@,]+@[^\\s@,]+\\.[^\\s@,]+",
    });
    return [parameter.valueAsString];
}

export function makeTopic(scope: Construct, settings: Settings, prefix: string, key: kms.IKey): sns.Topic {
    const topic = new sns.Topic(scope, "Alerts", { topicName: `${prefix}-alerts`, masterKey: key, enforceSSL: true });
    for (const mail of settings.alertMails) topic.addSubscription(new EmailSubscription(mail));
    return topic;
}

/** Of the whole account: a budget filtered by tag reads zero until somebody activates the tag for billing. */
export function makeBudget(scope: Construct, settings: Settings, prefix: string): budgets.CfnBudget {
    const subscribers = settings.alertMails.slice(0, MAX_BUDGET_MAILS).map((address) => ({ subscriptionType: "EMAIL", address }));
    return new budgets.CfnBudget(scope, "Budget", {
        budget: {
            budgetName: `${prefix}-monthly`,
            budgetType: "COST",
            timeUnit: "MONTHLY",
            budgetLimit: { amount: settings.budgetUsd, unit: "USD" },
        },
        notificationsWithSubscribers: BUDGET_PERCENTS.map((threshold) => ({
            notification: { notificationType: "ACTUAL", comparisonOperator: "GREATER_THAN", thresholdType: "PERCENTAGE", threshold },
            subscribers,
        })),
    });
}
