// Log groups: encrypted with the stack's key and emptied after the days of the settings.

import { RemovalPolicy } from "aws-cdk-lib";
import type * as kms from "aws-cdk-lib/aws-kms";
import * as logs from "aws-cdk-lib/aws-logs";
import type { Construct } from "constructs";
import type { Settings } from "./settings.js";

export function makeLogGroup(scope: Construct, id: string, name: string, settings: Settings, key: kms.IKey): logs.LogGroup {
    return new logs.LogGroup(scope, id, {
        logGroupName: name,
        // Every number of days that readSettings lets through is a value of this enumeration.
        retention: settings.logDays as logs.RetentionDays,
        encryptionKey: key,
        removalPolicy: settings.keepData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
}
