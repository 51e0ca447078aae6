"""Events of a WebSocket API, in the shape of shared recordings: header names as sent, values doubled as lists."""

import time
import uuid


def _context(api, link, route, kind):
    now = time.time()
    context = {"apiId": api.id, "connectedAt": link.since, "connectionId": link.id, "domainName": link.host, "eventType": kind,
               "extendedRequestId": uuid.uuid4().hex[:16], "identity": {"sourceIp": link.peer, "userAgent": link.user_agent},
               "messageDirection": "IN", "requestId": uuid.uuid4().hex[:16],
               "requestTime": time.strftime("%d/%b/%Y:%H:%M:%S +0000", time.gmtime(now)), "requestTimeEpoch": int(now * 1000),
               "routeKey": route, "stage": api.stage}
    if link.authorizer is not None:
        context["authorizer"] = link.authorizer
    return context


def _headers(pairs):
    several = {}
    for name, value in pairs:
        several.setdefault(name, []).append(value)
    return {"headers": {name: values[-1] for name, values in several.items()}, "multiValueHeaders": several}


def authorizer_event(api, link, headers, method_arn):
    return {"type": "REQUEST", "methodArn": method_arn, **_headers(headers),
            "requestContext": _context(api, link, "$connect", "CONNECT")}


def connect_event(api, link, headers):
    return {**_headers(headers), "requestContext": _context(api, link, "$connect", "CONNECT"), "isBase64Encoded": False}


def message_event(api, link, text):
    context = _context(api, link, "$default", "MESSAGE")
    context["messageId"] = uuid.uuid4().hex[:16]
    return {"requestContext": context, "body": text, "isBase64Encoded": False}


def disconnect_event(api, link, code, reason):
    context = _context(api, link, "$disconnect", "DISCONNECT")
    context.update(disconnectStatusCode=code, disconnectReason=reason)
    headers = _headers([("Host", link.host), ("x-api-key", ""), ("x-restapi", "")])
    return {**headers, "requestContext": context, "isBase64Encoded": False}
