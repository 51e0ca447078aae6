"""A tunnel client that speaks v1 (docs/protocol.md), as plain as can be: for tests of the serverless side that need to say
exactly what they want, before and beside `ttf`."""

import base64
import hashlib
import hmac
import json
import os
import threading
import time

from ..rawhttp import Connection, Route
from ..waiting import wait_until
from .v1_socket import V1Socket

CHUNK_BYTES = 90 * 1024  # raw bytes of one message: 120 KiB as base64, the rest is for the head
HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "te", "upgrade", "proxy-connection", "content-length", "host"}


def make_token(secret, sub, **claims):
    """A JWT signed with HS256."""
    encode = lambda data: base64.urlsafe_b64encode(data).rstrip(b"=").decode()
    head = encode(json.dumps({"alg": "HS256", "typ": "JWT"}).encode())
    body = encode(json.dumps({"sub": sub, "exp": int(time.time()) + 3600, **claims}).encode())
    return f"{head}.{body}.{encode(hmac.new(secret.encode(), f'{head}.{body}'.encode(), hashlib.sha256).digest())}"


class _Incoming:
    """A request whose chunks may come in any order."""

    def __init__(self):
        self.head, self.chunks, self.last = None, {}, None

    def take(self, message):
        if message["type"] == "http_request":
            self.head = message
            if not message.get("more"):
                self.last = 0
        else:
            self.chunks[message["seq"]] = base64.b64decode(message["body"])
            if not message["more"]:
                self.last = message["seq"]

    def complete(self):
        return self.head is not None and self.last is not None and len(self.chunks) == self.last

    def body(self):
        return base64.b64decode(self.head.get("body", "")) + b"".join(self.chunks[seq] for seq in sorted(self.chunks))


class V1Tunnel:
    """`answer(tunnel, request, body)` may answer instead of the local service."""

    def __init__(self, url, token, port=None, name=None, answer=None, session=None, **ready):
        self.socket = V1Socket(url, token=token)
        self._port, self._answer = port, answer or V1Tunnel.forward
        self.session = session or os.urandom(16).hex()
        self.requests, self.messages = [], []
        self._incoming = {}
        self._established = threading.Event()
        self.established = None
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()
        wish = {"name": name} if name else {}
        self.say({"type": "ready", "session": self.session, "client": {"version": "test", "os": "test"}, **wish, **ready})

    def wait_online(self, seconds=20):
        wait_until(lambda: self.established or self.socket.closed.is_set(), seconds,
                   lambda: f"not established: {self.messages[-3:]}, closed with {self.socket.wait_closed(0)}")
        assert self.established, f"closed: {self.messages[-3:]}"
        return self

    def wait_message(self, kind, seconds=20):
        """The first message of that type."""
        return wait_until(lambda: [message for message in self.messages if message.get("type") == kind][:1], seconds,
                          lambda: f"no {kind} in {self.messages[-3:]}")[0]

    @property
    def name(self):
        return self.established["tunnel_id"]

    def say(self, message):
        self.socket.send(json.dumps(message))

    def _serve(self):
        while (text := self.socket.receive(seconds=3600)) is not None:
            message = json.loads(text)
            self.messages.append(message)
            kind = message.get("type")
            if kind == "connection_established":
                self.established = message
            elif kind in ("http_request", "body_chunk"):
                self._take(message)

    def _take(self, message):
        incoming = self._incoming.setdefault(message["request_id"], _Incoming())
        incoming.take(message)
        if incoming.complete():
            del self._incoming[message["request_id"]]
            self.requests.append(incoming.head)
            work = lambda: self._answer(self, incoming.head, incoming.body())
            threading.Thread(target=work, daemon=True).start()

    def forward(self, request, body):
        """To the local service, and its answer back."""
        fields = [(name, value) for name, values in request["headers"].items() for value in values if name.lower() not in HOP_BY_HOP]
        route = Route(self._port, f"localhost:{self._port}")
        try:
            with Connection(route) as connection:
                has_body = bool(body) or any(name.lower() == "content-length" for name in request["headers"])
                got = connection.request(request["method"], request["uri"], fields, body=body if has_body else None)
        except OSError:
            self.say({"type": "error", "request_id": request["request_id"], "code": "local_service_unavailable",
                      "message": "nothing listens", **self._echo(request)})
            return
        headers = {}
        for name, value in got.headers:
            if name.lower() not in HOP_BY_HOP:
                headers.setdefault(name, []).append(value)
        if request["method"] == "HEAD" and got.get("Content-Length"):
            headers["Content-Length"] = [got.get("Content-Length")]
        self.respond(request, got.status, headers, got.body)

    @staticmethod
    def _echo(request):
        return {"reply_to": request["reply_to"]} if "reply_to" in request else {}

    def respond(self, request, status, headers, body, order=lambda messages: messages):
        """A response in as many messages as it needs; `order` may shuffle them."""
        pieces = [body[at:at + CHUNK_BYTES] for at in range(0, len(body), CHUNK_BYTES)] or [b""]
        common = {"request_id": request["request_id"], **self._echo(request)}
        encode = lambda piece: base64.b64encode(piece).decode()
        messages = [{"type": "http_response", **common, "status_code": status, "headers": headers, "body": encode(pieces[0]),
                     "processing_time_ms": 1, "more": len(pieces) > 1}]
        messages += [{"type": "body_chunk", **common, "seq": seq, "body": encode(piece), "more": seq < len(pieces) - 1}
                     for seq, piece in enumerate(pieces[1:], 1)]
        for message in order(messages):
            self.say(message)

    def close(self):
        self.socket.close()
