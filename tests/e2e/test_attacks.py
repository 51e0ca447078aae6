"""Tables of attacks on what the relay reads of a request and writes about it: fields, paths, hosts, log lines. Smuggling and
splitting have test_framing.py."""

import json
import re

import pytest

from support.rawhttp import Connection, Route, fetch, request_bytes
from support.waiting import wait_until

ESCAPE = re.compile(rb"[\x00-\x09\x0b-\x1f\x7f-\xff]")  # what a log line must not have; LF ends it


class Shops:
    """Two tunnels of one relay, on origins that tell what they were asked."""

    def __init__(self, lab):
        self.relay = lab.relay(options=["--log-format", "json", "--log-level", "debug"])
        self.seen = []  # (name, target) of each request that arrived
        for name in ("shop", "blog"):
            lab.tunnel(self.relay, lab.origin(self.handler(name)).port, name)

    def handler(self, name):
        def handle(exchange):
            exchange.read_body()
            self.seen.append((name, exchange.target))
            exchange.respond(headers=[("X-Seen", json.dumps(exchange.headers))], body=name.encode())
        return handle

    def asked(self, data):
        """What came back for these bytes, and what arrived behind the tunnels."""
        before = len(self.seen)
        with Connection(self.relay.apex(), timeout=10) as connection:
            connection.send(data)
            response = connection.read_response()
        return response, self.seen[before:]


@pytest.fixture(scope="module")
def shops(shared_lab):
    return Shops(shared_lab)


def each(table):
    return pytest.mark.parametrize("case", [pytest.param(case, id=str(case[0])) for case in table])


# --- Host confusion ---------------------------------------------------------------------------------------------------
# Host field, what it must not reach and why it might.
NO_HOST_OF_OURS = [
    (b"shop.localhost@evil.example", "a user"),
    (b"evil.example@shop.localhost", "a user"),
    (b"shop.localhost:80:80", "two ports"),
    (b"shop.localhost:80@evil.example", "a port that is a password"),
    (b"shop.localhost:99999999", "a port over 65535"),
    (b"shop.localhost:-1", "a port that is negative"),
    (b"shop.localhost:8O", "a port with a letter"),
    (b"shop.localhost/", "a path"),
    (b"shop.localhost#", "a fragment"),
    (b"shop.localhost?", "a query"),
    (b"shop.localhost%00.evil.example", "an encoded NUL"),
    (b"shop%2elocalhost", "an encoded dot"),
    (b"shop.localhost\\.evil.example", "a backslash"),
    (b"shop.localhost,blog.localhost", "a list"),
    (b"shop.localhost;blog.localhost", "a semicolon"),
    (b"shop.localhost blog.localhost", "a space"),
    (b"shop\xe3\x80\x82localhost", "an ideographic full stop"),
    (b"\xc5\xbfhop.localhost", "a letter that folds to s"),
    (b"shop..localhost", "an empty label"),
    (b".shop.localhost", "an empty label first"),
    (b"shop.localhost..", "two dots at the end"),
    (b"shop.blog.localhost", "a name of two labels"),
    (b"shop.localhost.evil.example", "another domain behind"),
    (b"shop.localhostevil", "another domain that begins alike"),
    (b"shoplocalhost", "no dot"),
    (b"evil.example", "a name bound to 127.0.0.1 (DNS rebinding)"),
    (b"[shop.localhost]", "brackets"),
    (b"[::1%25eth0]", "a zone"),
    (b"[::1", "a bracket not closed"),
    (b"127.1", "a short IPv4 address"),
    (b"0x7f000001", "a hexadecimal IPv4 address"),
    (b"*", "an asterisk"),
    (b"a" * 300 + b".localhost", "longer than a host name"),
]
# Legal spellings of one host.
SHOP_HOSTS = [b"shop.localhost", b"SHOP.LocalHost", b"shop.localhost.", b"shop.localhost:", b"shop.localhost:1", b"  shop.localhost\t"]


@each(NO_HOST_OF_OURS)
def test_a_strange_host_reaches_no_tunnel(shops, case):
    response, arrived = shops.asked(b"GET / HTTP/1.1\r\nHost: " + case[0] + b"\r\n\r\n")
    assert response.status in (400, 404) and response.get("X-Tunnel-Error") and arrived == []


@pytest.mark.parametrize("host", SHOP_HOSTS)
def test_one_host_has_one_meaning(shops, host):
    response, arrived = shops.asked(b"GET /x HTTP/1.1\r\nHost:" + host + b"\r\n\r\n")
    assert (response.status, arrived) == (200, [("shop", "/x")])


