"""Every response through the tunnel equals the direct one: nginx and httpbin, by subdomain and by path."""

import gzip
import random
import re
import zlib

import brotli
import pytest

from support.compare import assert_equal, assert_equal_echo
from support.rawhttp import Connection, fetch, request_bytes

BROWSER = [("User-Agent", "Mozilla/5.0 (X11; Linux x86_64)"), ("Accept", "text/html,*/*;q=0.8"),
           ("Accept-Language", "de,en;q=0.5")]
TEXT = "".join(f"line {number}\n" for number in range(20_000)).encode()
BINARY = random.Random(7).randbytes(1 << 20)

NGINX_SERVER = """
    location /gz/ { alias www/; gzip on; gzip_min_length 1; gzip_types text/plain; }
    location /br/ { alias www/br/; types {} default_type text/plain; add_header Content-Encoding br; }
    location /deflate/ { alias www/deflate/; types {} default_type text/plain; add_header Content-Encoding deflate; }
    location = /found { return 302 /plain.txt?from=found; }
    location = /away { return 301 https://example.org/elsewhere; }
    location = /cookies { add_header Set-Cookie "a=1; Path=/"; add_header Set-Cookie "b=2; HttpOnly";
                          add_header Set-Cookie "a=3; Path=/x"; return 200 "three\\n"; }
    location = /nothing { return 204; }
    location = /broken { return 500; }
    location = /teapot { return 418 "short and stout"; }
    location /dav/ { root www; dav_methods PUT DELETE; }
"""

