"""The window under load: 2,000 requests a second for a minute, while it is open and follows the newest."""

import asyncio
import json
import time

from support.tunnel import BIN
from support.waiting import SLOWDOWN, in_rounds

RATE = 2000 // SLOWDOWN
SECONDS = 60
CONNECTIONS = 25
LONGEST_FRAME_MS = 33 * SLOWDOWN  # of our own code's time; other programs may keep the processor for longer
LONGEST_GAP_MS = 250 * SLOWDOWN
KEPT = 20_000  # wire::kKeptExchanges, less a block that is evicted at once
GROWTH_KIB = 48 * 1024  # once the ring is full


class Visitor(asyncio.Protocol):
    """One keep-alive connection that sends its requests at their times, none before the answer to the one before."""

    def __init__(self, host, numbers, begin, pace, done):
        self._host, self._numbers, self._begin, self._pace, self._done = host, iter(numbers), begin, pace, done
        self._turn = 0
        self._received = b""

    def connection_made(self, transport):
        self._transport = transport
        self._next()

    def _next(self):
        loop = asyncio.get_running_loop()
        loop.call_at(self._begin + self._turn * self._pace, self._send)
        self._turn += 1

    def _send(self):
        number = next(self._numbers, None)
        if number is None:
            self._done.set_result(None)
            self._transport.close()
            return
        self._transport.write(f"GET /item/{number:06} HTTP/1.1\r\nHost: {self._host}\r\n\r\n".encode())

    def data_received(self, data):
        self._received += data
        if b"\r\n\r\n" not in self._received or not self._received.endswith(b"ok"):
            return
        if not self._received.startswith(b"HTTP/1.1 200 "):
            self._fail(self._received[:300])
        self._received = b""
        self._next()

    def connection_lost(self, error):
        if not self._done.done():
            self._fail(error)

    def _fail(self, why):
        if not self._done.done():
            self._done.set_exception(AssertionError(why))
        self._transport.close()


async def load(route, total, watch):
    loop = asyncio.get_running_loop()
    pace = CONNECTIONS / RATE
    begin = loop.time() + 0.2
    waits = []
    for index in range(CONNECTIONS):
        done = loop.create_future()
        waits.append(done)
        visitor = Visitor(route.host, range(index, total, CONNECTIONS), begin + index * pace / CONNECTIONS, pace, done)
        await loop.create_connection(lambda visitor=visitor: visitor, "127.0.0.1", route.port)
    await asyncio.gather(watch(), *waits)
    return loop.time() - begin


def in_time(took, longest_busy_ms, longest_wall_ms):
    return took < SECONDS * 1.1 and longest_busy_ms <= LONGEST_FRAME_MS and longest_wall_ms <= LONGEST_GAP_MS


def loaded(lab, desktop, nginx):
    """A minute of it; how long that took, and the longest turns of the window's loop."""
    total = RATE * SECONDS
    app = lab.http_tunnel(desktop, nginx.port, program=(BIN / "window_load",))
    app.window()
    route = app.wait_serving()
    sizes = []

    async def watch():
        begin = time.monotonic()
        while time.monotonic() - begin < SECONDS - 2:
            await asyncio.sleep(5)
            sizes.append(app.process.status_kib("VmRSS"))

    took = asyncio.run(load(route, total, watch))
    desktop.picture("load-1-full")
    assert app.process.stop() == 0
    result = json.loads(app.process.stdout_path.read_text().splitlines()[-1])  # a round before wrote its own
    listed = result.pop("listed")
    print(f"{total / took:.0f} requests/s; {result}; {len(listed)} rows; memory {sizes} KiB")
    items = [int(target.removeprefix("/item/")) for target in listed if target.startswith("/item/")]
    assert len(listed) - len(items) <= 2, "rows that are not of the load (but for those that waited for the tunnel)"
    assert len(items) == len(set(items)) and len(listed) + result["evicted"] >= total
    assert max(items) == total - 1 and KEPT * 0.94 <= len(items) <= KEPT
    assert min(items) >= total - KEPT - 4 * CONNECTIONS, "an old one stayed while a newer one went"
    assert sizes[-1] - sizes[len(sizes) // 2] < GROWTH_KIB, sizes
    return took, result["longest_busy_ms"], result["longest_wall_ms"]


def test_two_thousand_requests_a_second_for_a_minute(lab):
    nginx = lab.nginx(server='location / { return 200 "ok"; }')
    desktop = lab.desktop(keyring=False)
    measured = in_rounds(lambda: loaded(lab, desktop, nginx), in_time)
    assert in_time(*measured), f"too slow in every round; the last took, worked at most, stood still at most: {measured}"
