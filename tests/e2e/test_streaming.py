"""Bytes leave as they come: server-sent events, drips, and one slow reader beside fast ones."""

import statistics
import threading
import time

import pytest

from support.rawhttp import Connection, chunk, fetch, request_bytes
from support.waiting import SANITIZER, SLOWDOWN

MIB = 1 << 20
FIRST_BYTE_MS = 50 * SLOWDOWN
SLOW_READ_SECONDS = 15
SLOW_READ_BYTES_PER_SECOND = 10_000
WINDOW_KIB = 4 * 1024
SLACK_KIB = 3 * 1024  # allocator pages and the buffers of the connection itself


class Pace:
    """A source's clock: the origin sends on it, so that what is measured is the way, not the wait."""

    def __init__(self, seconds):
        self._event = threading.Event()
        self._seconds = seconds

    def beat(self):
        self._event.wait(self._seconds)


def sse_handler(count, pace):
    def handler(exchange):
        exchange.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n")
        for _ in range(count):
            pace.beat()
            exchange.send(chunk(b"data: %d\n\n" % time.monotonic_ns()))
        exchange.send(b"0\r\n\r\n")
    return handler


def until_close_handler(count, pace):
    def handler(exchange):
        exchange.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n")
        for _ in range(count):
            pace.beat()
            exchange.send(b"data: %d\n\n" % time.monotonic_ns())
        exchange.keep_alive = False
    return handler


def event_delays_ms(route):
    """Milliseconds from leaving the origin to being read, of each event."""
    response = fetch(route, "GET", "/events", [("Accept", "text/event-stream")])
    assert response.get("Content-Type") == "text/event-stream"
    delays = []
    for arrived, piece in response.arrived:
        lines = [line for line in piece.split(b"\n") if line]
        delays += [(arrived - int(line.removeprefix(b"data: "))) / 1e6 for line in lines]
    return delays


@pytest.mark.parametrize("mode", ["subdomain", "path"])
@pytest.mark.parametrize("make_handler", [sse_handler, until_close_handler])
def test_server_sent_events_arrive_within_50_ms(lab, mode, make_handler):
    origin = lab.origin(make_handler(20, Pace(0.1)))
    route = lab.tunnel(lab.relay(), origin.port, "events").routes()[mode]
    streams = [event_delays_ms(route) for _ in range(3)]
    delays = [delay for stream in streams for delay in stream]
    firsts = [stream[0] for stream in streams]
    print(f"first bytes {firsts} ms; all: median {statistics.median(delays):.2f}, max {max(delays):.2f} ms")
    assert [len(stream) for stream in streams] == [20, 20, 20]
    assert statistics.median(firsts) < FIRST_BYTE_MS
    assert statistics.median(delays) < FIRST_BYTE_MS
    assert max(delays) < 1000 * SLOWDOWN  # none waits for the next one


def test_one_byte_a_second_is_not_gathered(lab):
    def handler(exchange):
        exchange.send(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n")
        pace = Pace(1.0)
        for _ in range(5):
            exchange.send(b".")
            pace.beat()

    route = lab.tunnel(lab.relay(), lab.origin(handler).port, "drip").routes()["subdomain"]
    response = fetch(route, "GET", "/")
    assert [piece for _, piece in response.arrived] == [b"."] * 5
    gaps = [(after[0] - before[0]) / 1e9 for before, after in zip(response.arrived, response.arrived[1:])]
    assert 0.9 < statistics.median(gaps) < 1.1


def test_an_upload_reaches_the_service_as_it_is_sent(lab):
    """Full duplex: each piece is answered before the next is sent."""
    def handler(exchange):
        exchange.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        for piece in exchange.body_pieces():
            exchange.send(chunk(piece.upper()))
        exchange.send(b"0\r\n\r\n")

    route = lab.tunnel(lab.relay(), lab.origin(handler).port, "duplex").routes()["subdomain"]
    with Connection(route) as connection:
        connection.send(request_bytes(route, "POST", "/", [("Transfer-Encoding", "chunked")]))
        head = connection.read_final_head()
        pieces = connection.body_pieces(head, "POST")
        for word in (b"one", b"two", b"three"):
            connection.send(chunk(word))
            assert next(pieces) == word.upper()
        connection.send(b"0\r\n\r\n")
        assert list(pieces) == []


class SlowReader(threading.Thread):
    """Reads one body at 10 KB/s, with a receive buffer as small as the kernel allows to be no help to it."""

    def __init__(self, route):
        super().__init__(daemon=True)
        self.connection = Connection(route, receive_buffer=8192)
        self.connection.send(request_bytes(route, "GET", "/large.bin"))
        self.head = self.connection.read_final_head()
        self.read = 0
        self.failure = None

    def run(self):
        tick = Pace(0.2)
        end = time.monotonic() + SLOW_READ_SECONDS
        try:
            while time.monotonic() < end:
                self.read += len(self.connection.receive(int(SLOW_READ_BYTES_PER_SECOND * 0.2)))
                tick.beat()
        except OSError as error:
            self.failure = error
        self.connection.close()


def median_ms(route, target, seconds):
    """Median milliseconds of requests one after another over one connection."""
    taken = []
    end = time.monotonic() + seconds
    with Connection(route) as connection:
        while time.monotonic() < end:
            start = time.monotonic_ns()
            assert connection.request("GET", target).status == 200
            taken.append((time.monotonic_ns() - start) / 1e6)
    assert len(taken) >= 10
    return statistics.median(taken)


def test_a_slow_visitor_costs_a_window_and_slows_nobody(lab):
    nginx = lab.nginx()
    for name, size in (("large.bin", 100 * MIB), ("small.bin", 1000), ("middle.bin", 4 * MIB)):
        with open(nginx.www / name, "wb") as file:
            file.truncate(size)
    relay = lab.relay()
    client = lab.tunnel(relay, nginx.port, "slow")
    route = client.routes()["subdomain"]
    processes = (relay.process, client.process)
    targets = ("/small.bin", "/middle.bin")
    alone = {target: median_ms(route, target, 3) for target in targets}
    memory_before = [process.status_kib("VmHWM") for process in processes]
    slow = SlowReader(route)
    slow.start()
    beside = {target: median_ms(route, target, 3) for target in targets}
    slow.join()
    memory_after = [process.status_kib("VmHWM") for process in processes]
    grown = [after - before for before, after in zip(memory_before, memory_after)]
    print(f"alone {alone} ms, beside {beside} ms; relay and client grew by {grown} KiB; slow read {slow.read} bytes")
    assert slow.failure is None and slow.head.status == 200
    assert slow.read >= SLOW_READ_BYTES_PER_SECOND * SLOW_READ_SECONDS * 0.7
    assert SANITIZER or max(grown) <= WINDOW_KIB + SLACK_KIB
    for target in targets:
        assert beside[target] <= 2 * alone[target] + 5 * SLOWDOWN
