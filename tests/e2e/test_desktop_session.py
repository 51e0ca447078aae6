"""A session as its user has it, on the real program from `./dev run`: exposes a port from the tray and from the window,
watches, inspects and replays requests. What is shown is read as a screen reader reads it; pictures are kept."""

import json
import pathlib
import statistics
import subprocess
import time
import zlib

import pytest

from support.accessible import ANY_ROLE, Accessible
from support.rawhttp import fetch
from support.waiting import SLOWDOWN, wait_until

DEV = pathlib.Path(__file__).parents[2] / "dev"
BROWSER_SECONDS = 60 * SLOWDOWN
SHOWN_SECONDS = 0.1 * SLOWDOWN  # from the end of the answer to the row in the list
SHOWN_TIMES = 9
ORDERS = {"orders": [{"id": 17, "item": "lamp"}], "total": 1}
PAGE = "<title>Lamp shop</title><h1>All lamps</h1>" + "<p>A lamp that shines.</p>" * 100


def png(width, height):
    """A picture of one colour."""
    rows = b"".join(b"\0" + b"\x4a\x3a\xff" * width for _ in range(height))

    def chunk(kind, data):
        body = kind + data
        return len(data).to_bytes(4, "big") + body + zlib.crc32(body).to_bytes(4, "big")
    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x02\0\0\0"
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


class Session:
    def __init__(self, lab):
        httpbin = lab.httpbin()
        self.shop = lab.nginx(
            server=f"location /echo {{ proxy_pass http://127.0.0.1:{httpbin.port}/anything; }}"
                   "location ~ json$ { types {} default_type application/json; }"
                   "location ~ png$ { types {} default_type image/png; }",
            http="gzip on; gzip_min_length 10; gzip_types application/json;")
        (self.shop.www / "index.html").write_text(PAGE)
        (self.shop.www / "orders.json").write_text(json.dumps(ORDERS))
        (self.shop.www / "lamp.png").write_bytes(png(64, 48))
        self.desktop = lab.desktop(accessible=True)
        self.app = lab.http_tunnel(self.desktop, "run", program=(DEV,))
        self.main = self.app.window(seconds=120)
        self.screen = Accessible(self.desktop)

    def requests(self):
        return self.screen.all("table", "^Requests$")

    def row_of(self, target):
        """The row that shows this path, as what each cell says."""
        for table in self.requests():
            for row in range(self.screen.rows(table)):
                cells = self.screen.row(table, row)
                if target in cells:
                    return row, cells
        return None

    def select(self, target):
        row, _ = wait_until(lambda: self.row_of(target), 10, lambda: f"no row for {target}")
        self.screen.click(self.screen.cell(self.requests()[0], row, 2))

    def body(self):
        return wait_until(lambda: [self.screen.text(node) for node in self.screen.all("text", "^Body$")], 10,
                          lambda: f"no body is shown: {self.screen.names('text')}")[0]


@pytest.fixture(scope="module")
def session(shared_lab):
    return Session(shared_lab)


def test_expose_the_suggested_port_from_the_tray(session):
    desktop, screen = session.desktop, session.screen
    shown = len(desktop.own_windows())
    desktop.click_on(desktop.tray_icon(), 3)
    wait_until(lambda: len(desktop.own_windows()) > shown, 10, "no menu at the tray icon")
    desktop.picture("session-1-tray-menu")
    desktop.key("Down", "Return")  # Qt tells screen readers of no menu outside a window
    suggestion = screen.find("list item", f"(?s){session.shop.port}.*Lamp shop")
    screen.scroll_to(suggestion, screen.find("list", "^Listening"))
    desktop.picture("session-2-expose")
    screen.click(suggestion)
    screen.press("push button", "^Expose$")
    route = session.app.wait_serving()
    assert "All lamps" in fetch(route, "GET", "/").body.decode()
    desktop.picture("session-3-online")


