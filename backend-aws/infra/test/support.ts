// A stack made as main.ts makes it, from variables that a test chooses, and its template.

import { Template } from "aws-cdk-lib/assertions";
import { fileURLToPath } from "node:url";
import { makeStack } from "../src/app.js";
import { readSettings } from "../src/settings.js";
import type { TunnelStack } from "../src/stack.js";

export const infraFolder = fileURLToPath(new URL("../..", import.meta.url));

export const domainVariables = {
    TUNNEL_DOMAIN_NAME: "tunnel.example.com",
    TUNNEL_WEBSOCKET_DOMAIN_NAME: "tunnel-link.example.com",
    TUNNEL_CERTIFICATE_ARN: "arn:aws:acm:eu-central-1:123456789012:certificate/12345678-1234-1234-1234-123456789012",
};

export const zoneVariables = { ROUTE53_HOSTED_ZONE_ID: "Z0123456789", ROUTE53_HOSTED_ZONE_NAME: "example.com" };

export function stackOf(variables: Record<string, string> = {}): TunnelStack {
    const settings = readSettings({ TUNNEL_ALERT_MAIL: "owner@example.com", ...variables });
    return makeStack({ settings, configFile: `${infraFolder}/config/${settings.environment}.toml`, zip: undefined });
}

export function templateOf(variables: Record<string, string> = {}): Template {
    return Template.fromStack(stackOf(variables));
}

interface Resource {
    readonly Type: string;
    readonly Properties: Record<string, any>;
    readonly DeletionPolicy?: string;
    readonly DependsOn?: string[];
}

export function resourcesOf(template: Template, type: string): Record<string, Resource> {
    return template.findResources(type) as Record<string, Resource>;
}

export interface Statement {
    readonly Sid: string;
    readonly Effect: string;
    readonly Action: string | string[];
    readonly Resource: unknown;
    readonly Condition?: unknown;
}

export const asList = <T>(value: T | T[]): T[] => (Array.isArray(value) ? value : [value]);

/** Statements of the role of the function of that full name. */
export function statementsOf(template: Template, functionName: string): Statement[] {
    const handler = Object.values(resourcesOf(template, "AWS::Lambda::Function")).find(
        (resource) => resource.Properties.FunctionName === functionName,
    );
    const role = resourcesOf(template, "AWS::IAM::Role")[handler?.Properties.Role["Fn::GetAtt"][0]];
    return (role?.Properties.Policies ?? []).flatMap((policy: any) => policy.PolicyDocument.Statement);
}