NGINX = {
    "get": ("GET", "/plain.txt"), "head": ("HEAD", "/plain.txt"), "binary": ("GET", "/image.bin"),
    "empty": ("GET", "/empty.txt"),
    "query": ("GET", "/plain.txt?a=1&&b=%20c&d=%C3%A4"), "escapes": ("GET", "/a%20b/%7Etilde.txt"),
    "index": ("GET", "/"), "folder": ("GET", "/folder"), "missing": ("GET", "/missing"),
    "head of missing": ("HEAD", "/missing"),
    "gzip": ("GET", "/gz/plain.txt", [("Accept-Encoding", "gzip")]),
    "gzip head": ("HEAD", "/gz/plain.txt", [("Accept-Encoding", "gzip")]),
    "gzip refused": ("GET", "/gz/plain.txt", [("Accept-Encoding", "identity")]),
    "brotli": ("GET", "/br/plain.txt"), "deflate": ("GET", "/deflate/plain.txt"),
    "range": ("GET", "/plain.txt", [("Range", "bytes=100-1999")]),
    "range to end": ("GET", "/image.bin", [("Range", "bytes=-5000")]),
    "head range": ("HEAD", "/image.bin", [("Range", "bytes=0-0")]),
    "range unsatisfiable": ("GET", "/plain.txt", [("Range", "bytes=99999999-")]),
    "redirect 302": ("GET", "/found"), "redirect 301": ("GET", "/away"),
    "redirect post": ("POST", "/found", [], {"body": b"x"}),
    "cookies": ("GET", "/cookies"), "204": ("GET", "/nothing"), "204 head": ("HEAD", "/nothing"),
    "500": ("GET", "/broken"), "418": ("GET", "/teapot"),
    "post not allowed": ("POST", "/plain.txt", [], {"body": b"x" * 70_000}),
    "put": ("PUT", "/dav/stored.bin", [], {"body": BINARY}),
    "put chunked": ("PUT", "/dav/stored.bin", [], {"chunks": [b"ab" * 40_000, b"c"]}),
    "put empty": ("PUT", "/dav/stored.bin", [], {"body": b""}), "delete missing": ("DELETE", "/dav/none"),
    "options": ("OPTIONS", "/plain.txt"), "patch": ("PATCH", "/plain.txt", [], {"body": b"diff"}),
}
HTTPBIN = {
    "html": ("GET", "/html"), "utf8": ("GET", "/encoding/utf8"), "bytes": ("GET", "/bytes/65536?seed=3"),
    "stream-bytes": ("GET", "/stream-bytes/100000?seed=5&chunk_size=777"),
    "drip": ("GET", "/drip?duration=0.5&numbytes=5&code=200"),
    "range": ("GET", "/range/4096", [("Range", "bytes=10-99")]),
    "range 416": ("GET", "/range/10", [("Range", "bytes=50-60")]),
    "redirect": ("GET", "/redirect/3"), "relative redirect": ("GET", "/relative-redirect/2"),
    "absolute redirect": ("GET", "/absolute-redirect/2"),
    "redirect-to": ("GET", "/redirect-to?url=http%3A%2F%2Fexample.org%2F&status_code=307"),
    "set cookies": ("GET", "/cookies/set?one=1&two=2&three=3"),
    "cookies": ("GET", "/cookies", [("Cookie", "a=1; b=2")]),
    "response headers": ("GET", "/response-headers?X-Twice=1&X-Twice=2&Server=mine"), "204": ("GET", "/status/204"),
    "304": ("GET", "/etag/abc", [("If-None-Match", "abc")]), "412": ("GET", "/etag/abc", [("If-Match", "other")]),
    "401": ("GET", "/basic-auth/u/p"), "200 with auth": ("GET", "/basic-auth/u/p", [("Authorization", "Basic dTpw")]),
    "503": ("GET", "/status/503"),
    "preflight": ("OPTIONS", "/get", [("Origin", "http://a.example"), ("Access-Control-Request-Method", "PUT"),
                                      ("Access-Control-Request-Headers", "x-one,x-two")]),
    "head": ("HEAD", "/html"), "head stream": ("HEAD", "/stream-bytes/1000?seed=1"), "image": ("GET", "/image/webp"),
    "method not allowed": ("DELETE", "/get"), "missing": ("GET", "/no/such/thing"), "robots": ("GET", "/robots.txt"),
}
ECHOES = {
    "get": ("GET", "/get?a=1&b=2&a=3"), "anything": ("GET", "/anything/x%2Fy?show_env=1"),
    "post form": ("POST", "/post", [("Content-Type", "application/x-www-form-urlencoded")], {"body": b"a=1&b=%C3%A4"}),
    "post chunked": ("POST", "/post", [("Content-Type", "text/plain")], {"chunks": [b"one", b"two" * 30_000]}),
    "post empty": ("POST", "/post", [], {"body": b""}), "put": ("PUT", "/put", [], {"body": b"\x00\xff" * 5000}),
    "patch": ("PATCH", "/patch", [("Content-Type", "application/json")], {"body": b'{"a": [1, 2]}'}),
    "delete": ("DELETE", "/delete", [], {"body": b"why"}), "delete bare": ("DELETE", "/delete"),
    "gzip": ("GET", "/gzip"), "deflate": ("GET", "/deflate"), "brotli": ("GET", "/brotli"),
    "stream": ("GET", "/stream/20"),
    "etag": ("GET", "/etag/abc"), "cache": ("GET", "/cache/60"),
}


def cases(table):
    return pytest.mark.parametrize("case", [pytest.param(case, id=name) for name, case in table.items()])


@pytest.fixture(params=["subdomain", "path"])
def mode(request):
    return request.param


@pytest.fixture(scope="module")
def relay(shared_lab):
    return shared_lab.relay()


@pytest.fixture(scope="module")
def nginx(shared_lab, relay):
    server = shared_lab.nginx(server=NGINX_SERVER)
    files = {"plain.txt": TEXT, "image.bin": BINARY, "empty.txt": b"", "index.html": b"<h1>index</h1>",
             "folder/index.html": b"in",
             "a b/~tilde.txt": b"escaped", "br/plain.txt": brotli.compress(TEXT),
             "deflate/plain.txt": zlib.compress(TEXT),
             "dav/stored.bin": b"old"}
    for name, content in files.items():
        (server.www / name).parent.mkdir(parents=True, exist_ok=True)
        (server.www / name).write_bytes(content)
    return server, shared_lab.tunnel(relay, server.port, "nginx").routes()


@pytest.fixture(scope="module")
def httpbin(shared_lab, relay):
    server = shared_lab.httpbin()
    return server, shared_lab.tunnel(relay, server.port, "httpbin").routes()


