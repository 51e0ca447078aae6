"""Bytes leave as they come: server-sent events, drips, both directions at once; and stop when nobody wants them."""

import statistics
import threading
import time

import pytest

from support.rawhttp import Connection, chunk, fetch, request_bytes
from support.waiting import SLOWDOWN, Pace

FIRST_BYTE_MS = 50 * SLOWDOWN
CANCEL_SECONDS = 5 * SLOWDOWN


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
    # None waits for those after it. What does so, does it in every stream; a machine that stands still, in one.
    assert max(map(min, zip(*streams))) < 1000 * SLOWDOWN


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


def answer_head(exchange):
    exchange.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk(b"first"))


@pytest.mark.parametrize("before", [lambda exchange: None, answer_head], ids=["before the head", "in a quiet stream"])
def test_a_visitor_who_leaves_ends_the_work_of_the_service(lab, before):
    begun, left = threading.Event(), threading.Event()

    def handler(exchange):
        before(exchange)
        begun.set()
        exchange.wait_end()
        left.set()

    origin = lab.origin(handler)
    route = lab.tunnel(lab.relay(), origin.port, "leaving").routes()["subdomain"]
    with Connection(route) as connection:
        connection.send(request_bytes(route, "GET", "/"))
        assert begun.wait(10)
    assert left.wait(CANCEL_SECONDS)


def test_many_streams_live_at_once(lab):
    """300 open event streams, one event each after all are open."""
    everybody = threading.Barrier(300)

    def handler(exchange):
        exchange.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n")
        everybody.wait(60)
        exchange.send(exchange.target.encode())
        exchange.keep_alive = False

    route = lab.tunnel(lab.relay(), lab.origin(handler).port, "crowd").routes()["subdomain"]
    connections = [Connection(route, timeout=60) for _ in range(everybody.parties)]
    for number, connection in enumerate(connections):
        connection.send(request_bytes(route, "GET", f"/{number}"))
    bodies = [connection.read_response().body for connection in connections]
    assert bodies == [b"/%d" % number for number in range(everybody.parties)]
    for connection in connections:
        connection.close()