ROUTING_FIELDS = ["X-Forwarded-Host", "X-Host", "X-Original-Host", "Forwarded", "X-Original-URL", "X-Rewrite-URL", "X-Forwarded-Prefix",
                  "X-Forwarded-Server", "X-HTTP-Host-Override", "Front-End-Https", "X-Tunnel-Id", "X-Forwarded-Port"]


@pytest.mark.parametrize("field", ROUTING_FIELDS)
def test_no_other_field_routes(shops, field):
    value = "host=blog.localhost" if field == "Forwarded" else "/admin" if "URL" in field else "blog.localhost"
    response, arrived = shops.asked(request_bytes(shops.relay.subdomain("shop"), "GET", "/x", [(field, value)]))
    assert arrived == [("shop", "/x")]
    forwarded = [pair for pair in json.loads(response.get("X-Seen")) if pair[0].lower().startswith(("forwarded", "x-forwarded"))]
    assert not any("blog" in pair[1] for pair in forwarded)


def test_the_host_of_the_target_is_the_host(shops):
    """RFC 9112 3.2.2: not the field, which somebody else may have read."""
    data = b"GET http://shop.localhost/x HTTP/1.1\r\nHost: blog.localhost\r\n\r\n"
    response, arrived = shops.asked(data)
    assert arrived == [("shop", "/x")]
    assert ["X-Forwarded-Host", "shop.localhost"] in json.loads(response.get("X-Seen"))


# --- Path traversal ---------------------------------------------------------------------------------------------------
# Target on the apex, and what arrives: a path is passed on byte for byte, by whom its first segment names, or not at all.
PATHS = [
    ("/shop/../blog/", ("shop", "/../blog/")),
    ("/shop/..%2fblog/", ("shop", "/..%2fblog/")),
    ("/shop/%2e%2e/blog/", ("shop", "/%2e%2e/blog/")),
    ("/shop/..;/blog/", ("shop", "/..;/blog/")),
    ("/shop/..\\blog\\", ("shop", "/..\\blog\\")),
    ("/shop/.%00./blog/", ("shop", "/.%00./blog/")),
    ("/shop//blog/", ("shop", "//blog/")),
    ("/shop/http://blog.localhost/", ("shop", "/http://blog.localhost/")),
    ("/shop/../../../../etc/passwd", ("shop", "/../../../../etc/passwd")),
    ("/shop/?/../blog/", ("shop", "/?/../blog/")),
    ("/shop/%c0%ae%c0%ae/blog/", ("shop", "/%c0%ae%c0%ae/blog/")),
    ("/shop/%252e%252e/blog/", ("shop", "/%252e%252e/blog/")),
    ("//shop/", None), ("/./shop/", None), ("/../shop/", None), ("/%73hop/", None), ("/shop%2f", None), ("/shop%2fx/y", None),
    ("/SHOP/", None), ("/shop;x/", None), ("/shop\\/", None), ("/shop%00/", None), ("/.shop/", None), ("/shop./", None),
    ("/../../etc/passwd", None), ("/%2e%2e/%2e%2e/etc/passwd", None), ("/..%5c..%5cwindows/", None), ("/etc/passwd", None),
    ("/_tunnel/../shop/", None), ("/_tunnel/connect/../../shop/", None), ("/_tunnel/", None), ("/metrics", None), ("/healthz", None),
    ("/@shop/", None), ("//evil.example/%2f..", None), ("/\\evil.example/", None),
]


