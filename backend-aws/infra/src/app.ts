// The CDK application: one stack, and the checks that every synthesis runs.

import { App, Aspects, BootstraplessSynthesizer, Tags } from "aws-cdk-lib";
import * as lambda from "aws-cdk-lib/aws-lambda";
import { AwsSolutionsChecks } from "cdk-nag";
import type { Settings } from "./settings.js";
import { TunnelStack } from "./stack.js";

export interface AppParts {
    readonly settings: Settings;
    readonly configFile: string;
    /** The zip to upload; without one the template has parameters for a bucket and key, for people without Node.js. */
    readonly zip: string | undefined;
    readonly app?: App;
}

export function makeStack(parts: AppParts): TunnelStack {
    const app = parts.app ?? new App();
    const { zip, settings } = parts;
    const stack = new TunnelStack(app, `HttpTunnel-${settings.environment}`, {
        settings,
        configFile: parts.configFile,
        code: () => (zip === undefined ? lambda.Code.fromCfnParameters() : lambda.Code.fromAsset(zip)),
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
