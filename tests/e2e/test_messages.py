"""What real servers seldom send: odd but valid messages from a scripted origin, byte-exact in both directions."""

import threading

import pytest

from support.compare import ADDED_TO_REQUESTS
from support.rawhttp import HOP_BY_HOP, Connection, chunk, fetch, request_bytes

MEGABYTE = 1_000_000


class Scripted:
    """An origin whose handler the test sets, with its tunnel."""

    def __init__(self, lab):
        self.handler = None
        self.origin = lab.origin(lambda exchange: self.handler(exchange))
        self.routes = lab.tunnel(lab.relay(), self.origin.port, "scripted").routes()

    def direct(self):
        return self.origin.route()


@pytest.fixture(scope="module")
def scripted(shared_lab):
    return Scripted(shared_lab)


@pytest.fixture(params=["subdomain", "path"])
def route(request, scripted):
    return scripted.routes[request.param]


def field_lines(head):
    """Name and value of each field as sent, less hop-by-hop ones and what the tunnel documents to add."""
    lines = [line.split(b": ", 1) for line in head.split(b"\r\n")[1:-2]]
    gone = HOP_BY_HOP | set(ADDED_TO_REQUESTS)
    return [(name, value) for name, value in lines if name.decode().lower() not in gone]


@pytest.mark.parametrize("target",
                         ["/a%2Fb/%2e%2e/c//d/./e", "/?", "/x?y=%00%zz&&=", "/;p=1,2/@:!$&'()*+", "/%C3%A4?q=[{}]|"])
def test_request_heads_arrive_as_sent(scripted, route, target):
    scripted.handler = lambda exchange: exchange.respond()
    fields = [("x-lower", "1"), ("X-UPPER", "2"), ("X-Twice", "a"), ("Other", "between"), ("X-Twice", "b"),
              ("X-Empty", ""),
              ("Accept", "a/b"), ("accept", "c/d"), ("Cookie", "one=1"), ("Cookie", "two=2"), ("X-Latin", "caf\xe9"),
              ("X-Inner", "a  b\tc"), ("Origin", "http://else.example"), ("Referer", "http://else.example/r")]
    fetch(scripted.direct(), "GET", target, fields)
    fetch(route, "GET", target, fields)
    direct, through = scripted.origin.heads[-2:]
    assert through.split(b"\r\n")[0] == direct.split(b"\r\n")[0]
    assert field_lines(through) == field_lines(direct)


def test_response_fields_keep_order_duplicates_case_and_reason(scripted, route):
    fields = [("B", "1"), ("Set-Cookie", "a=1"), ("a", "2"), ("set-cookie", "b=2"), ("B", "3"), ("Via", "1.1 inner"),
              ("X-Empty", ""),
              ("Set-Cookie", "a=3"), ("WWW-Authenticate", "Basic realm=x"), ("WWW-Authenticate", "Bearer"),
              ("X-Latin", "caf\xe9"),
              ("X-Request-Id", "from the service"), ("Server", "mine"), ("Date", "Thu, 01 Jan 1970 00:00:00 GMT")]
    scripted.handler = lambda exchange: exchange.respond("299 Strange But True", fields, b"body")
    response = fetch(route, "GET", "/")
    assert (response.status, response.reason) == (299, "Strange But True")
    assert [field for field in response.headers if field[0].lower() not in HOP_BY_HOP] == [*fields,
                                                                                           ("Content-Length", "4")]


def test_hop_by_hop_fields_go_no_further(scripted, route):
    def handler(exchange):
        exchange.send(b"HTTP/1.1 200 OK\r\nConnection: X-Private, keep-alive\r\nX-Private: 1\r\n"
                      b"Keep-Alive: timeout=5\r\nProxy-Connection: keep-alive\r\nX-Public: 2\r\n"
                      b"Content-Length: 0\r\n\r\n")

    scripted.handler = handler
    fields = [("Connection", "X-Mine"), ("X-Mine", "1"), ("Keep-Alive", "5"), ("X-Kept", "1")]
    response = fetch(route, "GET", "/", fields)
    assert response.get("X-Private") is None and response.get("X-Public") == "2"
    assert response.get("Proxy-Connection") is None
    seen = scripted.origin.heads[-1].lower()
    assert b"x-mine" not in seen and b"\r\nkeep-alive:" not in seen and b"x-kept: 1" in seen


def test_trailers_of_a_response(scripted, route):
    def handler(exchange):
        exchange.send(b"HTTP/1.1 200 OK\r\nTrailer: X-Sum, X-Note\r\nTransfer-Encoding: chunked\r\n\r\n")
        exchange.send(chunk(b"data") + b"0\r\nX-Sum: 42\r\nX-Note: a\r\nX-Note: b\r\n\r\n")

    scripted.handler = handler
    response = fetch(route, "GET", "/", [("TE", "trailers"), ("Connection", "TE")])
    assert (response.body, response.get("Trailer")) == (b"data", "X-Sum, X-Note")
    assert response.trailers == [("X-Sum", "42"), ("X-Note", "a"), ("X-Note", "b")]


