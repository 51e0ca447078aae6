"""The HTTP API: visitors' requests as events of payload format 2.0, answers as responses, with AWS's bounds."""

import asyncio
import base64
import json
import time
import urllib.parse
import uuid

from .bucket import Bucket
from .environment import InvocationFailed
from .functions import Throttled, TooLarge
from .http import Response, Server
from .template import ACCOUNT

MAX_HEAD_BYTES = 10_240  # request line and header fields together
MAX_BODY_BYTES = 10 * 1024 * 1024
DROPPED = {"connection", "keep-alive", "transfer-encoding", "te", "upgrade", "proxy-connection", "expect"}
TEXT_TYPES = ("text/", "application/json", "application/javascript", "application/xml")
SET_BY_GATEWAY = {"connection", "content-length", "transfer-encoding", "keep-alive"}


def _is_text(headers):
    kind = headers.get("content-type", "").lower()
    return kind.startswith(TEXT_TYPES) and "content-encoding" not in headers


class HttpGateway:
    def __init__(self, api, ledger):
        self._api, self._ledger = api, ledger
        self.function = None  # set once it exists: each needs the other's address
        self._server = Server(self._handle)
        self.bucket = Bucket(api.rate, api.burst)
        self.timeout = api.timeout_ms / 1000
        self.cookie_header = False  # whether `cookie` stands among the headers as well: documents differ

    async def start(self, port=0):
        await self._server.start(port)
        return self

    @property
    def port(self):
        return self._server.port

    async def close(self):
        await self._server.close()

    def event(self, request):
        path, _, query = request.target.partition("?")
        headers = self._headers(request)
        cookies = headers["cookie"].split("; ") if "cookie" in headers else None
        if not self.cookie_header:
            headers.pop("cookie", None)
        host = headers.get("host", "")
        now = time.time()
        event = {"version": "2.0", "routeKey": "$default", "rawPath": path, "rawQueryString": query, "headers": headers,
                 "requestContext": self._context(request, path, host, now), "isBase64Encoded": False}
        if cookies is not None:
            event["cookies"] = cookies
        if query:
            pairs = urllib.parse.parse_qsl(query, keep_blank_values=True)
            event["queryStringParameters"] = {name: ",".join(value for key, value in pairs if key == name) for name, _ in pairs}
        if request.body:
            event["body"], event["isBase64Encoded"] = self._body(request.body, headers)
        return event

    def _headers(self, request):
        """Lower case, those of one name joined; hop-by-hop ones are the gateway's own matter."""
        joined = {}
        for name, value in request.headers:
            name = name.lower()
            if name in DROPPED:
                continue
            separator = "; " if name == "cookie" else ","
            joined[name] = f"{joined[name]}{separator}{value}" if name in joined else value
        before = joined.get("x-forwarded-for")
        joined["x-forwarded-for"] = f"{before}, {request.peer}" if before else request.peer
        joined.setdefault("x-forwarded-proto", "http")
        joined.setdefault("x-forwarded-port", str(self.port))
        joined["x-amzn-trace-id"] = f"Root=1-{int(time.time()):08x}-{uuid.uuid4().hex[:24]}"
        joined["content-length"] = str(len(request.body))
        return joined

    def _context(self, request, path, host, now):
        return {"accountId": ACCOUNT, "apiId": self._api.id, "domainName": host, "domainPrefix": host.split(".")[0],
                "http": {"method": request.method, "path": path, "protocol": "HTTP/1.1", "sourceIp": request.peer,
                         "userAgent": request.header("user-agent") or ""},
                "requestId": uuid.uuid4().hex[:16], "routeKey": "$default", "stage": "$default",
                "time": time.strftime("%d/%b/%Y:%H:%M:%S +0000", time.gmtime(now)), "timeEpoch": int(now * 1000)}

    @staticmethod
    def _body(body, headers):
        if _is_text(headers):
            try:
                return body.decode(), False
            except UnicodeDecodeError:
                pass
        return base64.b64encode(body).decode(), True

    async def _handle(self, request):
        self._ledger.note("gateway", "gateway:http-request", request.target)
        if request.head_bytes() > MAX_HEAD_BYTES:
            return self._own(431, "Request Header Fields Too Large")
        if len(request.body) > MAX_BODY_BYTES:
            return self._own(413, "Request Entity Too Large")
        if not self.bucket.take():
            return self._own(429, "Too Many Requests")
        try:
            payload = json.dumps(self.event(request)).encode()
            answer = await self.function.invoke(payload, self.timeout)
        except TooLarge:
            return self._own(413, "Request Entity Too Large")
        except asyncio.TimeoutError:
            return self._own(503, "Service Unavailable")
        except (InvocationFailed, Throttled):
            return self._own(500, "Internal Server Error")
        return self._response(answer)

    @staticmethod
    def _own(status, message):
        return Response(status, [("Content-Type", "application/json"), ("Apigw-Requestid", uuid.uuid4().hex[:16])],
                        json.dumps({"message": message}).encode())

    def _response(self, answer):
        try:
            document = json.loads(answer)
            status = int(document["statusCode"])
            headers = [(name, str(value)) for name, value in (document.get("headers") or {}).items()
                       if name.lower() not in SET_BY_GATEWAY]
            headers += [("Set-Cookie", cookie) for cookie in document.get("cookies") or []]
            body = (document.get("body") or "").encode()
            if document.get("isBase64Encoded"):
                body = base64.b64decode(body, validate=True)
        except (ValueError, KeyError, TypeError, AttributeError):
            self.function.failures.append(f"not an answer of payload format 2.0: {answer[:300]!r}")
            return self._own(500, "Internal Server Error")
        return Response(status, [*headers, ("Apigw-Requestid", uuid.uuid4().hex[:16])], body)
