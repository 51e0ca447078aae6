// The two functions, made of one zip: `http` answers visitors, `ws` serves the links, their authorizer and the clean-up.

import { Duration } from "aws-cdk-lib";
import * as iam from "aws-cdk-lib/aws-iam";
import * as lambda from "aws-cdk-lib/aws-lambda";
import type * as logs from "aws-cdk-lib/aws-logs";
import { NagSuppressions } from "cdk-nag";
import type { Construct } from "constructs";
import { writeLogs } from "./permissions.js";
import type { Settings } from "./settings.js";

// API Gateway waits no longer, for links; and a function that ran on would answer nobody. The functions answer before
// it by their own deadline (request_timeout_secs, 28 at most).
export const GATEWAY_TIMEOUT = Duration.seconds(29);

export interface FunctionParts {
    readonly name: "http" | "ws";
    readonly fullName: string;
    readonly code: lambda.Code;
    readonly statements: iam.PolicyStatement[];
    readonly environment: Record<string, string>;
    readonly concurrency: number;
    readonly logGroup: logs.ILogGroup;
    /** Why a statement names a resource with a wildcard: resource as cdk-nag writes it, and the reason. */
    readonly wildcards: readonly { readonly resource: string; readonly reason: string }[];
}

function makeRole(scope: Construct, id: string, parts: FunctionParts): iam.Role {
    const role = new iam.Role(scope, `${id}Role`, {
        assumedBy: new iam.ServicePrincipal("lambda.amazonaws.com"),
        description: `What the ${parts.name} function of the tunnel may do`,
        inlinePolicies: { calls: new iam.PolicyDocument({ statements: [...parts.statements, writeLogs(parts.logGroup)] }) },
    });
    NagSuppressions.addResourceSuppressions(
        role,
        parts.wildcards.map(({ resource, reason }) => ({ id: "AwsSolutions-IAM5", reason, appliesTo: [`Resource::${resource}`] })),
    );
    return role;
}

export function makeFunction(scope: Construct, settings: Settings, parts: FunctionParts): lambda.Function {
    const id = parts.name === "http" ? "Http" : "Ws";
    return new lambda.Function(scope, id, {
        functionName: parts.fullName,
        description: parts.name === "http" ? "Answers the visitors of tunnels" : "Serves the links of tunnel clients",
        runtime: lambda.Runtime.PROVIDED_AL2023,
        architecture: settings.architecture === "arm64" ? lambda.Architecture.ARM_64 : lambda.Architecture.X86_64,
        handler: "bootstrap",
        code: parts.code,
        role: makeRole(scope, id, parts),
        environment: parts.environment,
        memorySize: settings.memoryMiB,
        timeout: GATEWAY_TIMEOUT,
        reservedConcurrentExecutions: parts.concurrency,
        logGroup: parts.logGroup,
    });
}
