"""Request smuggling, malformed messages and hostile services, byte by byte: refused, never passed on."""

import pytest

from support import malformed
from support.rawhttp import Connection, fetch

LEAST_CASES = 60  # what the product promises to show
BAD_RESPONSES = {
    "not http": b"SSH-2.0-OpenSSH_9.2\r\n\r\n",
    "bad status": b"HTTP/1.1 2x0 OK\r\nContent-Length: 0\r\n\r\n",
    "two lengths": b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
    "bad length": b"HTTP/1.1 200 OK\r\nContent-Length: five\r\n\r\nhello",
    "te and cl": b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "nul in a field": b"HTTP/1.1 200 OK\r\nX: a\0b\r\nContent-Length: 0\r\n\r\n",
    "cut head": b"HTTP/1.1 200 OK\r\nX: ",
    "nothing": b"",
}


HOSTILE = b"HTTP/1.1 200 OK\r\nSet-Cookie: evil=1\r\nContent-Length: 4\r\n\r\nevil"
# What a local service may send so that one answer is read as two, or a field as another.
SPLITTING = {
    "bare lf in a field": b"HTTP/1.1 200 OK\r\nX: a\nSet-Cookie: evil=1\r\nContent-Length: 0\r\n\r\n",
    "bare cr in a field": b"HTTP/1.1 200 OK\r\nX: a\rSet-Cookie: evil=1\r\nContent-Length: 0\r\n\r\n",
    "bare lf in the status line": b"HTTP/1.1 200 OK\nSet-Cookie: evil=1\r\nContent-Length: 0\r\n\r\n",
    "space before the colon": b"HTTP/1.1 200 OK\r\nContent-Length : 0\r\n\r\n",
    "no name": b"HTTP/1.1 200 OK\r\n: evil\r\nContent-Length: 0\r\n\r\n",
    "two lengths": b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nContent-Length: %d\r\n\r\n" % len(HOSTILE) + HOSTILE,
    "a list of lengths": b"HTTP/1.1 200 OK\r\nContent-Length: 0, 4\r\n\r\nevil",
    "both lengths": b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + HOSTILE,
    "a length that is negative": b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n" + HOSTILE,
    "a coding unknown": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + HOSTILE,
    "an upgrade not asked for": b"HTTP/1.1 101 Switching\r\nConnection: upgrade\r\nUpgrade: evil\r\n\r\n" + HOSTILE,
    "a head without end": b"HTTP/1.1 200 OK\r\nX: " + b"a" * 200_000,
    "more fields than allowed": b"HTTP/1.1 200 OK\r\n" + b"X: evil\r\n" * 600 + b"\r\n",
    "interim heads without end": b"HTTP/1.1 103 Early Hints\r\nX: evil\r\n\r\n" * 500,
}


def each(table):
    return pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in table])


def cases(table):
    return pytest.mark.parametrize("data", [pytest.param(data, id=name) for name, data in table.items()])


class Target:
    def __init__(self, lab):
        self.whole = []  # targets of requests that arrived to their end
        self.answer = None
        self.origin = lab.origin(self.handle)
        self.route = lab.tunnel(lab.relay(), self.origin.port, "framing").routes()["subdomain"]

    def handle(self, exchange):
        exchange.read_body()
        self.whole.append(exchange.target)
        if self.answer is not None:
            exchange.send(self.answer)
            exchange.keep_alive = False
        else:
            exchange.respond(body=b"fine")


@pytest.fixture(scope="module")
def target(shared_lab):
    return Target(shared_lab)


def sent(connection, data):
    try:
        connection.send(data.replace(b"%(host)s", connection.route.host.encode()))
    except ConnectionError:
        pass  # closed while we were still sending; what it said is read all the same


def refused(target, case):
    with Connection(target.route, timeout=10) as connection:
        sent(connection, case.data)
        response = connection.read_response()
        assert connection.at_end()
    assert response.status == case.status
    assert response.get("X-Tunnel-Error") and response.get("X-Request-Id")


def test_the_tables_say_where_each_case_is_known_from():
    table = malformed.HEADS + malformed.BODIES + malformed.LEGAL
    assert len(malformed.HEADS + malformed.BODIES) >= LEAST_CASES
    assert len({case.name for case in table}) == len({case.data for case in table}) == len(table)
    assert all(case.source for case in table)


@each(malformed.HEADS)
def test_bad_head(target, case):
    target.answer = None
    before = len(target.origin.heads)
    refused(target, case)
    assert fetch(target.route, "GET", "/after").body == b"fine"
    assert [head.split(b" ")[1] for head in target.origin.heads[before:]] == [b"/after"]


@each(malformed.BODIES)
def test_bad_body(target, case):
    target.answer = None
    before = len(target.whole)
    refused(target, case)
    assert fetch(target.route, "GET", "/after").body == b"fine"
    assert target.whole[before:] == ["/after"]
    assert not any(b"/smuggled" in head for head in target.origin.heads)


@each(malformed.LEGAL)
def test_what_is_legal_arrives_once(target, case):
    target.answer = None
    before = len(target.origin.heads)
    with Connection(target.route, timeout=10) as connection:
        sent(connection, case.data)
        assert connection.read_response().status == case.status
        assert connection.request("GET", "/after").body == b"fine"
    assert len(target.origin.heads) == before + 2
    assert target.whole[-1] == "/after" and not any(b"GET /smuggled" in head for head in target.origin.heads)


@cases(SPLITTING)
def test_a_service_cannot_split_its_answer(target, data):
    target.answer = data
    with Connection(target.route, timeout=10) as connection:
        response = connection.request("GET", "/")
        assert response.status == 502 and response.get("X-Tunnel-Error") and response.get("X-Request-Id")
        assert response.get("Set-Cookie") is None and b"evil" not in response.body
        target.answer = None
        assert connection.request("GET", "/after").body == b"fine"


def test_a_folded_field_of_a_service_is_one_line(target):
    """RFC 9112 5.2: a proxy joins it, or answers 502."""
    target.answer = b"HTTP/1.1 200 OK\r\nX: a\r\n Set-Cookie: evil=1\r\nContent-Length: 0\r\n\r\n"
    response = fetch(target.route, "GET", "/")
    assert response.get("X") == "a Set-Cookie: evil=1" and response.get("Set-Cookie") is None


@cases(BAD_RESPONSES)
def test_bad_response_of_the_service(target, data):
    target.answer = data
    response = fetch(target.route, "POST", "/", body=b"x")
    assert response.status == 502 and response.get("X-Tunnel-Error") and response.get("X-Request-Id")


def test_a_huge_target_is_refused(target):
    before = len(target.origin.heads)
    response = fetch(target.route, "GET", "/" + "a" * 60_000)
    assert response.status in (400, 414, 431) and response.get("X-Tunnel-Error")
    assert len(target.origin.heads) == before


def test_absolute_form_and_empty_lines_before_a_request_are_legal(target):
    """RFC 9112 3.2.2 and 2.2: what a server must and should accept."""
    target.answer = None
    host = target.route.host.encode()
    with Connection(target.route) as connection:
        connection.send(b"\r\nGET http://" + host + b"/abs?q HTTP/1.1\r\nHost: " + host + b"\r\n\r\n")
        assert connection.read_response().body == b"fine"
    assert target.whole[-1] == "/abs?q"
