"""Tokens of servers: saved in Settings they are in the keyring and in no file, and the tunnel they were missing for
starts by itself. What is wrong is said with the way to mend it: pictures of that are kept."""

import pathlib

from support.compare import assert_equal
from support.rawhttp import fetch

TOKEN = "token-0123456789-abcdefghijklmnop"


class Shop:
    """A saved tunnel `shop` through a tunnel-relay that asks for TOKEN, and the program that runs it."""

    def __init__(self, lab, **desktop):
        self.nginx = lab.nginx()
        (self.nginx.www / "index.html").write_text("<title>Shop</title><h1>shop</h1>")
        self.relay = lab.relay(token=TOKEN)
        self.desktop = lab.desktop(**desktop)
        folder = pathlib.Path(self.desktop.env["XDG_CONFIG_HOME"]) / "http-tunnel"
        folder.mkdir(parents=True)
        (folder / "tunnels.toml").write_text(
            f'[[tunnel]]\nname = "shop"\ntarget = "localhost:{self.nginx.port}"\nserver = "{self.relay.url}"\n')
        self.app = lab.http_tunnel(self.desktop)
        self.wait_refused("asks for a token", 1)

    def wait_refused(self, reason, times):
        self.desktop.wait(lambda: self.relay.process.stderr().count(reason) == times,
                          lambda: f"not refused because it {reason}: {self.relay.process.stderr()}")

    def save_token(self, token):
        self.desktop.save_token(self.app, token, self.relay)

    def wait_online(self):
        route = self.relay.subdomain("shop")
        self.desktop.wait(lambda: fetch(route, "GET", "/").status == 200, lambda: self.relay.process.stderr())
        assert_equal(fetch(route, "GET", "/"), fetch(self.nginx.route(), "GET", "/"))

    def kept(self):
        return self.desktop.secret(user=self.relay.url, server="http-tunnel")


def files_with(text, folder):
    return [path for path in folder.rglob("*") if path.is_file() and text.encode() in path.read_bytes()]


def test_a_token_is_kept_in_the_keyring_and_in_no_file(lab):
    shop = Shop(lab)
    shop.save_token(TOKEN)
    shop.wait_online()
    assert shop.kept() == TOKEN
    assert files_with(TOKEN, shop.desktop.folder) == []
    assert shop.app.process.stop() == 0
    shop.app.start()
    shop.wait_online()


def test_a_wrong_token_is_told_and_replaced(lab):
    shop = Shop(lab)
    shop.save_token("wrong-" + TOKEN)
    shop.wait_refused("does not know the token", 1)
    shop.app.window()
    shop.desktop.picture("desktop-wrong-token")
    shop.save_token(TOKEN)
    shop.wait_online()
    assert shop.kept() == TOKEN


def test_without_a_keyring_a_token_lasts_until_the_end(lab):
    shop = Shop(lab, keyring=False)
    shop.save_token(TOKEN)
    shop.wait_online()
    shop.desktop.picture("desktop-no-keyring")
    assert files_with(TOKEN, shop.desktop.folder) == []
    assert shop.app.process.stop() == 0
    shop.app.start()
    shop.wait_refused("asks for a token", 2)
