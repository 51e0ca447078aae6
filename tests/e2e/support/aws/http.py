"""A small HTTP/1.1 server and client on asyncio: framing by h11, everything else left as it is on the wire."""

import asyncio
from dataclasses import dataclass, field

import h11

MAX_HEAD_BYTES = 64 * 1024
READ_BYTES = 256 * 1024


@dataclass
class Request:
    method: str
    target: str
    headers: list  # (name as sent, value)
    body: bytes = b""
    peer: str = "127.0.0.1"

    def header(self, name):
        values = [value for key, value in self.headers if key.lower() == name]
        return values[0] if values else None

    def head_bytes(self):
        return len(f"{self.method} {self.target} HTTP/1.1\r\n\r\n") + sum(len(key) + len(value) + 4 for key, value in self.headers)


@dataclass
class Response:
    status: int
    headers: list = field(default_factory=list)
    body: bytes = b""
    hang_up: bool = False  # close instead of answering


def _text(pairs):
    return [(name.decode("latin-1"), value.decode("latin-1")) for name, value in pairs]


async def _next_event(connection, reader):
    while (event := connection.next_event()) is h11.NEED_DATA:
        connection.receive_data(await reader.read(READ_BYTES))
    return event


class Server:
    """`handler(request)` returns a Response."""

    def __init__(self, handler):
        self._handler = handler
        self._server = None
        self._tasks = set()
        self._writers = set()
        self.port = None

    async def start(self, port=0):
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", port, backlog=2048, limit=2 ** 20)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def close(self):
        self._server.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def drop(self):
        """Ends every connection, as a server does with idle ones, or a network that forgot them."""
        for writer in list(self._writers):
            writer.transport.abort()

    async def _serve(self, reader, writer):
        task = asyncio.current_task()
        self._tasks.add(task)
        self._writers.add(writer)
        try:
            await self._converse(reader, writer)
        except (ConnectionError, h11.RemoteProtocolError, asyncio.IncompleteReadError):
            pass
        except asyncio.CancelledError:
            pass  # the server closes
        finally:
            self._tasks.discard(task)
            self._writers.discard(writer)
            writer.close()

    async def _converse(self, reader, writer):
        connection = h11.Connection(h11.SERVER, max_incomplete_event_size=MAX_HEAD_BYTES)
        while True:
            request = await self._read(connection, reader, writer)
            if request is None:
                return
            response = await self._handler(request)
            if response.hang_up:
                return
            _send(connection, writer, response, request.method == "HEAD")
            await writer.drain()
            if connection.our_state is h11.MUST_CLOSE or connection.their_state is h11.MUST_CLOSE:
                return
            connection.start_next_cycle()

    async def _read(self, connection, reader, writer):
        event = await _next_event(connection, reader)
        if isinstance(event, h11.ConnectionClosed):
            return None
        request = Request(event.method.decode(), event.target.decode("latin-1"), _text(event.headers.raw_items()))
        request.peer = writer.get_extra_info("peername")[0]
        if connection.they_are_waiting_for_100_continue:
            writer.write(connection.send(h11.InformationalResponse(status_code=100, headers=[])))
        pieces = []
        while not isinstance(event := await _next_event(connection, reader), h11.EndOfMessage):
            if isinstance(event, h11.ConnectionClosed):
                return None
            pieces.append(bytes(event.data))
        request.body = b"".join(pieces)
        return request


def _send(connection, writer, response, head_only):
    headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in response.headers]
    names = {name.lower() for name, _ in response.headers}
    if "content-length" not in names and response.status not in (204, 304) and response.status >= 200:
        headers.append((b"content-length", str(len(response.body)).encode()))
    writer.write(connection.send(h11.Response(status_code=response.status, headers=headers)))
    if response.body and not head_only:
        writer.write(connection.send(h11.Data(data=response.body)))
    writer.write(connection.send(h11.EndOfMessage()))


class Client:
    """Requests to one loopback port, over connections that are kept."""

    def __init__(self, port):
        self._port = port
        self._idle = []

    async def request(self, method, target, headers, body=b""):
        """(status, headers, body)."""
        while True:
            reused = bool(self._idle)
            reader, writer, connection = self._idle.pop() if reused else await self._connect()
            try:
                return await self._exchange(reader, writer, connection, method, target, headers, body)
            except (ConnectionError, h11.RemoteProtocolError):
                writer.close()
                if not reused:
                    raise

    async def _connect(self):
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port, limit=2 ** 20)
        return reader, writer, h11.Connection(h11.CLIENT)

    async def _exchange(self, reader, writer, connection, method, target, headers, body):
        fields = [("Host", f"127.0.0.1:{self._port}"), ("Content-Length", str(len(body))), *headers]
        writer.write(connection.send(h11.Request(method=method, target=target, headers=fields)))
        writer.write(connection.send(h11.Data(data=body)) + connection.send(h11.EndOfMessage()))
        response = await _next_event(connection, reader)
        if isinstance(response, h11.ConnectionClosed):
            raise ConnectionError("closed before it answered")
        pieces = []
        while not isinstance(event := await _next_event(connection, reader), h11.EndOfMessage):
            pieces.append(bytes(event.data))
        if connection.our_state is h11.DONE and connection.their_state is h11.DONE:
            connection.start_next_cycle()
            self._idle.append((reader, writer, connection))
        else:
            writer.close()
        return response.status_code, _text(response.headers.raw_items()), b"".join(pieces)

    def close(self):
        for _, writer, _ in self._idle:
            writer.close()
