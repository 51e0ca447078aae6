// Keys and tokens as an issuer that uses the library jose makes them; printed as JSON:
// {jwks, secrets, tokens: {ALGORITHM: {good, expired, early, audience, issuer}}, forged: {NAME: token}}
import { exportJWK, exportSPKI, generateKeyPair, generateSecret, SignJWT, UnsecuredJWT } from "jose";

const PAIRS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519"];
const SECRETS = ["HS256", "HS384", "HS512"];
const ISSUER = "https://id.example.com";
const AUDIENCE = "relay";

const token = (issuer = ISSUER, audience = AUDIENCE) =>
    new SignJWT({ tunnels: ["shop", "alice-*"], max_tunnels: 500, rate: 12.5 })
        .setSubject("alice").setIssuer(issuer).setAudience(audience).setJti(crypto.randomUUID()).setIssuedAt()
        .setExpirationTime("1h");

async function tokensOf(alg, kid, key) {
    const sign = (jwt) => jwt.setProtectedHeader({ alg, kid, typ: "JWT" }).sign(key);
    return {
        good: await sign(token()),
        expired: await sign(token().setIssuedAt("2 hours ago").setExpirationTime("1 hour ago")),
        early: await sign(token().setNotBefore("1 hour")),
        audience: await sign(token(ISSUER, "another")),
        issuer: await sign(token("https://evil.example.com")),
    };
}

const jwks = { keys: [] };
const secrets = { keys: [] };
const tokens = {};
const pairs = {};
for (const alg of PAIRS) {
    const kid = `key-${alg}`;
    pairs[alg] = await generateKeyPair(alg, { extractable: true });
    jwks.keys.push({ ...(await exportJWK(pairs[alg].publicKey)), kid, alg, use: "sig" });
    tokens[alg] = await tokensOf(alg, kid, pairs[alg].privateKey);
}
for (const alg of SECRETS) {
    const kid = `key-${alg}`;
    const secret = await generateSecret(alg, { extractable: true });
    secrets.keys.push({ ...(await exportJWK(secret)), kid, alg });
    tokens[alg] = await tokensOf(alg, kid, secret);
}

// A public key as the secret of an HMAC, in the forms it is published in; and what nobody signed.
const text = new TextEncoder();
const confused = (secret, kid) => token().setProtectedHeader({ alg: "HS256", kid }).sign(text.encode(secret));
const pem = await exportSPKI(pairs.RS256.publicKey);
const forged = {
    none: new UnsecuredJWT({}).setSubject("alice").setIssuer(ISSUER).setAudience(AUDIENCE).encode(),
    "confused by PEM": await confused(pem, "key-RS256"),
    "confused by PEM, another kid": await confused(pem, "key-HS256"),
    "confused by JWK": await confused(JSON.stringify(jwks.keys[0]), "key-RS256"),
    "another's key": await token().setProtectedHeader({ alg: "ES256", kid: "key-ES256" })
        .sign((await generateKeyPair("ES256")).privateKey),
    "another's key, with it": await (async () => {
        const own = await generateKeyPair("ES256", { extractable: true });
        return token().setProtectedHeader({ alg: "ES256", kid: "key-ES256", jwk: await exportJWK(own.publicKey) })
            .sign(own.privateKey);
    })(),
    "unknown kid": await token().setProtectedHeader({ alg: "ES256", kid: "nobody" }).sign(pairs.ES256.privateKey),
    "an unknown extension": await token().setProtectedHeader({ alg: "ES256", kid: "key-ES256", crit: ["x"], x: 1 })
        .sign(pairs.ES256.privateKey, { crit: { x: true } }),
};
console.log(JSON.stringify({ jwks, secrets, tokens, forged }));
