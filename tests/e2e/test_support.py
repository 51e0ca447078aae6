"""The instruments themselves, without a tunnel: what they report of a known origin is what it sent."""

import sys

import pytest

from support.process import Process
from support.rawhttp import Connection, chunk, fetch
from support.waiting import in_rounds, wait_until


def test_raw_client_keeps_duplicates_order_interim_responses_and_trailers(lab):
    def handler(exchange):
        exchange.send(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n")
        exchange.send(b"HTTP/1.1 200 Fine\r\nB: 1\r\nSet-Cookie: x\r\nb: 2\r\nSet-Cookie: y\r\n")
        exchange.send(b"Transfer-Encoding: chunked\r\n\r\n")
        exchange.send(chunk(b"hello ") + chunk(b"world") + b"0\r\nSum: 11\r\n\r\n")

    response = fetch(lab.origin(handler).route(), "GET", "/")
    assert (response.status, response.reason, response.body) == (200, "Fine", b"hello world")
    assert response.end_to_end() == [("B", "1"), ("Set-Cookie", "x"), ("b", "2"), ("Set-Cookie", "y")]
    assert [(hint.status, hint.headers) for hint in response.interim] == [(103, [("Link", "</a>")])]
    assert response.trailers == [("Sum", "11")]


def test_raw_client_notices_a_body_cut_short(lab):
    def handler(exchange):
        exchange.send(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")
        exchange.keep_alive = False

    with pytest.raises(ConnectionError):
        fetch(lab.origin(handler).route(), "GET", "/")


def test_raw_client_refuses_a_bare_line_feed(lab):
    origin = lab.origin(lambda exchange: exchange.send(b"HTTP/1.1 200 OK\nContent-Length: 0\r\n\r\n"))
    with pytest.raises(AssertionError, match="bare LF"):
        fetch(origin.route(), "GET", "/")


def test_raw_origin_reads_both_framings_and_keeps_the_connection(lab):
    seen = []

    def handler(exchange):
        seen.append((exchange.read_body(), exchange.trailers))
        exchange.respond(body=b"ok")

    origin = lab.origin(handler)
    with Connection(origin.route()) as connection:
        connection.request("POST", "/", body=b"sized")
        connection.request("POST", "/", chunks=[b"in ", b"chunks"], trailers=[("T", "1")])
    assert seen == [(b"sized", []), (b"in chunks", [("T", "1")])]
    assert origin.connections == 1


def test_nginx_and_httpbin_serve(lab):
    nginx = lab.nginx(server="location = /mark { return 200 \"$http_x_mark\"; }")
    assert fetch(nginx.route(), "GET", "/mark", [("X-Mark", "m")]).body == b"m"
    httpbin = lab.httpbin()
    assert fetch(httpbin.route(), "POST", "/post", body=b"a=1").status == 200
    assert fetch(httpbin.route(), "GET", "/stream/3").get("Transfer-Encoding") == "chunked"


def test_kill_ends_every_process_of_a_server(lab):
    nginx = lab.nginx()
    nginx.process.kill9()
    with pytest.raises(OSError):
        Connection(nginx.route())


def test_sanitizer_reports_are_failures(lab):
    script = "import sys; sys.stderr.write('==1==ERROR: AddressSanitizer: heap-use-after-free')"
    process = Process("noisy", [sys.executable, "-c", script], lab.new_folder("noisy"))
    process.wait_exit()
    with pytest.raises(AssertionError, match="heap-use-after-free"):
        process.check_health()


def test_waiting_is_bounded():
    with pytest.raises(AssertionError, match="never true"):
        wait_until(lambda: False, 0.05, "never true")


def test_rounds_end_with_a_good_one_or_with_the_last():
    for good, expected in ((2, 2), (9, 3)):
        numbers = iter(range(1, 10))
        assert in_rounds(lambda: (next(numbers),), lambda number: number == good) == (expected,)


def test_crashes_are_failures(lab):
    script = "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)"
    process = Process("crash", [sys.executable, "-c", script], lab.new_folder("crash"))
    process.wait_exit()
    with pytest.raises(AssertionError, match="signal 11"):
        process.check_health()


def test_desktop_has_windows_in_front_keys_and_pictures(lab):
    desktop = lab.desktop(tray=False)
    for title in ("first", "second"):
        desktop.run(title, "display", "-title", title, "rose:")
        desktop.window(f"^{title}$")
    first, second = desktop.window("^first$"), desktop.window("^second$")
    desktop.activate(first)
    desktop.activate(second)
    assert desktop.titles() == ["first", "second"]
    desktop.key("q")  # ImageMagick's key to quit
    desktop.wait(lambda: desktop.titles() == ["first"], "the key reached no window, or the wrong one")
    assert desktop.picture("support-desktop", folder=desktop.folder).stat().st_size > 1000


def test_desktop_has_a_keyring_when_asked(lab):
    with_keyring, without = lab.desktop(tray=False), lab.desktop(tray=False, keyring=False)
    for desktop, found in ((with_keyring, "secret"), (without, "")):
        desktop.run("store", "sh", "-c", "printf secret | secret-tool store --label mark mark 1").wait_exit()
        assert desktop.secret(mark="1") == found
