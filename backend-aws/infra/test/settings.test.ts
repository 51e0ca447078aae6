import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { environments } from "../src/environments.js";
import { readSettings, variables } from "../src/settings.js";
import { domainVariables, infraFolder, zoneVariables } from "./support.js";

const mail = { TUNNEL_ALERT_MAIL: "owner@example.com" };

test("each environment has sizes of its own, and prod keeps its data", () => {
    for (const environment of ["dev", "staging", "prod"] as const) {
        const settings = readSettings({ ...mail, TUNNEL_ENVIRONMENT: environment });
        assert.equal(settings.environment, environment);
        assert.equal(settings.httpConcurrency, environments[environment].httpConcurrency);
        assert.equal(settings.keepData, environment === "prod");
    }
    assert.equal(readSettings(mail).environment, "dev");
});

test("the seed's throttling is the default outside prod", () => {
    assert.deepEqual([readSettings(mail).rate, readSettings(mail).burst], [50, 100]);
});

test("every size can be overridden", () => {
    const settings = readSettings({
        ...mail, TUNNEL_RATE: "7", TUNNEL_BURST: "9", TUNNEL_LINK_RATE: "11", TUNNEL_LINK_BURST: "13", TUNNEL_HTTP_CONCURRENCY: "17",
        TUNNEL_WS_CONCURRENCY: "19", TUNNEL_MEMORY_MIB: "128", TUNNEL_LOG_DAYS: "90", TUNNEL_BUDGET_USD: "3",
        TUNNEL_CLEANUP_MINUTES: "5", TUNNEL_ARCHITECTURE: "arm64", TUNNEL_GATEWAY_LOG_ROLE: "false",
    });
    assert.deepEqual(
        [settings.rate, settings.burst, settings.linkRate, settings.linkBurst, settings.httpConcurrency, settings.wsConcurrency],
        [7, 9, 11, 13, 17, 19],
    );
    assert.deepEqual([settings.memoryMiB, settings.logDays, settings.budgetUsd, settings.cleanupMinutes], [128, 90, 3, 5]);
    assert.deepEqual([settings.architecture, settings.makeGatewayLogRole], ["arm64", false]);
});

test("a domain is read whole", () => {
    assert.deepEqual(readSettings({ ...mail, ...domainVariables, ...zoneVariables }).domain, {
        host: "tunnel.example.com", linkHost: "tunnel-link.example.com", certificateArn: domainVariables.TUNNEL_CERTIFICATE_ARN,
        wildcard: true, hostedZoneId: "Z0123456789", hostedZoneName: "example.com",
    });
    assert.equal(readSettings({ ...mail, ...domainVariables, TUNNEL_WILDCARD: "false" }).domain?.wildcard, false);
    assert.equal(readSettings(mail).domain, undefined);
});

const mistakes: [string, Record<string, string>, RegExp][] = [
    ["nobody to tell", { TUNNEL_ALERT_MAIL: "" }, /TUNNEL_ALERT_MAIL is not set/],
    ["no address", { TUNNEL_ALERT_MAIL: "owner" }, /TUNNEL_ALERT_MAIL: "owner" is not an e-mail address/],
    ["environment", { TUNNEL_ENVIRONMENT: "production" }, /"production"; it can be dev, staging, prod/],
    ["architecture", { TUNNEL_ARCHITECTURE: "mips" }, /TUNNEL_ARCHITECTURE/],
    ["fraction", { TUNNEL_RATE: "1.5" }, /TUNNEL_RATE is "1.5"; it must be a whole number/],
    ["zero", { TUNNEL_HTTP_CONCURRENCY: "0" }, /TUNNEL_HTTP_CONCURRENCY/],
    ["memory", { TUNNEL_MEMORY_MIB: "64" }, /from 128 to 10240/],
    ["log days", { TUNNEL_LOG_DAYS: "8" }, /CloudWatch knows 1, 3, 5/],
    ["flag", { TUNNEL_GATEWAY_LOG_ROLE: "no" }, /it can be true, false/],
    ["origin", { TUNNEL_CORS_ORIGINS: "app.example.com" }, /not an origin/],
    ["keys without audience", { TUNNEL_JWKS_URL: "https://id.example.com/keys" }, /needs TUNNEL_JWT_AUDIENCE/],
    ["keys in the clear", { TUNNEL_JWKS_URL: "http://id.example.com/keys", TUNNEL_JWT_AUDIENCE: "t" }, /not an https/],
    ["domain without links", { TUNNEL_DOMAIN_NAME: "tunnel.example.com" }, /TUNNEL_WEBSOCKET_DOMAIN_NAME/],
    ["one name for both", { ...domainVariables, TUNNEL_WEBSOCKET_DOMAIN_NAME: "tunnel.example.com" }, /must differ/],
    ["certificate", { ...domainVariables, TUNNEL_CERTIFICATE_ARN: "arn:aws:iam::1:x" }, /ARN of a certificate/],
    ["half a zone", { ...domainVariables, ROUTE53_HOSTED_ZONE_ID: "Z1" }, /belong together/],
    ["other zone", { ...domainVariables, ...zoneVariables, ROUTE53_HOSTED_ZONE_NAME: "example.org" }, /not inside the zone/],
];
for (const [name, wrong, told] of mistakes)
    test(`refused, with the variable's name: ${name}`, () => {
        assert.throws(() => readSettings({ ...mail, ...wrong }), told);
    });

test("the guide names every variable", () => {
    const guide = readFileSync(`${infraFolder}/../../docs/aws.md`, "utf8");
    for (const name of Object.keys(variables)) assert.ok(guide.includes(name), name);
});

test("every variable that is read is in the list", () => {
    const source = readFileSync(`${infraFolder}/src/settings.ts`, "utf8");
    const read = [...source.matchAll(/from\.([A-Z0-9_]+)|\(from, "([A-Z0-9_]+)"/g)].map((match) => match[1] ?? match[2]);
    assert.deepEqual([...new Set(read)].filter((name) => !(name as string in variables)), []);
    assert.ok(read.length > 15);
});
