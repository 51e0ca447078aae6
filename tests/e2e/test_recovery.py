"""What dies comes back: relay, local service, client. The URL stays, visitors are told at once."""

import statistics
import threading
import time

import pytest

from support.rawhttp import Connection, fetch, request_bytes
from support.waiting import SLOWDOWN, accepts, wait_until

BACK_SECONDS = 5 * SLOWDOWN
AT_ONCE_SECONDS = 1 * SLOWDOWN


def serves(route):
    try:
        return fetch(route, "GET", "/").status == 200
    except OSError:
        return False


@pytest.mark.parametrize("named", [True, False], ids=["named", "drawn name"])
def test_killed_relay_comes_back_and_so_does_the_url(lab, named):
    nginx = lab.nginx(server="location / { return 200 here; }")
    relay = lab.relay()
    name = ["--name", "again"] if named else []
    client = lab.ttf("http", nginx.port, "--relay", relay.url, *name)
    before = client.wait_online()
    assert serves(client.routes()["subdomain"])
    relay.process.kill9()
    reconnecting = client.wait_event("reconnecting", count=2)
    assert reconnecting["name"] and reconnecting["reason"]
    relay.start()
    returned = time.monotonic()
    after = client.wait_online(count=2, seconds=BACK_SECONDS)
    assert after["public_url"] == before["public_url"]
    wait_until(lambda: serves(client.routes()["subdomain"]), 1, "online but not serving")
    print(f"back after {time.monotonic() - returned:.2f} s")
    assert time.monotonic() - returned < BACK_SECONDS


def test_embedded_relay_keeps_its_url_from_run_to_run(lab):
    nginx = lab.nginx(server="location / { return 200 here; }")
    client = lab.ttf("http", nginx.port, "--name", "kept")
    before = client.wait_online()
    assert serves(client.routes()["subdomain"]) and serves(client.routes()["path"])
    client.process.kill9()
    client.start()
    assert client.wait_online()["public_url"] == before["public_url"]
    assert serves(client.routes()["subdomain"])


def test_killed_local_service_is_503_at_once_and_200_again_when_back(lab):
    nginx = lab.nginx(server="location / { return 200 here; }")
    client = lab.tunnel(lab.relay(), nginx.port, "app")
    route = client.routes()["subdomain"]
    assert fetch(route, "GET", "/").body == b"here"
    nginx.process.kill9()
    taken = []
    for _ in range(3):
        start = time.monotonic()
        response = fetch(route, "GET", "/")
        taken.append(time.monotonic() - start)
        assert (response.status, response.get("X-Tunnel-Error")) == (503, "local_service_unavailable")
        assert response.get("X-Request-Id")
    assert statistics.median(taken) < AT_ONCE_SECONDS, taken
    pid = client.process.pid
    lab.nginx(server="location / { return 200 again; }", port=nginx.port)
    assert fetch(route, "GET", "/").body == b"again"
    assert client.process.running() and client.process.pid == pid and len(client.events("online")) == 1


def test_request_in_flight_when_the_service_dies_before_its_head(lab):
    origin = lab.origin(lambda exchange: exchange.abort())
    route = lab.tunnel(lab.relay(), origin.port, "abrupt").routes()["subdomain"]
    response = fetch(route, "POST", "/", body=b"not to be sent twice")
    assert response.status in (502, 503) and response.get("X-Tunnel-Error")
    assert len(origin.heads) == 1  # an unsafe request is never repeated


def test_request_in_flight_when_the_client_dies(lab):
    arrived = threading.Event()
    finish = threading.Event()

    def handler(exchange):
        arrived.set()
        finish.wait(30)

    relay = lab.relay()
    client = lab.tunnel(relay, lab.origin(handler).port, "gone")
    route = client.routes()["subdomain"]
    with Connection(route) as connection:
        connection.send(request_bytes(route, "GET", "/"))
        assert arrived.wait(10)
        client.process.kill9()
        response = connection.read_response()
    finish.set()
    assert (response.status, response.get("X-Tunnel-Error")) == (502, "connection_lost")
    offline = fetch(route, "GET", "/")
    assert (offline.status, offline.get("X-Tunnel-Error")) == (404, "tunnel_not_found")


def test_killed_client_gets_its_name_back(lab):
    nginx = lab.nginx(server="location / { return 200 here; }")
    relay = lab.relay()
    client = lab.tunnel(relay, nginx.port, "mine")
    before = client.wait_online()
    client.process.kill9()
    client.start()
    assert client.wait_online()["public_url"] == before["public_url"]
    assert serves(client.routes()["subdomain"])


def test_sigterm_drains_what_is_in_flight(lab):
    half = threading.Event()

    def handler(exchange):
        exchange.send(b"HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nhalf")
        assert half.wait(30)
        exchange.send(b"rest")

    relay = lab.relay()
    client = lab.tunnel(relay, lab.origin(handler).port, "drained")
    route = client.routes()["subdomain"]
    with Connection(route) as connection:
        connection.send(request_bytes(route, "GET", "/"))
        head = connection.read_final_head()
        body = connection.body_pieces(head)
        assert next(body) == b"half"
        relay.process.terminate()
        wait_until(lambda: not accepts(relay.port), 10, "still accepts new connections")
        assert relay.process.running()
        half.set()
        assert b"".join(body) == b"rest"
    assert relay.process.wait_exit() == 0
    relay.start()
    client.wait_online(count=2, seconds=BACK_SECONDS)
    assert client.process.running()
