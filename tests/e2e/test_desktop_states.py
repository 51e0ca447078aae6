"""What goes wrong is told in the window, with what to do, and mends itself where it can. The sentences are read as a
screen reader reads them; a picture of each state is kept."""

import os
import pathlib
import shutil

import pytest

from support.accessible import Accessible
from support.compare import assert_equal
from support.http_tunnel import answers
from support.rawhttp import fetch
from support.tunnel import BIN

NO_NETWORK = ["unshare", "--net"] if os.geteuid() == 0 else ["unshare", "--map-root-user", "--net"]


class Window:
    """One desktop for the whole file, for each test a fresh user on it."""

    def __init__(self, lab):
        self._lab = lab
        self.desktop = lab.desktop(accessible=True)
        self.screen = Accessible(self.desktop)

    def start(self, lab, tunnels="", **how):
        folder = pathlib.Path(self.desktop.env["XDG_CONFIG_HOME"]) / "http-tunnel"
        for base in ("XDG_CONFIG_HOME", "XDG_STATE_HOME"):
            shutil.rmtree(pathlib.Path(self.desktop.env[base]) / "http-tunnel", ignore_errors=True)
        folder.mkdir(parents=True)
        (folder / "tunnels.toml").write_text(tunnels)
        return lab.http_tunnel(self.desktop, **how)

    def select(self, tunnel):
        """Chooses a tunnel, `NAME, STATE`, in the list at the left."""
        self.screen.click(self.screen.find("list item", f"^{tunnel}"))

    def reads(self, sentence):
        self.screen.find("label", sentence)


@pytest.fixture(scope="module")
def window(shared_lab):
    return Window(shared_lab)


def serving(lab, **how):
    nginx = lab.nginx(**how)
    (nginx.www / "index.html").write_text("<title>Shop</title><h1>shop</h1>")
    return nginx


def entry(name, port, server=""):
    return f'[[tunnel]]\nname = "{name}"\ntarget = "localhost:{port}"\n' + (f'server = "{server}"\n' if server else "")


def test_a_name_that_somebody_else_uses(window, lab):
    nginx, relay = lab.nginx(), lab.relay()
    lab.tunnel(relay, nginx.port, "shop")
    app = window.start(lab, entry("shop", nginx.port, relay.url))
    app.window()
    window.select("shop, Failed")
    window.reads("uses the name “shop”.*Rename the tunnel")
    assert window.screen.find("push button", "^Rename$")
    window.desktop.picture("state-name-taken")


def test_a_relay_that_goes_away_and_comes_back(window, lab):
    nginx, relay = serving(lab), lab.relay()
    app = window.start(lab, entry("shop", nginx.port, relay.url))
    app.window()
    window.select("shop, Online")
    relay.process.kill9()
    window.screen.find("list item", "^shop, Reconnecting")
    window.desktop.picture("state-relay-gone")
    relay.start()
    window.screen.find("list item", "^shop, Online")
    assert_equal(fetch(relay.subdomain("shop"), "GET", "/"), fetch(nginx.route(), "GET", "/"))


def test_a_port_that_another_program_has_taken(window, lab):
    nginx = serving(lab)
    app = window.start(lab, entry("shop", nginx.port))
    former = app.wait_serving().port
    assert app.process.stop() == 0
    other = lab.nginx(port=former)
    app.start()
    app.window()
    window.reads(f"Another program has taken port {former}")
    window.desktop.picture("state-port-in-use")
    assert app.wait_serving().port != former
    assert app.process.stop() == 0
    other.close()
    app.start()
    assert app.wait_serving().port == former


def test_no_network(window, lab):
    app = window.start(lab, entry("shop", 3000, "https://tunnel.example.com"),
                       program=[*NO_NETWORK, BIN / "http-tunnel"])
    app.window()
    window.select("shop, (Connecting|Reconnecting)")
    window.reads("^Host not found. There is no connection to tunnel.example.com yet.")
    window.desktop.picture("state-no-network")


def test_a_local_service_that_does_not_listen(window, lab):
    nginx = serving(lab)
    app = window.start(lab, entry("shop", nginx.port))
    route = app.wait_serving()
    app.window()
    nginx.close()
    assert fetch(route, "GET", "/orders").status == 503
    window.select("shop")
    window.desktop.picture("state-service-down")
    serving(lab, port=nginx.port)
    assert answers(route)


def test_no_tray(window, lab):
    """Last in this file: the tray of its desktop is gone."""
    window.desktop.tray.stop()
    nginx = serving(lab)
    app = window.start(lab, entry("shop", nginx.port))
    app.wait_serving()
    app.window()
    window.desktop.key("alt+F4")
    window.reads("no tray, so closing the window ends HTTP Tunnel")
    window.desktop.picture("state-no-tray")
    window.desktop.key("alt+F4")
    assert app.process.wait_exit() == 0
