"""Request smuggling and malformed messages, byte by byte: refused with 400 and a closed connection, never passed on."""

import pytest

from support.rawhttp import Connection, fetch

HEAD = b"POST / HTTP/1.1\r\nHost: %(host)s\r\n"
SMUGGLED = b"GET /smuggled HTTP/1.1\r\nHost: %(host)s\r\n\r\n"
BOTH = b"Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + SMUGGLED
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"


def with_field(field):
    return b"GET / HTTP/1.1\r\nHost: %(host)s\r\n" + field + b"\r\n\r\n"


def with_length(field):
    return HEAD + field + b"\r\n\r\nhello" + SMUGGLED


BAD_HEADS = {
    "te and cl": HEAD + BOTH,
    "cl and te": HEAD + b"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n" + SMUGGLED,
    "two lengths": with_length(b"Content-Length: 5\r\nContent-Length: 0"),
    "length list": with_length(b"Content-Length: 5, 0"),
    "length plus": with_length(b"Content-Length: +5"),
    "length minus": with_length(b"Content-Length: -5"),
    "length hex": with_length(b"Content-Length: 0x5"),
    "length empty": with_length(b"Content-Length:"),
    "length spaced": with_length(b"Content-Length: 5 0"),
    "length overflow": with_length(b"Content-Length: 18446744073709551621"),
    "te unknown": HEAD + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + SMUGGLED,
    "te identity": HEAD + b"Transfer-Encoding: identity\r\n\r\n0\r\n\r\n" + SMUGGLED,
    "te twice": HEAD + b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n" + SMUGGLED,
    "te not last": HEAD + b"Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n" + SMUGGLED,
    "te with vertical tab": HEAD + b"Transfer-Encoding: \x0bchunked\r\n\r\n0\r\n\r\n" + SMUGGLED,
    "te in http/1.0": HEAD.replace(b"1.1", b"1.0") + b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + SMUGGLED,
    "space before colon": HEAD + b"Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n" + SMUGGLED,
    "tab before colon": with_field(b"X-Field\t: 1"),
    "bare lf": b"GET / HTTP/1.1\nHost: %(host)s\n\n",
    "bare lf in fields": b"GET / HTTP/1.1\r\nHost: %(host)s\r\nX: 1\nY: 2\r\n\r\n",
    "bare lf at the end": b"GET / HTTP/1.1\r\nHost: %(host)s\r\n\n",
    "bare cr": with_field(b"X: a\rContent-Length: 5"),
    "cr in value": with_field(b"X: a\r b"),
    "obs-fold": with_field(b"X: a\r\n b"),
    "obs-fold with tab": with_field(b"X: a\r\n\tb"),
    "fold on the first field": b"GET / HTTP/1.1\r\n Host: %(host)s\r\nHost: %(host)s\r\n\r\n",
    "nul in value": with_field(b"X: a\0b"),
    "nul in name": with_field(b"X\0: a"),
    "nul in target": b"GET /\0 HTTP/1.1\r\nHost: %(host)s\r\n\r\n",
    "control in value": with_field(b"X: a\x01b"),
    "no colon": with_field(b"field"),
    "no name": with_field(b": value"),
    "bad name": with_field(b"X(y): 1"),
    "no host": b"GET / HTTP/1.1\r\nX: 1\r\n\r\n",
    "two hosts": b"GET / HTTP/1.1\r\nHost: %(host)s\r\nHost: %(host)s\r\n\r\n",
    "two different hosts": b"GET / HTTP/1.1\r\nHost: %(host)s\r\nhost: other.localhost\r\n\r\n",
    "host with path": b"GET / HTTP/1.1\r\nHost: %(host)s/x\r\n\r\n",
    "host with user": b"GET / HTTP/1.1\r\nHost: user@%(host)s\r\n\r\n",
    "host with space": b"GET / HTTP/1.1\r\nHost: %(host)s x\r\n\r\n",
    "host list": b"GET / HTTP/1.1\r\nHost: %(host)s, %(host)s\r\n\r\n",
    "target with space": b"GET /a b HTTP/1.1\r\nHost: %(host)s\r\n\r\n",
    "target without slash": b"GET a HTTP/1.1\r\nHost: %(host)s\r\n\r\n",
    "target with control": b"GET /\x01 HTTP/1.1\r\nHost: %(host)s\r\n\r\n",
    "target with tab": b"GET /\t HTTP/1.1\r\nHost: %(host)s\r\n\r\n",
    "no target": b"GET HTTP/1.1\r\nHost: %(host)s\r\n\r\n",
    "bad method": b"G@T / HTTP/1.1\r\nHost: %(host)s\r\n\r\n",
    "bad version": b"GET / HTTP/1.1x\r\nHost: %(host)s\r\n\r\n",
    "lower case version": b"GET / http/1.1\r\nHost: %(host)s\r\n\r\n",
    "no version": b"GET /\r\nHost: %(host)s\r\n\r\n",
    "tls hello": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\r\n\r\n",
}
# Here the head is fine and on its way before the body is read: what must not follow is a whole request, or another.
BAD_BODIES = {
    "chunk size not hex": CHUNKED + b"g\r\nhello\r\n0\r\n\r\n",
    "chunk size prefixed": CHUNKED + b"0x5\r\nhello\r\n0\r\n\r\n",
    "chunk size signed": CHUNKED + b"+5\r\nhello\r\n0\r\n\r\n",
    "chunk size negative": CHUNKED + b"-5\r\nhello\r\n0\r\n\r\n",
    "chunk size empty": CHUNKED + b"\r\nhello\r\n0\r\n\r\n",
    "chunk size overflows": CHUNKED + b"10000000000000005\r\nhello\r\n0\r\n\r\n",
    "chunk size with bare lf": CHUNKED + b"5\nhello\r\n0\r\n\r\n",
    "chunk longer than said": CHUNKED + b"3\r\nhello\r\n0\r\n\r\n",
    "chunk ends in bare lf": CHUNKED + b"5\r\nhello\n0\r\n\r\n",
    "bare cr in extension": CHUNKED + b"5;a\rb\r\nhello\r\n0\r\n\r\n",
    "endless extension": CHUNKED + b"5;" + b"a" * 200_000 + b"\r\nhello\r\n0\r\n\r\n",
    "trailer with nul": CHUNKED + b"0\r\nX: a\0b\r\n\r\n",
    "trailer folded": CHUNKED + b"0\r\nX: a\r\n b\r\n\r\n",
    "trailer with bare lf": CHUNKED + b"0\r\nX: a\n\r\n",
}
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


def refused(target, data):
    with Connection(target.route, timeout=10) as connection:
        try:
            connection.send(data.replace(b"%(host)s", target.route.host.encode()))
        except ConnectionError:
            pass  # closed while we were still sending; what it said is read below
        response = connection.read_response()
        assert connection.at_end()
    assert response.status == 400
    assert response.get("X-Tunnel-Error") == "invalid_request" and response.get("X-Request-Id")
    return response


@cases(BAD_HEADS)
def test_bad_head(target, data):
    target.answer = None
    before = len(target.origin.heads)
    refused(target, data)
    assert fetch(target.route, "GET", "/after").body == b"fine"
    assert len(target.origin.heads) == before + 1, target.origin.heads[before:]


@cases(BAD_BODIES)
def test_bad_body(target, data):
    target.answer = None
    before = len(target.whole)
    refused(target, data)
    assert fetch(target.route, "GET", "/after").body == b"fine"
    assert target.whole[before:] == ["/after"]


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