@each(PATHS)
def test_a_path_leads_nowhere_else(shops, case):
    target, expected = case
    response, arrived = shops.asked(f"GET {target} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
    assert arrived == ([expected] if expected else [])
    if not expected:  # `/name` alone redirects to `/name/`, on this host only
        assert response.status in (400, 404) or (response.status == 308 and re.fullmatch(r"/[a-z]+/", response.get("Location")))
        assert b"root:" not in response.body and b"tunnel_relay" not in response.body


# --- Header injection -------------------------------------------------------------------------------------------------
INJECTED = [
    ("encoded line break in the path", "GET", "/%0d%0aX-Evil:%201", []),
    ("encoded line break in the query", "GET", "/?a=%0d%0a%0d%0aHTTP/1.1%20200%20OK", []),
    ("UTF-8 that ends in CR and LF bytes", "GET", "/%E5%98%8A%E5%98%8DX-Evil:1", []),
    ("encoded line break in a value", "GET", "/", [("X-A", "a%0d%0aX-Evil: 1")]),
    ("letters that lose a byte to CR and LF", "GET", "/", [("X-A", "a\xc4\x8d\xc4\x8aX-Evil: 1")]),
    ("a request id of the visitor's", "GET", "/", [("X-Request-Id", "req_1%0d%0aX-Evil: 1")]),
    ("forwarded by a stranger", "GET", "/", [("X-Forwarded-For", "1.2.3.4, evil"), ("Forwarded", 'for="evil";by="evil"')]),
    ("Connection names what is added", "GET", "/", [("Connection", "X-Forwarded-For, X-Forwarded-Proto, Forwarded, X-Request-Id, Host")]),
    ("Connection names the length", "POST", "/", [("Connection", "Content-Length")]),
    ("Proxy-Authorization", "GET", "/", [("Proxy-Connection", "evil"), ("Keep-Alive", "evil"), ("TE", "evil")]),
]


@each(INJECTED)
def test_fields_stay_what_they_are(shops, case):
    _, method, target, fields = case
    response, arrived = shops.asked(request_bytes(shops.relay.subdomain("shop"), method, target, fields, body=b"" if method == "POST" else None))
    assert response.status == 200 and arrived == [("shop", target)]
    seen = json.loads(response.get("X-Seen"))
    names = [name.lower() for name, _ in seen]
    assert "x-evil" not in names and names.count("host") == 1
    values = {name.lower(): value for name, value in seen}
    assert values["x-forwarded-for"] == "127.0.0.1" and values["forwarded"].startswith("for=127.0.0.1;")
    assert values["x-request-id"] and values["x-forwarded-proto"] == "http"
    assert not {"connection", "proxy-connection", "keep-alive", "te"} & set(names) or values.get("connection", "") != "evil"
    assert "evil" not in values["forwarded"]


@pytest.mark.parametrize("query", ["?%0d%0aSet-Cookie:%20evil=1", "?\\", "?//evil.example", "?a=\xff"])
def test_a_redirect_stays_here(shops, query):
    response, _ = shops.asked(f"GET /shop{query} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode("latin-1"))
    assert (response.status, response.get("Location")) == (308, f"/shop/{query}") and response.get("Set-Cookie") is None


# --- Log injection ----------------------------------------------------------------------------------------------------
LOGGED = [
    ("a terminal's escape", "GET", "/\x1b]0;evil\x07", b"shop.localhost"),
    ("an escape, encoded", "GET", "/%1b[2J", b"shop.localhost"),
    ("C1 controls", "GET", "/\x9b2J\x85evil", b"shop.localhost"),
    ("a quotation mark", "GET", '/","level":"error","evil":"', b"shop.localhost"),
    ("a backslash", "GET", "/\\n\\u000a\\", b"shop.localhost"),
    ("an encoded line break", "GET", "/%0a{%22event%22:%22evil%22}", b"shop.localhost"),
    ("right to left", "GET", "/\xe2\x80\xaeevil", b"shop.localhost"),
    ("line separator", "GET", "/\xe2\x80\xa8evil", b"shop.localhost"),
    ("no UTF-8", "GET", "/\xff\xfe\xc0\xaf", b"shop.localhost"),
    ("a method", "EVIL$%&", "/", b"shop.localhost"),
    ("a format string", "GET", "/%s%n{}{0}", b"shop.localhost"),
    ("a host", "GET", "/", b"\x1b[31mevil"),
    ("a host with a line break", "GET", "/", b"evil\n{\"event\":\"evil\"}"),
    ("a name of a tunnel", "GET", "/", b"evil\"}{\".localhost"),
]
FIELD_NAMES = {"ts", "level", "event", "request_id", "tunnel_id", "client", "method", "path", "status", "duration_ms", "bytes_in", "bytes"}


@each(LOGGED)
def test_a_log_line_stays_one_line(shops, case):
    _, method, target, host = case
    log_file = shops.relay.process.stderr_path
    before = log_file.stat().st_size
    data = f"{method} {target}?token=do-not-log HTTP/1.1\r\n".encode("latin-1") + b"Host: " + host + b"\r\n\r\n"
    response, _ = shops.asked(data)

    def lines():
        written = log_file.read_bytes()[before:]
        return [json.loads(line) for line in written[:written.rfind(b"\n") + 1].splitlines()]

    def about():
        """Of an answered request the log tells once the answer is sent; its X-Request-Id is the service's own to send."""
        if response.status == 200:
            return [line for line in lines() if line["event"] == "request"]
        return [line for line in lines() if line.get("request_id") == response.get("X-Request-Id")]
    wait_until(about, 10, "the request is not in the log")
    log = log_file.read_bytes()[before:]
    assert FIELD_NAMES <= about()[-1].keys()
    assert not ESCAPE.search(log) and b"do-not-log" not in log
    assert all(line["event"] != "evil" and "evil" not in line for line in lines())


def test_visitors_of_either_kind_see_the_same_tunnels(shops):
    for route, name in ((Route(shops.relay.port, "shop.localhost"), b"shop"), (shops.relay.path("blog"), b"blog")):
        assert fetch(route, "GET", "/").body == name