def unpack(case):
    """(method, target, fields, body arguments) of a case that may leave out the last two."""
    return (*case, [], {}) if len(case) == 2 else (*case, {}) if len(case) == 3 else case


def both(service, mode, case):
    method, target, headers, how = unpack(case)
    server, routes = service
    direct = fetch(server.route(), method, target, BROWSER + headers, **how)
    return fetch(routes[mode], method, target, BROWSER + headers, **how), direct


@cases(NGINX)
def test_nginx(nginx, mode, case):
    assert_equal(*both(nginx, mode, case))


@cases(HTTPBIN)
def test_httpbin(httpbin, mode, case):
    assert_equal(*both(httpbin, mode, case))


@cases(ECHOES)
def test_httpbin_echo(httpbin, mode, case):
    assert_equal_echo(*both(httpbin, mode, case))


def test_compressed_bodies_are_what_was_compressed(nginx, mode):
    """So that the cases above cannot be equal in being wrong."""
    _, routes = nginx
    assert gzip.decompress(fetch(routes[mode], "GET", "/gz/plain.txt", [("Accept-Encoding", "gzip")]).body) == TEXT
    assert brotli.decompress(fetch(routes[mode], "GET", "/br/plain.txt").body) == TEXT
    assert fetch(routes[mode], "GET", "/image.bin").body == BINARY


@pytest.mark.parametrize("field", ["ETag", "Last-Modified"])
def test_304(nginx, mode, field):
    server, _ = nginx
    known = fetch(server.route(), "GET", "/plain.txt").get(field)
    condition = {"ETag": "If-None-Match", "Last-Modified": "If-Modified-Since"}[field]
    through, direct = both(nginx, mode, ("GET", "/plain.txt", [(condition, known)]))
    assert direct.status == 304
    assert_equal(through, direct)


def test_put_stores_the_same_bytes(nginx, mode):
    server, routes = nginx
    body = random.Random(mode).randbytes(300_001)
    assert fetch(routes[mode], "PUT", "/dav/stored.bin", body=body).status == 204
    assert (server.www / "dav/stored.bin").read_bytes() == body


def test_multipart_ranges(nginx, mode):
    through, direct = both(nginx, mode, ("GET", "/plain.txt", [("Range", "bytes=0-9,500-999")]))
    assert direct.status == 206
    for response in (through, direct):  # nginx counts its boundaries up
        boundary = re.search("boundary=(.+)", response.get("Content-Type"))[1]
        response.body = response.body.replace(boundary.encode(), b"BOUNDARY")
    assert_equal(through, direct, also_without=["Content-Type"])


def test_one_connection_carries_all(nginx, mode):
    server, routes = nginx
    with Connection(routes[mode]) as connection:
        for case in NGINX.values():
            method, target, headers, how = unpack(case)
            through = connection.request(method, target, BROWSER + headers, **how)
            assert_equal(through, fetch(server.route(), method, target, BROWSER + headers, **how))


def test_pipelined_requests_are_answered_in_order(httpbin, mode):
    server, routes = httpbin
    line = [("GET", "/bytes/1000?seed=1"), ("HEAD", "/html"), ("PUT", "/bytes/9"), ("GET", "/stream-bytes/5000?seed=2"),
            ("GET", "/status/204"), ("GET", "/bytes/30000?seed=4")]
    with Connection(routes[mode]) as connection:
        connection.send(b"".join(request_bytes(routes[mode], method, target, BROWSER,
                                               body=b"b" if method == "PUT" else None)
                                 for method, target in line))
        through = [connection.read_response(method) for method, _ in line]
    for (method, target), response in zip(line, through):
        assert_equal(response, fetch(server.route(), method, target, BROWSER, body=b"b" if method == "PUT" else None))


def test_http_1_0_visitor(nginx, httpbin, mode):
    for server, routes, target in ((*nginx, "/plain.txt"), (*httpbin, "/stream-bytes/40000?seed=6")):
        direct = fetch(server.route(), "GET", target)
        with Connection(routes[mode]) as connection:
            through = connection.request("GET", target, version="HTTP/1.0")
            assert connection.at_end()
        assert through.get("Transfer-Encoding") is None
        assert_equal(through, direct)