def test_what_chromium_opens_is_in_the_list(session):
    url = f"http://{session.app.routes()[0].host}/"
    done = subprocess.run(["chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--dump-dom",
                           f"--user-data-dir={session.desktop.folder}/chromium", url + "?from=chromium"],
                          stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=BROWSER_SECONDS, check=True)
    assert "All lamps" in done.stdout
    _, cells = wait_until(lambda: session.row_of("/?from=chromium"), 10, "no row for what Chromium opened")
    assert "GET" in cells and any("200" in cell for cell in cells), cells
    session.desktop.picture("session-4-live")


def test_a_request_is_in_the_list_within_a_tenth_of_a_second(session):
    table, route, taken = session.requests()[0], session.app.routes()[0], []
    for _ in range(SHOWN_TIMES):
        before = session.screen.rows(table)
        assert fetch(route, "GET", "/orders.json").status == 200
        answered = time.monotonic()
        while session.screen.rows(table) == before:
            assert time.monotonic() - answered < 10 * SLOWDOWN, "it is not in the list"
        taken.append(time.monotonic() - answered)
    print(f"in the list after the answer, in ms: {', '.join(f'{1000 * seconds:.1f}' for seconds in sorted(taken))}")
    assert statistics.median(taken) < SHOWN_SECONDS


def test_json_and_gzip_and_a_picture_are_shown_readable(session):
    screen, route = session.screen, session.app.routes()[0]
    zipped = fetch(route, "GET", "/orders.json?zipped", [("Accept-Encoding", "gzip")])
    assert ("content-encoding", "gzip") in [(name.lower(), value) for name, value in zipped.headers]
    session.select("/orders.json?zipped")
    screen.press("page tab", "^Response$")
    wait_until(lambda: session.body() == json.dumps(ORDERS, indent=2), 10, session.body)
    session.desktop.picture("session-5-json")
    fetch(route, "GET", "/lamp.png")
    session.select("/lamp.png")
    screen.press("page tab", "^Response$")
    picture = screen.find(ANY_ROLE, "^Picture$")
    wait_until(lambda: picture.description == "64 by 48 pixels", 10, lambda: picture.description)
    session.desktop.picture("session-6-picture")


def test_a_request_is_replayed_with_another_body(session):
    desktop, screen, route = session.desktop, session.screen, session.app.routes()[0]
    sent = fetch(route, "POST", "/echo/order", [("Content-Type", "text/plain")], body=b"two lamps")
    assert "two lamps" in sent.body.decode()
    session.select("/echo/order")
    desktop.key("ctrl+shift+r")
    window = desktop.window("^Replay POST /echo/order")
    editor = screen.find("text", "^Request body$")
    assert screen.text(editor) == "two lamps"
    screen.click(editor)
    desktop.key("ctrl+a")
    desktop.type("three lamps")
    desktop.key("ctrl+Return")
    wait_until(lambda: any('"data": "three lamps"' in screen.text(body) for body in screen.all("text", "^Body$")), 20,
               lambda: [screen.text(body) for body in screen.all("text", "^Body$")])
    desktop.picture("session-7-replay")
    desktop.key("Escape")
    wait_until(lambda: window not in desktop.windows("^Replay"), 10, "the replay window stays")


def test_expose_another_port_from_the_window(session):
    desktop, screen = session.desktop, session.screen
    desktop.activate(session.main)
    screen.press("push button", "^Expose port")
    screen.click(screen.find("text", "^Port or address$"))
    desktop.type(str(session.shop.port))
    screen.click(screen.find("text", "^Name$"))
    desktop.key("ctrl+a")
    desktop.type("second")
    desktop.key("Return")
    route = session.app.wait_serving(1)
    assert route.host.startswith("second.")
    assert "All lamps" in fetch(route, "GET", "/").body.decode()
    desktop.picture("session-8-second")
    assert session.app.process.stop() == 0
