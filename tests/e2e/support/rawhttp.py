"""An HTTP/1.1 visitor over raw sockets: sends exactly the bytes it is given, reads strictly, hides nothing."""

import socket
import time
from dataclasses import dataclass, field

from .waiting import SLOWDOWN

HOP_BY_HOP = {"connection", "keep-alive", "proxy-connection", "te", "transfer-encoding", "upgrade"}
DEFAULT_TIMEOUT = 30


@dataclass(frozen=True)
class Route:
    """Where a visitor goes: TCP port, Host field, and what stands before every path."""
    port: int
    host: str
    prefix: str = ""
    address: str = "127.0.0.1"


@dataclass
class Response:
    version: str
    status: int
    reason: str
    headers: list
    body: bytes = b""
    trailers: list = field(default_factory=list)
    interim: list = field(default_factory=list)  # 1xx responses before this one
    arrived: list = field(default_factory=list)  # (monotonic_ns, bytes) of each piece of the body

    def get_all(self, name):
        return [value for key, value in self.headers if key.lower() == name.lower()]

    def get(self, name, default=None):
        values = self.get_all(name)
        return values[0] if values else default

    def end_to_end(self, also_without=()):
        """Fields as received, in order, without hop-by-hop ones and Date."""
        gone = HOP_BY_HOP | {"date"} | {name.lower() for name in also_without}
        return [(key, value) for key, value in self.headers if key.lower() not in gone]


def request_bytes(route, method, target, headers=(), body=None, chunks=None, trailers=(), version="HTTP/1.1"):
    """Head and body: `body` goes with Content-Length, `chunks` as chunked framing."""
    lines = [f"{method} {route.prefix}{target} {version}", f"Host: {route.host}"]
    lines += [f"{name}: {value}" for name, value in headers]
    if body is not None:
        lines.append(f"Content-Length: {len(body)}")
    if chunks is not None:
        lines.append("Transfer-Encoding: chunked")
    head = ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")
    if chunks is not None:
        tail = "".join(f"{name}: {value}\r\n" for name, value in trailers).encode("latin-1")
        return head + b"".join(chunk(piece) for piece in chunks) + b"0\r\n" + tail + b"\r\n"
    return head + (body or b"")


def chunk(data):
    return b"%x\r\n%s\r\n" % (len(data), data)


def parse_fields(lines):
    fields = []
    for line in lines:
        name, colon, value = line.partition(b":")
        assert colon and name and name == name.strip(), f"bad field line {line!r}"
        fields.append((name.decode("latin-1"), value.strip(b" \t").decode("latin-1")))
    return fields


class Connection:
    def __init__(self, route, timeout=DEFAULT_TIMEOUT, receive_buffer=None, tls=None):
        self.route = route
        self._socket = socket.socket()
        if receive_buffer:  # before connect, so that the TCP window is small from the start
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self._socket.settimeout(timeout * SLOWDOWN)
        self._socket.connect((route.address, route.port))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if tls:
            self._socket = tls.wrap_socket(self._socket, server_hostname="localhost")
        self._buffer = b""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self._socket.close()

    def send(self, data):
        self._socket.sendall(data)

    def half_close(self):
        self._socket.shutdown(socket.SHUT_WR)

    def request(self, method, target, headers=(), **how):
        self.send(request_bytes(self.route, method, target, headers, **how))
        return self.read_response(method)

    def receive(self, most=65536):
        """Some bytes, b"" at the end of the stream."""
        if self._buffer:
            data, self._buffer = self._buffer[:most], self._buffer[most:]
            return data
        return self._socket.recv(most)

    def read_line(self):
        while b"\n" not in self._buffer:
            piece = self._socket.recv(65536)
            if not piece:
                raise ConnectionError(f"stream ended inside a line: {self._buffer[:200]!r}")
            self._buffer += piece
        line, self._buffer = self._buffer.split(b"\n", 1)
        assert line.endswith(b"\r"), f"bare LF after {line!r}"
        return line[:-1]

    def read_fields(self):
        lines = []
        while line := self.read_line():
            lines.append(line)
        return parse_fields(lines)

    def read_head(self):
        version, status, reason = (self.read_line().decode("latin-1") + " ").split(" ", 2)
        return Response(version, int(status), reason.rstrip(" "), self.read_fields())

    def read_final_head(self):
        interim = []
        while (head := self.read_head()).status < 200 and head.status != 101:
            interim.append(head)
        head.interim = interim
        return head

    def read_response(self, method="GET"):
        head = self.read_final_head()
        pieces = []
        for piece in self.body_pieces(head, method):
            head.arrived.append((time.monotonic_ns(), piece))
            pieces.append(piece)
        head.body = b"".join(pieces)
        return head

    def body_pieces(self, head, method="GET"):
        """The body as it comes, freed of framing; raises ConnectionError when it is cut short."""
        if method == "HEAD" or head.status in (204, 304) or head.status < 200:
            return
        if "chunked" in (head.get("Transfer-Encoding") or "").lower():
            yield from self._chunks(head)
        elif head.get("Content-Length") is not None:
            yield from self._exactly(int(head.get("Content-Length")))
        else:
            while piece := self.receive():
                yield piece

    def _exactly(self, count):
        while count:
            piece = self.receive(min(count, 1 << 20))
            if not piece:
                raise ConnectionError(f"{count} bytes of the body are missing")
            count -= len(piece)
            yield piece

    def _chunks(self, head):
        while size := int(self.read_line().split(b";")[0], 16):
            yield from self._exactly(size)
            assert self.read_line() == b"", "no CRLF after a chunk"
        head.trailers = self.read_fields()

    def at_end(self):
        """True once the other side has closed; fails on further bytes."""
        try:
            extra = self.receive(4096)
        except ConnectionResetError:
            return True
        assert not extra, f"unexpected bytes {extra[:200]!r}"
        return True


def fetch(route, method, target, headers=(), **how):
    """One request on a connection of its own."""
    with Connection(route) as connection:
        return connection.request(method, target, headers, **how)
