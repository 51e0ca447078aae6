"""A load of keep-alive connections, each checking every byte of every body: one thread, one event loop."""

import asyncio


class Worker(asyncio.Protocol):
    """One connection with one request in flight; `requests` yields (bytes to send, body to expect)."""

    def __init__(self, requests, done):
        self._requests = iter(requests)
        self._done = done
        self._received = b""
        self._expected = None
        self.answered = 0

    def connection_made(self, transport):
        self._transport = transport
        self._next()

    def data_received(self, data):
        self._received += data
        head, mark, body = self._received.partition(b"\r\n\r\n")
        if not mark or len(body) < len(self._expected):
            return
        if not head.startswith(b"HTTP/1.1 200 ") or body != self._expected:
            self._fail(f"expected {self._expected[:80]!r}, got {self._received[:400]!r}")
            return
        self.answered += 1
        self._received = b""
        self._next()

    def connection_lost(self, error):
        if not self._done.done():
            self._fail(f"connection closed after {self.answered} answers: {error} {self._received[:300]!r}")

    def _next(self):
        step = next(self._requests, None)
        if step is None:
            self._done.set_result(self.answered)
            self._transport.close()
            return
        request, self._expected = step
        self._transport.write(request)

    def _fail(self, why):
        if not self._done.done():
            self._done.set_exception(AssertionError(why))
        self._transport.close()


async def _run(address, request_lists):
    loop = asyncio.get_running_loop()
    waits = []
    for requests in request_lists:
        done = loop.create_future()
        waits.append(done)
        await loop.create_connection(lambda requests=requests, done=done: Worker(requests, done), *address)
    return await asyncio.gather(*waits)


def run_load(address, request_lists, seconds):
    """Runs every list on a connection of its own, all at once; the number of answers of each, or the first failure."""
    async def bounded():
        return await asyncio.wait_for(_run(address, request_lists), seconds)
    return asyncio.run(bounded())
