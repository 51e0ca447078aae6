"""A WebSocket visitor (RFC 6455) over a raw connection, small enough to see every frame."""

import base64
import hashlib
import os
import struct

from .rawhttp import Connection, request_bytes

TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10
GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


class WebSocket:
    def __init__(self, route, target="/", fields=()):
        self._connection = Connection(route)
        key = base64.b64encode(os.urandom(16)).decode()
        upgrade = [("Connection", "Upgrade"), ("Upgrade", "websocket"), ("Sec-WebSocket-Version", "13"),
                   ("Sec-WebSocket-Key", key)]
        self._connection.send(request_bytes(route, "GET", target, [*upgrade, *fields]))
        self.head = self._connection.read_final_head()
        if self.head.status == 101:
            accept = base64.b64encode(hashlib.sha1((key + GUID).encode()).digest()).decode()
            assert self.head.get("Sec-WebSocket-Accept") == accept
            assert self.head.get("Upgrade").lower() == "websocket" and self.head.get("Connection").lower() == "upgrade"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._connection.close()

    def send(self, opcode, payload):
        mask = os.urandom(4)
        size = len(payload)
        length = bytes([0x80 | size]) if size < 126 else b"\xfe" + struct.pack(">H", size) if size < 65536 \
            else b"\xff" + struct.pack(">Q", size)
        key = int.from_bytes((mask * (size // 4 + 1))[:size], "big")
        masked = (int.from_bytes(payload, "big") ^ key).to_bytes(size, "big")
        self._connection.send(bytes([0x80 | opcode]) + length + mask + masked)

    def receive(self):
        """(opcode, payload) of the next unfragmented frame."""
        first, size = self._exactly(2)
        assert first & 0x80 and not size & 0x80
        if size >= 126:
            size = int.from_bytes(self._exactly(2 if size == 126 else 8), "big")
        return first & 0x0F, self._exactly(size)

    def at_end(self):
        return self._connection.at_end()

    def _exactly(self, count):
        data = b""
        while len(data) < count:
            piece = self._connection.receive(count - len(data))
            if not piece:
                raise ConnectionError("closed inside a frame")
            data += piece
        return data
