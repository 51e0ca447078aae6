import assert from "node:assert/strict";
import { test } from "node:test";
import { Match } from "aws-cdk-lib/assertions";
import { resourcesOf, templateOf } from "./support.js";

const dev = templateOf();

const apiId = (protocol: string, template = dev): string =>
    Object.entries(resourcesOf(template, "AWS::ApiGatewayV2::Api")).find(([, api]) => api.Properties.ProtocolType === protocol)?.[0] ?? "";

test("one route takes every request of visitors, in payload format 2.0, within API Gateway's time", () => {
    dev.hasResourceProperties("AWS::ApiGatewayV2::Route", {
        ApiId: { Ref: apiId("HTTP") }, RouteKey: "$default", AuthorizationType: "NONE",
    });
    dev.hasResourceProperties("AWS::ApiGatewayV2::Integration", {
        ApiId: { Ref: apiId("HTTP") }, IntegrationType: "AWS_PROXY", PayloadFormatVersion: "2.0", TimeoutInMillis: 29000,
        IntegrationUri: { "Fn::GetAtt": [Match.stringLikeRegexp("^Http"), "Arn"] },
    });
});

test("the public stage is throttled, measured and logged without queries or headers", () => {
    dev.hasResourceProperties("AWS::ApiGatewayV2::Stage", {
        ApiId: { Ref: apiId("HTTP") },
        StageName: "$default",
        AutoDeploy: true,
        DefaultRouteSettings: { ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100, DetailedMetricsEnabled: true },
        AccessLogSettings: { DestinationArn: Match.anyValue(), Format: Match.stringLikeRegexp("requestId") },
    });
    for (const stage of Object.values(resourcesOf(dev, "AWS::ApiGatewayV2::Stage")))
        assert.doesNotMatch(stage.Properties.AccessLogSettings.Format, /query|header|authorizer|identity/i);
});

test("throttling is a setting", () => {
    templateOf({ TUNNEL_RATE: "5", TUNNEL_BURST: "6" }).hasResourceProperties("AWS::ApiGatewayV2::Stage", {
        StageName: "$default", DefaultRouteSettings: Match.objectLike({ ThrottlingRateLimit: 5, ThrottlingBurstLimit: 6 }),
    });
});

test("CORS is the service's own matter until origins are given", () => {
    for (const api of Object.values(resourcesOf(dev, "AWS::ApiGatewayV2::Api"))) assert.equal(api.Properties.CorsConfiguration, undefined);
    templateOf({ TUNNEL_CORS_ORIGINS: "https://app.example.com, http://localhost:5173" }).hasResourceProperties("AWS::ApiGatewayV2::Api", {
        ProtocolType: "HTTP",
        CorsConfiguration: Match.objectLike({
            AllowOrigins: ["https://app.example.com", "http://localhost:5173"], AllowMethods: ["*"],
            AllowHeaders: Match.arrayWith(["authorization", "content-type"]), MaxAge: 300,
        }),
    });
});

test("links have three routes, and only $connect asks who comes", () => {
    const routes = Object.values(resourcesOf(dev, "AWS::ApiGatewayV2::Route")).filter(
        (route) => route.Properties.ApiId.Ref === apiId("WEBSOCKET"),
    );
    assert.deepEqual(
        routes.map((route) => [route.Properties.RouteKey, route.Properties.AuthorizationType]).sort(),
        [["$connect", "CUSTOM"], ["$default", "NONE"], ["$disconnect", "NONE"]],
    );
});

test("the token comes in a header, and is looked at by ws", () => {
    dev.hasResourceProperties("AWS::ApiGatewayV2::Authorizer", {
        AuthorizerType: "REQUEST",
        IdentitySource: ["route.request.header.Authorization"],
        AuthorizerUri: Match.objectLike({
            "Fn::Join": ["", Match.arrayWith([{ "Fn::GetAtt": [Match.stringLikeRegexp("^Ws"), "Arn"] }])],
        }),
    });
});

test("the stage of links is throttled and logged, by a role of the account", () => {
    dev.hasResource("AWS::ApiGatewayV2::Stage", {
        Properties: {
            ApiId: { Ref: apiId("WEBSOCKET") }, StageName: "dev",
            DefaultRouteSettings: Match.objectLike({ ThrottlingRateLimit: 200, ThrottlingBurstLimit: 400 }),
            AccessLogSettings: Match.objectLike({ Format: Match.stringLikeRegexp("connectionId") }),
        },
        DependsOn: Match.arrayWith([Match.stringLikeRegexp("^GatewayLogsAccount")]),
    });
    dev.resourceCountIs("AWS::ApiGateway::Account", 1);
    templateOf({ TUNNEL_GATEWAY_LOG_ROLE: "false" }).resourceCountIs("AWS::ApiGateway::Account", 0);
});

test("each API may call its own function only", () => {
    for (const permission of Object.values(resourcesOf(dev, "AWS::Lambda::Permission"))) {
        if (permission.Properties.Principal !== "apigateway.amazonaws.com") continue;
        const source = JSON.stringify(permission.Properties.SourceArn);
        const handler = permission.Properties.FunctionName["Fn::GetAtt"][0] as string;
        assert.ok(source.includes(handler.startsWith("Ws") ? apiId("WEBSOCKET") : apiId("HTTP")), `${handler} by ${source}`);
    }
});
