"""http-tunnel on a desktop nobody sees: what its user does in window and tray, finds again after the end, and what is
missing on poorer desktops."""

import pytest

from support.compare import assert_equal
from support.http_tunnel import MAIN_WINDOW, answers
from support.rawhttp import fetch


@pytest.fixture
def nginx(lab):
    nginx = lab.nginx()
    (nginx.www / "index.html").write_text("<title>Mine</title><h1>mine</h1>")
    return nginx


def assert_serves(route, nginx):
    assert_equal(fetch(route, "GET", "/"), fetch(nginx.route(), "GET", "/"))


def urls(app):
    return [route.host for route in app.routes()]


def test_exposes_a_port_named_on_the_command_line(lab, nginx):
    desktop = lab.desktop()
    app = lab.http_tunnel(desktop, "--expose", nginx.port)
    assert_serves(app.wait_serving(), nginx)
    app.window()
    assert desktop.tray_icon()
    desktop.picture("desktop-window-and-tray")
    assert app.process.stop() == 0


def test_exposes_a_port_typed_in_the_window(lab, nginx):
    desktop = lab.desktop(keyring=False)
    app = lab.http_tunnel(desktop)
    app.window()
    expose(desktop, nginx.port)
    assert_serves(app.wait_serving(), nginx)


def test_exposes_a_port_by_the_tray_menu(lab, nginx):
    desktop = lab.desktop(keyring=False)
    app = lab.http_tunnel(desktop, "--hidden")
    desktop.click_on(desktop.tray_icon(), button=3)
    desktop.wait(lambda: desktop.menus(), "the tray icon has no menu")
    desktop.picture("desktop-tray-menu")
    desktop.key("e")
    app.window()
    desktop.type(str(nginx.port))
    desktop.key("Return")
    assert_serves(app.wait_serving(), nginx)


def expose(desktop, port):
    desktop.key("ctrl+n")
    desktop.type(str(port))
    desktop.key("Return")


def test_a_second_start_raises_the_first_window_and_hands_over_its_port(lab, nginx):
    desktop = lab.desktop(keyring=False)
    app = lab.http_tunnel(desktop)
    window = app.window()
    desktop.minimize(window)
    assert app.start_again() == 0
    desktop.wait(lambda: desktop.active() == window, "the window did not come back")
    assert app.start_again("--expose", nginx.port) == 0
    assert_serves(app.wait_serving(), nginx)
    assert desktop.windows(f"^{MAIN_WINDOW}$") == [window]


@pytest.mark.parametrize("end", ["quit", "kill9"])
def test_tunnels_and_urls_are_the_same_after(lab, nginx, end):
    desktop = lab.desktop(keyring=False)
    app = lab.http_tunnel(desktop, "--expose", nginx.port)
    app.wait_serving()
    app.window()
    other = lab.nginx(server="location = / { return 200 other; }")
    expose(desktop, other.port)
    app.wait_serving(1)
    before = urls(app)
    if end == "quit":
        app.window()
        desktop.key("ctrl+q")
        assert app.process.wait_exit() == 0
    else:
        app.process.kill9()
    assert not answers(app.routes()[0])
    app.start()
    assert_serves(app.wait_serving(0), nginx)
    assert fetch(app.wait_serving(1), "GET", "/").body == b"other"
    assert urls(app) == before


def close_window(desktop, app):
    """The first time, the window says what closing means; who closes again means it."""
    window = app.window()

    def gone():
        if window not in desktop.windows(f"^{MAIN_WINDOW}$"):
            return True
        desktop.key("alt+F4")
        return False
    desktop.wait(gone, "the window does not close")


def test_closing_the_window_leaves_the_tunnels_in_the_tray(lab, nginx):
    desktop = lab.desktop(keyring=False)
    app = lab.http_tunnel(desktop, "--expose", nginx.port)
    route = app.wait_serving()
    close_window(desktop, app)
    desktop.wait(lambda: not desktop.windows(f"^{MAIN_WINDOW}$"), "the window is still there")
    assert_serves(route, nginx)
    desktop.click_on(desktop.tray_icon())
    app.window()


def test_without_a_tray_the_window_says_so_and_ends_the_program(lab, nginx):
    desktop = lab.desktop(keyring=False, tray=False)
    app = lab.http_tunnel(desktop, "--expose", nginx.port)
    assert_serves(app.wait_serving(), nginx)
    close_window(desktop, app)
    assert app.process.wait_exit() == 0


def test_a_hidden_start_without_a_tray_stays_reachable(lab):
    desktop = lab.desktop(keyring=False, tray=False)
    app = lab.http_tunnel(desktop, "--hidden")
    app.wait_listening()
    assert app.start_again() == 0
    app.window()
