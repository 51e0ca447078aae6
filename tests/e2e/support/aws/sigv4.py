"""AWS Signature Version 4, as a server checks it and as a test signs."""

import datetime
import hashlib
import hmac
import re
import urllib.parse

ALGORITHM = "AWS4-HMAC-SHA256"
MAX_SKEW_SECONDS = 300
_HEADER = re.compile(ALGORITHM + r" Credential=([^/,]+)/(\d{8})/([^/]+)/([^/]+)/aws4_request, ?"
                     r"SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})")


class BadSignature(Exception):
    pass


def _hmac(key, text):
    return hmac.new(key, text.encode(), hashlib.sha256).digest()


def _canonical_query(query):
    pairs = urllib.parse.parse_qsl(query, keep_blank_values=True)
    encoded = sorted((urllib.parse.quote(name, safe="-_.~"), urllib.parse.quote(value, safe="-_.~")) for name, value in pairs)
    return "&".join(f"{name}={value}" for name, value in encoded)


def signature(secret, date, region, service, method, target, headers, body):
    """`headers`: {lower-case name: value} of exactly the signed ones; `target` as sent on the wire."""
    path, _, query = target.partition("?")
    names = sorted(headers)
    canonical = "\n".join([
        method, urllib.parse.quote(path, safe="/-_.~"),  # once more than it is on the wire
        _canonical_query(query), *[f"{name}:{' '.join(headers[name].split())}" for name in names], "", ";".join(names),
        hashlib.sha256(body).hexdigest()])
    scope = f"{date[:8]}/{region}/{service}/aws4_request"
    to_sign = "\n".join([ALGORITHM, date, scope, hashlib.sha256(canonical.encode()).hexdigest()])
    key = f"AWS4{secret}".encode()
    for part in (date[:8], region, service, "aws4_request"):
        key = _hmac(key, part)
    return _hmac(key, to_sign).hex()


def sign(access_key, secret, token, region, service, method, url, headers, body, now=None):
    """Headers to send, with Authorization."""
    parts = urllib.parse.urlsplit(url)
    date = (now or datetime.datetime.now(datetime.timezone.utc)).strftime("%Y%m%dT%H%M%SZ")
    signed = {**{name.lower(): value for name, value in headers.items()}, "host": parts.netloc, "x-amz-date": date}
    if token:
        signed["x-amz-security-token"] = token
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    value = signature(secret, date, region, service, method, target, signed, body)
    credential = f"{access_key}/{date[:8]}/{region}/{service}/aws4_request"
    signed["authorization"] = f"{ALGORITHM} Credential={credential}, SignedHeaders={';'.join(sorted(signed))}, Signature={value}"
    return signed


def verify(request, secrets, now=None):
    """(access key, service) of a request that is signed rightly. `secrets`: {access key: (secret, session token)}."""
    match = _HEADER.fullmatch(request.header("authorization") or "")
    if not match:
        raise BadSignature("no Signature Version 4 in Authorization")
    access_key, day, region, service, names, given = match.groups()
    if access_key not in secrets:
        raise BadSignature(f"unknown access key {access_key}")
    secret, token = secrets[access_key]
    date = request.header("x-amz-date") or ""
    sent = datetime.datetime.strptime(date, "%Y%m%dT%H%M%SZ").replace(tzinfo=datetime.timezone.utc)
    skew = abs(((now or datetime.datetime.now(datetime.timezone.utc)) - sent).total_seconds())
    if day != date[:8] or skew > MAX_SKEW_SECONDS:
        raise BadSignature(f"Signature expired: {date} is {skew:.0f} s from now")
    if request.header("x-amz-security-token") != token:
        raise BadSignature("the session token is missing or another function's")
    signed = {name: request.header(name) or "" for name in names.split(";")}
    if not {"host", "x-amz-date", "x-amz-security-token"} <= set(signed):
        raise BadSignature(f"host, x-amz-date and the session token must be signed, not only {names}")
    if signature(secret, date, region, service, request.method, request.target, signed, request.body) != given:
        raise BadSignature(f"the signature of {request.method} {request.target} does not match")
    return access_key, service
