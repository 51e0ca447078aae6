"""The WebSocket API: connections of tunnel clients, their messages as events, and the @connections calls."""

import asyncio
import base64
import json
import secrets
import time
import urllib.parse

from .authorizer import Refused, authorize
from .bucket import Bucket
from .environment import InvocationFailed
from .functions import Throttled, TooLarge
from .http import Response
from .websocket_link import MAX_MESSAGE_BYTES, Link
from .websocket_event import connect_event, disconnect_event, message_event

SEND_BUFFER_BYTES = 4 * 1024 * 1024  # of one slow client; above it PostToConnection answers 429


def _error(status, kind, message):
    return Response(status, [("Content-Type", "application/json"), ("x-amzn-ErrorType", kind)],
                    json.dumps({"message": message}).encode())


class WebSocketGateway:
    def __init__(self, api, identity_source, ledger):
        self.api, self._ledger = api, ledger
        self.function = None  # set once it exists: each needs the other's address
        self._identity_source = identity_source.lower()
        self._server = None
        self.port = 0
        self._tasks = set()
        self.links = {}  # connection id: Link, once it is open
        self.ending = 0  # links whose $disconnect is being handled
        self.bucket = Bucket(api.rate, api.burst)
        self.timeout = api.timeout_ms / 1000
        self.delay_message = None  # a test's own disorder: seconds to wait before each message is handed on
        self.largest_frame = self.largest_message = 0  # in both directions, as measured on the wire

    @property
    def api_id(self):
        return self.api.id

    @property
    def url(self):
        return f"ws://127.0.0.1:{self.port}/{self.api.stage}"

    async def start(self):
        """Again at the same address, after break_down()."""
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", self.port, backlog=2048)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def break_down(self):
        """Every connection is gone at once, and nobody gets another until start()."""
        self._server.close()
        for link in list(self.links.values()):
            link.abort()

    async def close(self):
        self._server.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def background(self, work):
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _accept(self, reader, writer):
        link = Link(self, reader, writer, base64.b64encode(secrets.token_bytes(11)).decode())
        await self.background(link.run())

    # --- what a link asks for
    async def connect(self, link, request):
        """(status, subprotocol): 101 when both the authorizer and $connect agree."""
        if urllib.parse.urlsplit(request.path).path.rstrip("/") != f"/{self.api.stage}":
            return 403, None
        if not self.bucket.take():
            return 429, None
        headers = list(request.headers.raw_items())
        if not any(name.lower() == self._identity_source for name, _ in headers):
            return 401, None
        self._ledger.note("gateway", "gateway:connect", link.id)
        try:
            link.authorizer = await authorize(self.function, self.api, link, headers)
            answer = await self._invoke(connect_event(self.api, link, headers))
            document = json.loads(answer)
            status = int(document["statusCode"])
        except Refused as refused:
            return refused.status, None
        except Throttled:
            return 429, None
        except (InvocationFailed, TooLarge, asyncio.TimeoutError, ValueError, KeyError):
            return 500, None
        names = {name.lower(): value for name, value in (document.get("headers") or {}).items()}
        return (101 if 200 <= status < 300 else status), names.get("sec-websocket-protocol")

    def opened(self, link):
        self.links[link.id] = link

    def message(self, link, text):
        self._ledger.note("gateway", "gateway:message-in", link.id)
        self.background(self._deliver(link, text))

    async def _deliver(self, link, text):
        """Messages are handed on side by side: later ones may be done first."""
        if self.delay_message:
            await asyncio.sleep(self.delay_message())
        if not self.bucket.take():
            await link.send(json.dumps({"message": "Too Many Requests", "connectionId": link.id, "requestId": "local"}))
            return
        try:
            await self._invoke(message_event(self.api, link, text))
        except (InvocationFailed, Throttled, TooLarge, asyncio.TimeoutError):
            await link.send(json.dumps({"message": "Internal server error", "connectionId": link.id, "requestId": "local"}))

    async def closed(self, link, code, reason):
        if self.links.pop(link.id, None) is None:
            return
        self.ending += 1
        try:
            await self._invoke(disconnect_event(self.api, link, code, reason))
        except (InvocationFailed, Throttled, asyncio.TimeoutError):
            pass  # $disconnect is best effort in AWS too
        finally:
            self.ending -= 1

    async def _invoke(self, event):
        return await self.function.invoke(json.dumps(event).encode(), self.timeout)

    # --- @connections
    def parse_target(self, target):
        parts = urllib.parse.urlsplit(target).path.split("/")
        if len(parts) != 4 or urllib.parse.unquote(parts[2]) != "@connections":
            return "", ""
        return parts[1], urllib.parse.unquote(parts[3])

    async def manage(self, method, connection_id, body):
        link = self.links.get(connection_id)
        if link is None:
            return _error(410, "GoneException", "Gone")
        if method == "DELETE":
            await link.shut(1000, "Connection Closed Normally")
            return Response(204)
        if method == "GET":
            return Response(200, [("Content-Type", "application/json")], json.dumps({"connectedAt": link.since}).encode())
        if len(body) > MAX_MESSAGE_BYTES:
            return _error(413, "PayloadTooLargeException", "Message too large")
        if link.unsent() > SEND_BUFFER_BYTES:
            return _error(429, "LimitExceededException", "the client reads too slowly")
        await link.send(body.decode())
        return Response(200)

    async def drop(self, connection_id, code=1001):
        """As at the end of the two hours: API Gateway closes."""
        await self.links[connection_id].shut(code, "Going away")

    def measured(self, frame_bytes, message_bytes=0):
        self.largest_frame = max(self.largest_frame, frame_bytes)
        self.largest_message = max(self.largest_message, message_bytes)

    def now_ms(self):
        return int(time.time() * 1000)
