"""Every wait has an end and every size a bound: the relay's timeouts and limits, set low."""

import subprocess
import threading
import time

from support.rawhttp import Connection, fetch, request_bytes
from support.tunnel import BIN
from support.waiting import SLOWDOWN, wait_until

LATEST_SECONDS = 10 * SLOWDOWN  # for a limit of one second


def tunnel(lab, handler, config):
    relay = lab.relay(config=config)
    return lab.tunnel(relay, lab.origin(handler).port, "limits").routes()["subdomain"]


def answer(exchange):
    exchange.respond(body=exchange.read_body())


def ended_within(connection, start):
    assert connection.at_end()
    assert time.monotonic() - start < LATEST_SECONDS


def test_a_head_that_never_ends_is_cut_off(lab):
    route = tunnel(lab, answer, "[timeouts]\nhead_seconds = 1\n")
    start = time.monotonic()
    with Connection(route) as connection:
        connection.send(b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ")
        response = connection.read_response()
        assert (response.status, response.get("X-Tunnel-Error")) == (408, "timeout")
        ended_within(connection, start)


def test_a_connection_without_requests_is_closed(lab):
    route = tunnel(lab, answer, "[timeouts]\nkeep_alive_seconds = 1\n")
    with Connection(route) as connection:
        assert connection.request("GET", "/").status == 200
        start = time.monotonic()
        ended_within(connection, start)


def test_a_service_that_never_answers_is_a_504(lab):
    silent = threading.Event()
    route = tunnel(lab, lambda exchange: silent.wait(30), "[timeouts]\nresponse_head_seconds = 1\n")
    start = time.monotonic()
    response = fetch(route, "GET", "/")
    silent.set()
    assert (response.status, response.get("X-Tunnel-Error")) == (504, "timeout")
    assert time.monotonic() - start < LATEST_SECONDS


def test_a_body_that_never_comes_is_cut_off(lab):
    route = tunnel(lab, answer, "[timeouts]\nbody_read_seconds = 1\n")
    start = time.monotonic()
    with Connection(route) as connection:
        connection.send(request_bytes(route, "POST", "/", [("Content-Length", "100")]) + b"some")
        response = connection.read_response()
        assert (response.status, response.get("X-Tunnel-Error")) == (408, "timeout")
        ended_within(connection, start)


def test_a_body_over_the_limit_is_a_413(lab):
    route = tunnel(lab, answer, "[limits]\nmax_body_bytes = 1000\n")
    assert fetch(route, "POST", "/", body=b"x" * 1000).status == 200
    for how in ({"body": b"x" * 1001}, {"chunks": [b"x" * 600, b"y" * 600]}):
        response = fetch(route, "POST", "/", **how)
        assert (response.status, response.get("X-Tunnel-Error")) == (413, "payload_too_large")


def test_more_visitors_than_allowed_are_told_so(lab):
    route = tunnel(lab, answer, "[limits]\nmax_visitor_connections = 5\n")
    crowd = [Connection(route) for _ in range(4)]  # the tunnel's client is no visitor, but leave it room
    for connection in crowd:
        connection.request("GET", "/")
    extra = [Connection(route) for _ in range(3)]
    outcomes = [outcome(connection) for connection in extra]
    assert outcomes[-1] in (503, "closed")
    for connection in crowd + extra:
        connection.close()
    wait_until(lambda: answers(route), 10, "no room after all connections were closed")


def outcome(connection):
    try:
        return connection.request("GET", "/").status
    except (ConnectionError, OSError):
        return "closed"


def test_more_streams_than_allowed_are_a_429(lab):
    release = threading.Event()
    begun = threading.Semaphore(0)

    def handler(exchange):
        begun.release()
        release.wait(30)
        exchange.respond()

    route = tunnel(lab, handler, "[limits]\nmax_streams_per_link = 2\n")
    held = [Connection(route) for _ in range(2)]
    for connection in held:
        connection.send(request_bytes(route, "GET", "/"))
        assert begun.acquire(timeout=10)
    response = fetch(route, "GET", "/")
    assert (response.status, response.get("X-Tunnel-Error")) == (429, "rate_limited") and response.get("Retry-After")
    release.set()
    assert [connection.read_response().status for connection in held] == [200, 200]
    assert fetch(route, "GET", "/").status == 200


BANDWIDTH = 1_000_000
LIMITS = """
[limits]
max_body_bytes = 25_000_000
requests_per_second_per_tunnel = 50
requests_burst_per_tunnel = 100
max_requests_per_tunnel = 20
download_bytes_per_second_per_tunnel = 5_000_000
"""


def test_the_owner_of_a_tunnel_is_told_its_limits(lab):
    relay = lab.relay(config=LIMITS)
    client = lab.tunnel(relay, lab.origin(answer).port, "told", "--verbose")
    assert client.wait_online()["limits"] == {
        "max_body_bytes": 25_000_000, "request_timeout_ms": 120_000, "requests_per_hour": 180_000, "request_burst": 100,
        "max_requests": 20, "download_bytes_per_second": 5_000_000}
    words = "told: the server lets through 50 requests/s (100 at once), 20 in flight, 25.0 MB a request, " \
            "5.0 MB/s to visitors, 2 min for an answer"
    wait_until(lambda: words in client.process.stderr(), 10, client.process.stderr)


def test_a_token_narrows_what_the_relay_allows(lab):
    secret = lab.new_folder("keys") / "secret"
    secret.write_text("a secret of this test, long enough for HS256")
    token = subprocess.run([BIN / "tunnel-relay", "token", "create", "--keys", secret, "--sub", "alice", "--rate", "0.01"],
                           check=True, capture_output=True, text=True, timeout=30).stdout.strip()
    relay = lab.relay(config="[limits]\nrequests_per_second_per_token = 1000\n", options=["--jwt-secret-file", secret])
    client = lab.tunnel(relay, lab.origin(answer).port, "narrow", token=token)
    assert client.wait_online()["limits"]["requests_per_hour"] == 36
    route = client.routes()["subdomain"]
    assert fetch(route, "GET", "/").status == 200
    refused = fetch(route, "GET", "/", headers=[("Accept", "application/json")])
    assert (refused.status, refused.get("X-Tunnel-Error")) == (429, "rate_limited")
    assert 1 <= int(refused.get("Retry-After")) <= 100
    assert b'"code":"rate_limited"' in refused.body.replace(b" ", b"")
    assert relay.metrics()['tunnel_relay_requests_refused_total{limit="token_rate"}'] == 1


def test_a_line_of_limited_bandwidth_takes_its_time_and_loses_nothing(lab):
    keys = ("upload_bytes_per_second_per_tunnel", "download_bytes_per_second_per_tunnel")
    route = tunnel(lab, answer, "[limits]\n" + "".join(f"{key} = {BANDWIDTH}\n" for key in keys))
    body = bytes(range(256)) * (2 * BANDWIDTH // 256)
    start = time.monotonic()
    response = fetch(route, "POST", "/", body=body)
    taken = time.monotonic() - start
    assert response.body == body
    assert taken >= 3.6, "two seconds up and then two down, less the pieces that begin each"


def test_an_address_has_so_many_connections(lab):
    route = tunnel(lab, answer, "[limits]\nmax_connections_per_address = 3\n")
    held = [Connection(route) for _ in range(3)]
    for connection in held:
        assert connection.request("GET", "/").status == 200
    with Connection(route) as extra:
        assert outcome(extra) == "closed"
    held.pop().close()
    wait_until(lambda: answers(route), 10, "no room after a connection was closed")
    for connection in held:
        assert connection.request("GET", "/").status == 200
        connection.close()


def answers(route):
    with Connection(route) as connection:
        return outcome(connection) == 200
