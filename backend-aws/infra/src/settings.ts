// The settings of one deployment: the table of its environment, overridden by environment variables. Everything is
// checked before anything is built, so that a typing error is told at once and not after ten minutes of deployment.

import { environments, type EnvironmentName, type Sizes } from "./environments.js";

export interface Domain {
    /** Visitors come to this host: https://HOST/NAME/, and https://NAME.HOST/ when `wildcard` is on. */
    readonly host: string;
    /** Tunnel clients connect to this one. A domain name serves an HTTP API or a WebSocket API, never both. */
    readonly linkHost: string;
    /** In the region of the stack; must cover host, linkHost and, with `wildcard`, *.host. */
    readonly certificateArn: string;
    readonly wildcard: boolean;
    /** Route 53 zone to write the records into; without one they are printed, to be made elsewhere. */
    readonly hostedZoneId?: string;
    readonly hostedZoneName?: string;
}

/** Where the keys of tokens come from: an issuer's address, or a secret in Parameter Store when there is none. */
export interface Issuer {
    readonly jwksUrl?: string;
    readonly audience?: string;
    readonly name?: string;
}

export interface Settings extends Sizes {
    readonly environment: EnvironmentName;
    readonly architecture: "x86_64" | "arm64";
    /** None: a parameter of the template. */
    readonly alertMails: readonly string[];
    readonly corsOrigins: readonly string[];
    readonly domain?: Domain;
    readonly issuer: Issuer;
    /** API Gateway writes access logs of WebSocket APIs only with an account-wide role; one stack a region makes it. */
    readonly makeGatewayLogRole: boolean;
}

/** Where a list of variables is needed for a message or the guide: name, and what it says. */
export const variables: Readonly<Record<string, string>> = {
    TUNNEL_ENVIRONMENT: "dev (default), staging or prod",
    TUNNEL_ALERT_MAIL: "addresses for alarms and the budget, comma separated (required)",
    TUNNEL_ARCHITECTURE: "x86_64 (default) or arm64: what the bootstrap in the zip was built for",
    TUNNEL_JWKS_URL: "https:// address of an issuer's keys, instead of a secret of your own; needs TUNNEL_JWT_AUDIENCE",
    TUNNEL_JWT_AUDIENCE: "audiences that a token may name, comma separated",
    TUNNEL_JWT_ISSUER: "the issuer that a token must name",
    TUNNEL_DOMAIN_NAME: "the visitors' host, for example tunnel.example.com",
    TUNNEL_WEBSOCKET_DOMAIN_NAME: "the tunnel clients' host, for example tunnel-link.example.com",
    TUNNEL_CERTIFICATE_ARN: "the certificate of both, in the region of the stack",
    TUNNEL_WILDCARD: "true: https://NAME.HOST/ as well (default with a domain); false: only https://HOST/NAME/",
    ROUTE53_HOSTED_ZONE_ID: "the zone for the records",
    ROUTE53_HOSTED_ZONE_NAME: "its name, for example example.com",
    TUNNEL_CORS_ORIGINS: "origins for which API Gateway itself answers CORS, comma separated; none: the service decides",
    TUNNEL_RATE: "public requests a second",
    TUNNEL_BURST: "public requests at once",
    TUNNEL_LINK_RATE: "connects and messages of links a second",
    TUNNEL_LINK_BURST: "the same at once",
    TUNNEL_HTTP_CONCURRENCY: "reserved concurrency of the http function",
    TUNNEL_WS_CONCURRENCY: "reserved concurrency of the ws function",
    TUNNEL_MEMORY_MIB: "memory of both",
    TUNNEL_LOG_DAYS: "days that logs are kept",
    TUNNEL_BUDGET_USD: "monthly budget",
    TUNNEL_CLEANUP_MINUTES: "minutes between two clean-ups",
    TUNNEL_GATEWAY_LOG_ROLE: "false: this account and region already have an API Gateway log role",
    TUNNEL_TEMPLATE_ONLY: "true: a template to publish, which takes the zip and the address for alarms as parameters",
    LAMBDA_CODE_PATH: "the zip with bootstrap (default build/lambda/packages/bootstrap.zip)",
};

type Variables = Readonly<Record<string, string | undefined>>;

// What CloudWatch Logs accepts.
const LOG_DAYS = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];
const HOST = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;
const MAIL = /^[^\s@,]+@[^\s@,]+\.[^\s@,]+$/;
const CERTIFICATE = /^arn:aws[a-z-]*:acm:[a-z0-9-]+:\d{12}:certificate\/[A-Za-z0-9-]+$/;
const ORIGIN = /^(\*|https?:\/\/[A-Za-z0-9.-]+(:\d{1,5})?)$/;

function oneOf<T extends string>(name: string, value: string, allowed: readonly T[]): T {
    const found = allowed.find((candidate) => candidate === value);
    if (found === undefined) throw new Error(`${name} is "${value}"; it can be ${allowed.join(", ")}`);
    return found;
}

function count(from: Variables, name: string, fallback: number, least = 1, most = 1_000_000): number {
    const text = from[name];
    if (text === undefined || text === "") return fallback;
    const value = Number(text);
    if (!Number.isInteger(value) || value < least || value > most)
        throw new Error(`${name} is "${text}"; it must be a whole number from ${least} to ${most}`);
    return value;
}

function flag(from: Variables, name: string, fallback: boolean): boolean {
    const text = from[name];
    return text === undefined || text === "" ? fallback : oneOf(name, text, ["true", "false"]) === "true";
}

