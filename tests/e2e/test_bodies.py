"""Bodies of every size, both ways, byte by byte."""

import os

import pytest

from support.rawhttp import fetch

KIB, MIB = 1024, 1024 * 1024
SIZES = [0, 1, 24 * KIB, 95 * KIB, 128 * KIB, MIB, 4 * MIB]
BINARY = [("Content-Type", "application/octet-stream")]


class Carrier:
    """A service that keeps what it gets and gives what it is told to, with its tunnel."""

    def __init__(self, lab):
        self.received, self.given = None, b""
        self.relay = lab.relay()
        self.route = lab.tunnel(self.relay, lab.origin(self._handle).port, "bodies").routes()["subdomain"]

    def _handle(self, exchange):
        self.received = exchange.read_body()
        exchange.respond(headers=BINARY, body=self.given)


@pytest.fixture(scope="module")
def carrier(shared_lab):
    return Carrier(shared_lab)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("framing", ["sized", "chunked"])
def test_up(carrier, size, framing):
    body = os.urandom(size)
    carrier.given = b"kept"
    how = {"body": body} if framing == "sized" else {"chunks": [body[:size // 3], body[size // 3:]] if size > 3 else [body]}
    answer = fetch(carrier.route, "POST", "/", BINARY, **how)
    assert (answer.status, answer.body) == (200, b"kept")
    assert carrier.received == body
    carrier.relay.check_messages()


@pytest.mark.parametrize("size", SIZES)
def test_down(carrier, size):
    carrier.given = os.urandom(size)
    answer = fetch(carrier.route, "GET", "/")
    assert answer.status == 200
    assert answer.body == carrier.given
    carrier.relay.check_messages()


@pytest.mark.parametrize("size", SIZES)
def test_both_ways_at_once(carrier, size):
    body = os.urandom(size)
    carrier.given = os.urandom(size)
    answer = fetch(carrier.route, "POST", "/", BINARY, body=body)
    assert answer.body == carrier.given
    assert carrier.received == body
    carrier.relay.check_messages()