def test_trailers_of_a_request(scripted, route):
    seen = []

    def handler(exchange):
        seen.append((exchange.read_body(), exchange.trailers))
        exchange.respond()

    scripted.handler = handler
    fetch(route, "POST", "/", [("Trailer", "X-Sum")], chunks=[b"one", b"two"], trailers=[("X-Sum", "6")])
    assert seen == [(b"onetwo", [("X-Sum", "6")])]


def test_early_hints_arrive_early(scripted, route):
    hinted = threading.Event()

    def handler(exchange):
        exchange.send(b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\nLink: </b.js>\r\n\r\n")
        assert hinted.wait(20)
        exchange.respond(body=b"late")

    scripted.handler = handler
    with Connection(route) as connection:
        connection.send(request_bytes(route, "GET", "/"))
        hints = connection.read_head()
        hinted.set()
        final = connection.read_response()
    assert (hints.status, hints.headers) == (103, [("Link", "</a.css>; rel=preload"), ("Link", "</b.js>")])
    assert (final.status, final.body, final.interim) == (200, b"late", [])


def test_http_1_0_visitors_get_no_interim_response_and_no_chunks(scripted, route):
    def handler(exchange):
        exchange.send(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
                      b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk(b"plain") + b"0\r\n\r\n")

    scripted.handler = handler
    with Connection(route) as connection:
        response = connection.request("GET", "/", version="HTTP/1.0")
        assert connection.at_end()
    assert (response.interim, response.get("Transfer-Encoding"), response.body) == ([], None, b"plain")


def test_expect_100_continue_waits_for_the_service(scripted, route):
    def handler(exchange):
        exchange.send(b"HTTP/1.1 100 Continue\r\n\r\n")
        exchange.respond(body=exchange.read_body())

    scripted.handler = handler
    with Connection(route) as connection:
        connection.send(request_bytes(route, "POST", "/", [("Expect", "100-continue"), ("Content-Length", "4")]))
        assert connection.read_head().status == 100
        connection.send(b"body")
        assert connection.read_response().body == b"body"


def test_expect_100_continue_may_be_refused_by_the_service(scripted, route):
    def handler(exchange):
        exchange.send(b"HTTP/1.1 413 Too Much\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        exchange.keep_alive = False

    scripted.handler = handler
    with Connection(route) as connection:
        connection.send(request_bytes(route, "POST", "/", [("Expect", "100-continue"), ("Content-Length", "4000000")]))
        assert connection.read_head().status == 413  # no 100 before it: the body was never asked for


def test_a_body_that_runs_until_close(scripted, route):
    def handler(exchange):
        exchange.send(b"HTTP/1.1 200 OK\r\nX-Old: 1\r\n\r\nuntil the end")
        exchange.keep_alive = False

    scripted.handler = handler
    response = fetch(route, "GET", "/")
    assert (response.body, response.end_to_end()) == (b"until the end", [("X-Old", "1")])


@pytest.mark.parametrize("framing", [b"Content-Length: 100\r\n", b"Transfer-Encoding: chunked\r\n"])
def test_a_body_cut_short_is_seen_as_cut_short(scripted, route, framing):
    def handler(exchange):
        exchange.send(b"HTTP/1.1 200 OK\r\n" + framing + b"\r\n5\r\nhello\r\n")
        exchange.keep_alive = False

    scripted.handler = handler
    with pytest.raises(ConnectionError):
        fetch(route, "GET", "/")


def test_large_but_legal_heads_pass(scripted, route):
    fields = [(f"X-Field-{number}", "v" * 900) for number in range(45)]
    scripted.handler = lambda exchange: exchange.respond(headers=fields)
    response = fetch(route, "GET", "/", fields)
    assert response.status == 200 and response.end_to_end(["Content-Length"]) == fields
    assert scripted.origin.heads[-1].count(b"X-Field-") == 45


@pytest.mark.parametrize("count", [1, 10_000], ids=["one field", "many fields"])
def test_a_megabyte_of_request_headers_is_refused_clearly(scripted, route, count):
    fields = [(f"X-{number}", "v" * (MEGABYTE // count)) for number in range(count)]
    scripted.handler = lambda exchange: exchange.respond()
    before = len(scripted.origin.heads)
    with Connection(route) as connection:
        try:
            connection.send(request_bytes(route, "GET", "/", fields))
        except ConnectionError:
            pass  # it may answer and close before all is sent; the answer must be readable all the same
        response = connection.read_response()
        assert connection.at_end()
    assert response.status == 431
    assert response.get("X-Tunnel-Error") and response.get("X-Request-Id")
    assert len(scripted.origin.heads) == before


@pytest.mark.parametrize("count", [1, 10_000], ids=["one field", "many fields"])
def test_a_megabyte_of_response_headers_is_refused_clearly(scripted, route, count):
    def handler(exchange):
        exchange.respond(headers=[(f"X-{number}", "v" * (MEGABYTE // count)) for number in range(count)])

    scripted.handler = handler
    response = fetch(route, "GET", "/")
    assert response.status == 502
    assert response.get("X-Tunnel-Error") == "internal_error" and response.get("X-Request-Id")
    scripted.handler = lambda exchange: exchange.respond(body=b"fine")
    assert fetch(route, "GET", "/").body == b"fine"
