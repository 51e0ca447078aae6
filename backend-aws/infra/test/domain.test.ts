import assert from "node:assert/strict";
import { test } from "node:test";
import { Match } from "aws-cdk-lib/assertions";
import { domainVariables, resourcesOf, templateOf, zoneVariables } from "./support.js";

const withZone = templateOf({ ...domainVariables, ...zoneVariables });
const withoutZone = templateOf(domainVariables);

test("without a domain there is none of its parts", () => {
    const plain = templateOf();
    for (const type of ["AWS::ApiGatewayV2::DomainName", "AWS::ApiGatewayV2::ApiMapping", "AWS::Route53::RecordSet"])
        plain.resourceCountIs(type, 0);
});

test("visitors, tunnels and links have a name each, with TLS 1.2 and the certificate", () => {
    for (const name of ["tunnel.example.com", "*.tunnel.example.com", "tunnel-link.example.com"])
        withZone.hasResourceProperties("AWS::ApiGatewayV2::DomainName", {
            DomainName: name,
            DomainNameConfigurations: [
                { CertificateArn: domainVariables.TUNNEL_CERTIFICATE_ARN, EndpointType: "REGIONAL", SecurityPolicy: "TLS_1_2" },
            ],
        });
    withZone.resourceCountIs("AWS::ApiGatewayV2::ApiMapping", 3);
});

test("each name leads to its API", () => {
    const stages = Object.values(resourcesOf(withZone, "AWS::ApiGatewayV2::ApiMapping")).map((mapping) => mapping.Properties.ApiId.Ref[0]);
    assert.deepEqual(stages.sort(), ["H", "H", "L"]);
});

test("records are written into the zone", () => {
    for (const name of ["tunnel.example.com.", "*.tunnel.example.com.", "tunnel-link.example.com."])
        withZone.hasResourceProperties("AWS::Route53::RecordSet", { Name: name, Type: "A", HostedZoneId: "Z0123456789" });
});

test("or told, when the zone is elsewhere", () => {
    withoutZone.resourceCountIs("AWS::Route53::RecordSet", 0);
    const records = Object.values(withoutZone.findOutputs("*")).filter((output: any) => /DNS record/.test(output.Description ?? ""));
    assert.equal(records.length, 3);
});

test("functions know the public name, and the other address of the API is shut", () => {
    withZone.hasResourceProperties("AWS::Lambda::Function", {
        Environment: {
            Variables: Match.objectLike({ TUNNEL_PUBLIC_URL: "https://tunnel.example.com", TUNNEL_SUBDOMAINS: "true" }),
        },
    });
    withZone.hasResourceProperties("AWS::ApiGatewayV2::Api", { ProtocolType: "HTTP", DisableExecuteApiEndpoint: true });
});

test("the management endpoint stays API Gateway's own: a custom name has no @connections", () => {
    for (const handler of Object.values(resourcesOf(withZone, "AWS::Lambda::Function")))
        assert.match(JSON.stringify(handler.Properties.Environment.Variables.TUNNEL_WEBSOCKET_ENDPOINT), /execute-api/);
});

test("a wildcard is a choice", () => {
    const narrow = templateOf({ ...domainVariables, TUNNEL_WILDCARD: "false" });
    narrow.resourceCountIs("AWS::ApiGatewayV2::DomainName", 2);
    narrow.hasResourceProperties("AWS::Lambda::Function", {
        Environment: { Variables: Match.objectLike({ TUNNEL_SUBDOMAINS: "false" }) },
    });
});

test("outputs are what a user pastes", () => {
    withZone.hasOutput("ServerUrl", { Value: "wss://tunnel-link.example.com" });
    withZone.hasOutput("PublicUrl", { Value: "https://tunnel.example.com" });
    withZone.hasOutput("TtfCommand", { Value: Match.stringLikeRegexp("ttf http 3000 --name shop --relay wss://tunnel-link.example.com$") });
    assert.match(JSON.stringify(templateOf().findOutputs("ServerUrl")), /"wss:\/\/",.*\.execute-api\..*"\/dev"/);
});
