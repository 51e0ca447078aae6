"""A local service scripted byte by byte: a handler gets each request head and writes whatever it likes."""

import socket
import threading

from .rawhttp import Route, parse_fields


class Exchange:
    """One request at the origin. `head` is exactly what arrived; send() is exactly what leaves."""

    def __init__(self, connection, head, rest):
        self._socket = connection
        self._buffer = rest
        self.head = head
        lines = head[:-4].split(b"\r\n")
        self.method, self.target, self.version = lines[0].decode("latin-1").split(" ")
        self.headers = parse_fields(lines[1:])
        self.trailers = []
        self.keep_alive = True
        self._body_read = False

    def get_all(self, name):
        return [value for key, value in self.headers if key.lower() == name.lower()]

    def get(self, name):
        return next(iter(self.get_all(name)), None)

    def send(self, data):
        self._socket.sendall(data)

    def respond(self, status="200 OK", headers=(), body=b""):
        fields = [*headers, ("Content-Length", str(len(body)))]
        head = f"HTTP/1.1 {status}\r\n" + "".join(f"{name}: {value}\r\n" for name, value in fields) + "\r\n"
        self.send(head.encode("latin-1") + body)

    def abort(self):
        """RST instead of FIN, as the kernel does for a killed process with unread data."""
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        self._socket.close()
        self.keep_alive = False

    def body_pieces(self):
        self._body_read = True
        if "chunked" in (self.get("Transfer-Encoding") or "").lower():
            while size := int(self._line().split(b";")[0], 16):
                yield from self._exactly(size)
                assert self._line() == b""
            self.trailers = parse_fields(iter(self._line, b""))
        else:
            yield from self._exactly(int(self.get("Content-Length") or 0))

    def read_body(self):
        return b"".join(self.body_pieces())

    def receive(self, most=65536):
        data, self._buffer = self._buffer[:most], self._buffer[most:]
        return data or self._socket.recv(most)

    def wait_end(self):
        """Until the other side goes away, whatever it sends before."""
        self.keep_alive = False
        try:
            while self.receive():
                pass
        except OSError:
            pass  # a reset is an end as well

    def finish(self):
        if self.keep_alive and not self._body_read:
            self.read_body()
        return self._buffer

    def _line(self):
        while b"\r\n" not in self._buffer:
            piece = self._socket.recv(65536)
            if not piece:
                raise ConnectionError("request body cut short")
            self._buffer += piece
        line, self._buffer = self._buffer.split(b"\r\n", 1)
        return line

    def _exactly(self, count):
        while count:
            piece = self.receive(min(count, 1 << 20))
            if not piece:
                raise ConnectionError("request body cut short")
            count -= len(piece)
            yield piece


class RawOrigin:
    """Serves until close(); handler(exchange) runs on the connection's own thread."""

    def __init__(self, handler, tls=None):
        self._handler = handler
        self._tls = tls
        self._lock = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=512)
        self.port = self._listener.getsockname()[1]
        self.heads = []  # raw heads, in order of arrival
        self.connections = 0
        self.errors = []
        threading.Thread(target=self._accept, daemon=True).start()

    def route(self):
        return Route(self.port, f"localhost:{self.port}")

    def close(self):
        self._listener.close()
        assert not self.errors, f"origin's handler failed: {self.errors}"

    def _accept(self):
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection):
        try:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with (self._tls.wrap_socket(connection, server_side=True) if self._tls else connection) as stream:
                rest = b""
                while rest is not None:
                    rest = self._one(stream, rest)
        except OSError:
            pass  # the peer went away, which tests do on purpose
        except Exception as error:  # noqa: BLE001 - reported by close(), on the test's thread
            self.errors.append(repr(error))

    def _one(self, stream, buffer):
        while b"\r\n\r\n" not in buffer:
            piece = stream.recv(65536)
            if not piece:
                return None
            buffer += piece
        head, rest = buffer.split(b"\r\n\r\n", 1)
        exchange = Exchange(stream, head + b"\r\n\r\n", rest)
        with self._lock:
            self.heads.append(exchange.head)
        self._handler(exchange)
        rest = exchange.finish()
        return rest if exchange.keep_alive else None
