// The three tables. Which attribute means what stands in backend-aws/README.md; here are keys, index and expiry.

import { RemovalPolicy } from "aws-cdk-lib";
import * as dynamodb from "aws-cdk-lib/aws-dynamodb";
import type * as kms from "aws-cdk-lib/aws-kms";
import type { Construct } from "constructs";
import type { Settings } from "./settings.js";

/** On reservations: the names of one owner. */
export const OWNER_INDEX = "owner-index";

export interface Tables {
    readonly connections: dynamodb.Table;
    readonly reservations: dynamodb.Table;
    readonly rateLimits: dynamodb.Table;
}

const text = (name: string): dynamodb.Attribute => ({ name, type: dynamodb.AttributeType.STRING });
const number = (name: string): dynamodb.Attribute => ({ name, type: dynamodb.AttributeType.NUMBER });

export function makeTables(scope: Construct, settings: Settings, prefix: string, key: kms.IKey): Tables {
    const table = (id: string, name: string, keys: Pick<dynamodb.TableProps, "partitionKey" | "sortKey">): dynamodb.Table =>
        new dynamodb.Table(scope, id, {
            ...keys,
            tableName: `${prefix}-${name}`,
            billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
            encryption: dynamodb.TableEncryption.CUSTOMER_MANAGED,
            encryptionKey: key,
            pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
            timeToLiveAttribute: "ttl",
            deletionProtection: settings.keepData,
            removalPolicy: settings.keepData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
        });
    const reservations = table("Reservations", "reservations", { partitionKey: text("name") });
    reservations.addGlobalSecondaryIndex({ indexName: OWNER_INDEX, partitionKey: text("owner") });
    return {
        connections: table("Connections", "connections", { partitionKey: text("connectionId") }),
        reservations,
        rateLimits: table("RateLimits", "rate-limits", { partitionKey: text("tunnelId"), sortKey: number("minute") }),
    };
}
