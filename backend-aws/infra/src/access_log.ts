// Access logs of both stages. No query, no header, no cookie: tokens and people's data have no place in a log.

import * as apigateway from "aws-cdk-lib/aws-apigatewayv2";
import { AccessLogFormat } from "aws-cdk-lib/aws-apigateway";
import type * as logs from "aws-cdk-lib/aws-logs";

export function accessLog(group: logs.ILogGroup, fields: readonly string[]): apigateway.IAccessLogSettings {
    const members = fields.map((field) => `"${field}":"$context.${field}"`);
    return {
        destination: new apigateway.LogGroupLogDestination(group),
        format: AccessLogFormat.custom(`{${members.join(",")}}`),
    };
}
