"""A tunnel client's link, as short as can be: the WebSocket handshake, `ready`, and what the relay says to it."""

import os

from .rawhttp import fetch
from .websocket import BINARY, PING, WebSocket

CONNECT = "/_tunnel/connect"


def authorization(token):
    return [("Authorization", f"Bearer {token}")]


def admits(relay, token):
    """Whether the relay knows the token, by a plain request. It says 400 to one that it does: no WebSocket."""
    response = fetch(relay.apex(), "GET", CONNECT, authorization(token))
    assert response.status in (400, 401, 431), response
    return response.status == 400


def ready(name=""):
    """`ready` as one v2 frame (docs/protocol.md): MessagePack by hand."""
    fields = {"type": "ready", "session": os.urandom(16).hex(), "name": name}
    texts = [text.encode() for pair in fields.items() for text in pair]
    payload = bytes([0x80 | len(fields)]) + b"".join(b"\xd9" + bytes([len(text)]) + text for text in texts)
    return b"\0\0\0\0\0" + len(payload).to_bytes(3, "big") + payload


def answer_of(relay, token, name=""):
    """The relay's first message (or its close frame) to a client that connects with this token."""
    fields = [*authorization(token), ("Sec-WebSocket-Protocol", "tunnel.v2.msgpack")]
    with WebSocket(relay.apex(), CONNECT, fields) as link:
        link.send(BINARY, ready(name))
        opcode, message = link.receive()
        while opcode == PING:
            opcode, message = link.receive()
        return message