function list(from: Variables, name: string, pattern: RegExp, what: string): string[] {
    const parts = (from[name] ?? "").split(",").map((part) => part.trim()).filter((part) => part !== "");
    const wrong = parts.find((part) => !pattern.test(part));
    if (wrong !== undefined) throw new Error(`${name}: "${wrong}" is not ${what}`);
    return parts;
}

function matching(name: string, value: string | undefined, pattern: RegExp, what: string): string {
    if (value === undefined || !pattern.test(value)) throw new Error(`${name} is "${value ?? ""}", which is not ${what}`);
    return value;
}

function readDomain(from: Variables): Domain | undefined {
    if (!from.TUNNEL_DOMAIN_NAME) return undefined;
    const zoneId = from.ROUTE53_HOSTED_ZONE_ID || undefined;
    const zoneName = from.ROUTE53_HOSTED_ZONE_NAME || undefined;
    if ((zoneId === undefined) !== (zoneName === undefined))
        throw new Error("ROUTE53_HOSTED_ZONE_ID and ROUTE53_HOSTED_ZONE_NAME belong together: give both or none");
    const host = matching("TUNNEL_DOMAIN_NAME", from.TUNNEL_DOMAIN_NAME, HOST, "a host name");
    const linkHost = matching("TUNNEL_WEBSOCKET_DOMAIN_NAME", from.TUNNEL_WEBSOCKET_DOMAIN_NAME, HOST, "a host name");
    if (linkHost === host)
        throw new Error("TUNNEL_WEBSOCKET_DOMAIN_NAME must differ from TUNNEL_DOMAIN_NAME: API Gateway serves one kind of API a name");
    if (zoneName !== undefined)
        for (const name of [host, linkHost])
            if (name !== zoneName && !name.endsWith(`.${zoneName}`))
                throw new Error(`${name} is not inside the zone ${zoneName} of ROUTE53_HOSTED_ZONE_NAME`);
    return {
        host,
        linkHost,
        certificateArn: matching("TUNNEL_CERTIFICATE_ARN", from.TUNNEL_CERTIFICATE_ARN, CERTIFICATE, "the ARN of a certificate"),
        wildcard: flag(from, "TUNNEL_WILDCARD", true),
        ...(zoneId !== undefined && zoneName !== undefined && { hostedZoneId: zoneId, hostedZoneName: zoneName }),
    };
}

function readSizes(from: Variables, defaults: Sizes): Sizes {
    const logDays = count(from, "TUNNEL_LOG_DAYS", defaults.logDays);
    if (!LOG_DAYS.includes(logDays)) throw new Error(`TUNNEL_LOG_DAYS is ${logDays}; CloudWatch knows ${LOG_DAYS.join(", ")}`);
    return {
        httpConcurrency: count(from, "TUNNEL_HTTP_CONCURRENCY", defaults.httpConcurrency),
        wsConcurrency: count(from, "TUNNEL_WS_CONCURRENCY", defaults.wsConcurrency),
        memoryMiB: count(from, "TUNNEL_MEMORY_MIB", defaults.memoryMiB, 128, 10240),
        rate: count(from, "TUNNEL_RATE", defaults.rate),
        burst: count(from, "TUNNEL_BURST", defaults.burst),
        linkRate: count(from, "TUNNEL_LINK_RATE", defaults.linkRate),
        linkBurst: count(from, "TUNNEL_LINK_BURST", defaults.linkBurst),
        logDays,
        budgetUsd: count(from, "TUNNEL_BUDGET_USD", defaults.budgetUsd),
        cleanupMinutes: count(from, "TUNNEL_CLEANUP_MINUTES", defaults.cleanupMinutes, 2, 24 * 60),
        keepData: defaults.keepData,
    };
}

function readIssuer(from: Variables): Issuer {
    const jwksUrl = from.TUNNEL_JWKS_URL || undefined;
    const audience = from.TUNNEL_JWT_AUDIENCE || undefined;
    const name = from.TUNNEL_JWT_ISSUER || undefined;
    if (jwksUrl !== undefined && !/^https:\/\/[^\s/]+\/\S*$/.test(jwksUrl))
        throw new Error(`TUNNEL_JWKS_URL is "${jwksUrl}", which is not an https:// address`);
    if (jwksUrl !== undefined && audience === undefined)
        throw new Error("TUNNEL_JWKS_URL needs TUNNEL_JWT_AUDIENCE: the issuer's tokens for other services must not open tunnels");
    return {
        ...(jwksUrl !== undefined && { jwksUrl }),
        ...(audience !== undefined && { audience }),
        ...(name !== undefined && { name }),
    };
}

export function readSettings(from: Variables): Settings {
    const environment = oneOf("TUNNEL_ENVIRONMENT", from.TUNNEL_ENVIRONMENT || "dev", ["dev", "staging", "prod"]);
    const alertMails = list(from, "TUNNEL_ALERT_MAIL", MAIL, "an e-mail address");
    if (alertMails.length === 0 && from.TUNNEL_TEMPLATE_ONLY !== "true")
        throw new Error("TUNNEL_ALERT_MAIL is not set: alarms and the budget need somebody to tell. Set it to your address.");
    const domain = readDomain(from);
    return {
        ...readSizes(from, environments[environment]),
        environment,
        architecture: oneOf("TUNNEL_ARCHITECTURE", from.TUNNEL_ARCHITECTURE || "x86_64", ["x86_64", "arm64"]),
        alertMails,
        issuer: readIssuer(from),
        corsOrigins: list(from, "TUNNEL_CORS_ORIGINS", ORIGIN, "an origin such as https://app.example.com"),
        makeGatewayLogRole: flag(from, "TUNNEL_GATEWAY_LOG_ROLE", true),
        ...(domain !== undefined && { domain }),
    };
}
