"""Loads that wrk cannot make: a number of requests counted in advance, and responses that do not end."""

import asyncio
import contextlib
import threading

HELD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n7\r\nfirst\r\n\r\n"
FIRST = b"first\r\n"
CONNECT_AT_ONCE = 100  # below every listen backlog


class LoadError(Exception):
    pass


async def read_answer(reader):
    """The body of one answer with a Content-Length."""
    head = await reader.readuntil(b"\r\n\r\n")
    if not head.startswith(b"HTTP/1.1 200 "):
        raise LoadError(head.decode(errors="replace"))
    length = next(int(line.partition(b":")[2]) for line in head.split(b"\r\n")
                  if line.lower().startswith(b"content-length:"))
    return await reader.readexactly(length)


def get(peer, path):
    return f"GET {path} HTTP/1.1\r\nHost: {peer.host}\r\n\r\n".encode()


async def _one_connection(peer, count):
    reader, writer = await asyncio.open_connection("127.0.0.1", peer.port)
    for _ in range(count):
        writer.write(get(peer, "/small"))
        if await read_answer(reader) != peer.origin.small:
            raise LoadError("another body than the origin's")
    writer.close()


def run_requests(peer, connections, total, seconds):
    """`total` requests for the small file, spread evenly over keep-alive connections; each answer is compared."""
    async def all_connections():
        shares = [total // connections + (number < total % connections) for number in range(connections)]
        await asyncio.wait_for(asyncio.gather(*(_one_connection(peer, share) for share in shares)), seconds)
    asyncio.run(all_connections())


class HoldingOrigin(threading.Thread):
    """Answers /small at once, and every other address with a head and a first chunk that nothing follows."""

    def __init__(self, small):
        super().__init__(daemon=True)
        self.small = small
        self.port = None
        self._listens = threading.Event()

    def start(self):
        super().start()
        self._listens.wait()

    def run(self):
        asyncio.run(self._serve())

    async def _serve(self):
        server = await asyncio.start_server(self._connection, "127.0.0.1", 0, backlog=1024)
        self.port = server.sockets[0].getsockname()[1]
        self._listens.set()
        await server.serve_forever()

    async def _connection(self, reader, writer):
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            while head := await reader.readuntil(b"\r\n\r\n"):
                if head.startswith(b"GET /small "):
                    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(self.small), self.small))
                else:
                    writer.write(HELD)
        writer.close()


async def _open_stream(peer, limit):
    async with limit:
        reader, writer = await asyncio.open_connection("127.0.0.1", peer.port)
        writer.write(get(peer, "/held"))
        await reader.readuntil(FIRST)
    return writer


def with_open_streams(peer, count, seconds, action):
    """action() while `count` responses are open, each past its first bytes; its result."""
    async def hold():
        limit = asyncio.Semaphore(CONNECT_AT_ONCE)
        writers = await asyncio.wait_for(asyncio.gather(*(_open_stream(peer, limit) for _ in range(count))), seconds)
        try:
            return await asyncio.to_thread(action)
        finally:
            for writer in writers:
                writer.close()
    return asyncio.run(hold())
