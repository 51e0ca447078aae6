// The CDK application: one stack, and the checks that every synthesis runs.

import { App, Aspects, BootstraplessSynthesizer, CfnParameter, Tags } from "aws-cdk-lib";
import * as lambda from "aws-cdk-lib/aws-lambda";
import { AwsSolutionsChecks } from "cdk-nag";
import type { Construct } from "constructs";
import type { Settings } from "./settings.js";
import { TunnelStack } from "./stack.js";

export interface AppParts {
    readonly settings: Settings;
    readonly configFile: string;
    /** The zip to upload; without one the template has parameters for a bucket and key, for people without Node.js. */
    readonly zip: string | undefined;
    readonly app?: App;
}

function codeOfParameters(scope: Construct): lambda.Code {
    const bucketNameParam = new CfnParameter(scope, "CodeBucket", {
        description: "Your S3 bucket with bootstrap.zip, in the region of this stack",
    });
    const objectKeyParam = new CfnParameter(scope, "CodeKey", {
        description: "Name of the zip in it; another name, for example with a version, brings an update",
        default: "bootstrap.zip",
    });
    return lambda.Code.fromCfnParameters({ bucketNameParam, objectKeyParam });
}

export function makeStack(parts: AppParts): TunnelStack {
    const app = parts.app ?? new App();
    const { zip, settings } = parts;
    const stack = new TunnelStack(app, `HttpTunnel-${settings.environment}`, {
        settings,
        configFile: parts.configFile,
        code: (scope) => (zip === undefined ? codeOfParameters(scope) : lambda.Code.fromAsset(zip)),
        description: `HTTP Tunnel, serverless public side (${settings.environment})`,
        ...(zip === undefined && { synthesizer: new BootstraplessSynthesizer() }),
    });
    // Dashboards have had tags for a short time only: not every region's CloudFormation may know.
    const tagged = { excludeResourceTypes: ["AWS::CloudWatch::Dashboard"] };
    Tags.of(stack).add("project", "http-tunnel", tagged);
    Tags.of(stack).add("environment", settings.environment, tagged);
    Aspects.of(app).add(new AwsSolutionsChecks({ verbose: true }));
    return stack;
}
