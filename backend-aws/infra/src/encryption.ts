// One customer key for what rests: tables, logs, secrets in Parameter Store and alarm messages.

import { Aws, RemovalPolicy } from "aws-cdk-lib";
import * as iam from "aws-cdk-lib/aws-iam";
import * as kms from "aws-cdk-lib/aws-kms";
import type { Construct } from "constructs";
import type { Settings } from "./settings.js";

function allow(key: kms.Key, sid: string, service: string, actions: string[], conditions: object): void {
    key.addToResourcePolicy(
        new iam.PolicyStatement({
            sid,
            principals: [new iam.ServicePrincipal(service)],
            actions: actions.map((action) => `kms:${action}`),
            resources: ["*"], // in a key's own policy this means the key
            conditions: conditions as Record<string, unknown>,
        }),
    );
}

export function makeKey(scope: Construct, settings: Settings, prefix: string): kms.Key {
    const key = new kms.Key(scope, "Key", {
        alias: `alias/${prefix}`,
        description: `Data of ${prefix}`,
        enableKeyRotation: true,
        removalPolicy: settings.keepData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    allow(key, "Logs", `logs.${Aws.REGION}.amazonaws.com`, ["Encrypt", "Decrypt", "ReEncrypt*", "GenerateDataKey*", "DescribeKey"], {
        ArnLike: {
            "kms:EncryptionContext:aws:logs:arn": `arn:${Aws.PARTITION}:logs:${Aws.REGION}:${Aws.ACCOUNT_ID}:log-group:*`,
        },
    });
    // An alarm can publish to an encrypted topic only when CloudWatch may use its key.
    allow(key, "Alarms", "cloudwatch.amazonaws.com", ["Decrypt", "GenerateDataKey*"], {
        StringEquals: { "aws:SourceAccount": Aws.ACCOUNT_ID },
    });
    return key;
}
