// What each function may do, statement by statement: exactly the calls that it makes (backend-aws/README.md lists them,
// tests/e2e/aws checks every call against these). No action has a wildcard; a resource has one only where its last
// part is drawn at run time.

import { Aws } from "aws-cdk-lib";
import * as iam from "aws-cdk-lib/aws-iam";
import type * as kms from "aws-cdk-lib/aws-kms";
import type * as logs from "aws-cdk-lib/aws-logs";
import { OWNER_INDEX, type Tables } from "./tables.js";

export interface Reachable {
    readonly tables: Tables;
    readonly key: kms.IKey;
    /** `execute-api` ARN of the WebSocket stage. */
    readonly linkStageArn: string;
    readonly queuePrefix: string;
    /** Parameters that both read, and those that only ws reads: names with their leading slash. */
    readonly parameters: readonly string[];
    readonly tokenParameters: readonly string[];
}

const here = (service: string, rest: string): string =>
    `arn:${Aws.PARTITION}:${service}:${Aws.REGION}:${Aws.ACCOUNT_ID}:${rest}`;

function allow(sid: string, actions: string[], resources: string[], conditions?: Record<string, unknown>): iam.PolicyStatement {
    return new iam.PolicyStatement({ sid, actions, resources, ...(conditions !== undefined && { conditions }) });
}

/** DynamoDB and Parameter Store use the key in the caller's name; nobody uses it directly. */
function useKey(reach: Reachable): iam.PolicyStatement {
    return allow("UseKey", ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey", "kms:DescribeKey"], [reach.key.keyArn], {
        StringEquals: {
            "kms:ViaService": [`dynamodb.${Aws.REGION}.${Aws.URL_SUFFIX}`, `ssm.${Aws.REGION}.${Aws.URL_SUFFIX}`],
        },
    });
}

function readParameters(names: readonly string[]): iam.PolicyStatement {
    return allow("ReadParameters", ["ssm:GetParameters"], names.map((name) => here("ssm", `parameter${name}`)));
}

export const queueArn = (reach: Reachable): string => here("sqs", `${reach.queuePrefix}*`);
export const connectionArn = (reach: Reachable, method: string): string => `${reach.linkStageArn}/${method}/@connections/*`;

/** Finds a tunnel's link, counts, posts the request to it, waits at the queue of its own execution environment. */
export function httpStatements(reach: Reachable): iam.PolicyStatement[] {
    const { connections, reservations, rateLimits } = reach.tables;
    return [
        allow("FindTunnel", ["dynamodb:GetItem", "dynamodb:PutItem"], [reservations.tableArn]),
        allow("AwaitLink", ["dynamodb:GetItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem"], [connections.tableArn]),
        allow("CountRequests", ["dynamodb:UpdateItem"], [rateLimits.tableArn]),
        allow("PostRequests", ["execute-api:ManageConnections"], [connectionArn(reach, "POST")]),
        // SendMessage: who finds a link gone tells the other environments that wait for it.
        allow(
            "AwaitReplies", ["sqs:CreateQueue", "sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:DeleteQueue", "sqs:SendMessage"],
            [queueArn(reach)],
        ),
        readParameters(reach.parameters),
        useKey(reach),
    ];
}

/** Keeps links and names, hands replies on, and cleans up on schedule. */
export function wsStatements(reach: Reachable): iam.PolicyStatement[] {
    const { connections, reservations, rateLimits } = reach.tables;
    return [
        allow("KeepNames", ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:DeleteItem"], [reservations.tableArn]),
        allow("FindNames", ["dynamodb:Query"], [`${reservations.tableArn}/index/${OWNER_INDEX}`]),
        allow("KeepLinks", ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:DeleteItem", "dynamodb:Scan"], [connections.tableArn]),
        allow("CountLinks", ["dynamodb:UpdateItem"], [rateLimits.tableArn]),
        allow("AnswerClients", ["execute-api:ManageConnections"], [connectionArn(reach, "POST"), connectionArn(reach, "DELETE")]),
        allow("HandReplies", ["sqs:SendMessage", "sqs:DeleteQueue"], [queueArn(reach)]),
        allow("ListQueues", ["sqs:ListQueues"], ["*"]),
        readParameters([...reach.parameters, ...reach.tokenParameters]),
        useKey(reach),
    ];
}

/** A log group's ARN ends with ":*" by itself: its streams. */
export const writeLogs = (group: logs.ILogGroup): iam.PolicyStatement =>
    allow("WriteLogs", ["logs:CreateLogStream", "logs:PutLogEvents"], [group.logGroupArn]);
