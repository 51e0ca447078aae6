"""Where tokens are when the keyring is not as one wishes: not there, locked, or its question refused. The user is told
plainly and chooses; a picture of each state is kept. One desktop for the whole file, in the order of the tests: its
keyring starts in the middle."""

import base64
import json
import pathlib
import shutil
import stat
import time

import pytest

from support.accessible import Accessible
from support.compare import assert_equal
from support.rawhttp import fetch

TOKEN = "token-0123456789-abcdefghijklmnop"
PASSPHRASE = "correct horse battery staple"
KEYRING_PASSWORD = "of-the-keyring"
SETTINGS = "^Settings"
PROMPT_SECONDS = 2  # until the keyring's question is gone that was answered
UNLOCK = "^Unlock your saved tokens"
KEYRING_PROMPT = "^Unlock Login Keyring$"


class Window:
    def __init__(self, lab):
        self.desktop = lab.desktop(keyring="later", accessible=True)
        self.screen = Accessible(self.desktop)

    def folder(self, base="XDG_CONFIG_HOME"):
        return pathlib.Path(self.desktop.env[base]) / "http-tunnel"

    def reads(self, sentence):
        return self.screen.find("label", sentence)

    def settings(self, app):
        app.window()
        self.desktop.key("ctrl+comma")
        self.desktop.front(SETTINGS)

    def dialog(self, title):
        return self.desktop.front(title)

    def gone(self, title):
        self.desktop.wait(lambda: not self.desktop.windows(title), lambda: f"{title} is still there")

    def refuse_prompt(self):
        """Escape until the keyring's question is gone: one that has just come may not hear the keyboard yet."""
        self.desktop.window(KEYRING_PROMPT)

        def refused():
            if not self.desktop.windows(KEYRING_PROMPT):
                return True
            prompt = self.desktop.front(KEYRING_PROMPT)
            self.desktop.key("Escape")
            try:
                return self.desktop.wait(lambda: prompt not in self.desktop.windows(KEYRING_PROMPT), "", PROMPT_SECONDS)
            except AssertionError:
                return False
        self.desktop.wait(refused, "the keyring's question does not go")

    def save_token(self, app, token):
        """Settings open where a token is missing, with the keyboard in its field, once the window has heard that it is."""
        def opened():
            self.settings(app)
            try:
                return self.screen.focused("password text", 5)
            except AssertionError:
                self.desktop.key("Escape")
                return None
        self.desktop.wait(opened, "Settings never open where the token is missing")
        self.screen.type("password text", token)
        self.desktop.key("Return")


class Shop:
    """A saved tunnel `shop` through a tunnel-relay that asks for TOKEN, of a fresh user."""

    def __init__(self, lab, window, token=TOKEN, sealed=None):
        for base in ("XDG_CONFIG_HOME", "XDG_STATE_HOME"):
            shutil.rmtree(window.folder(base), ignore_errors=True)
        self._desktop = window.desktop
        self.nginx = lab.nginx()
        (self.nginx.www / "index.html").write_text("<title>Shop</title><h1>shop</h1>")
        self.relay = lab.relay(token=token)
        window.folder().mkdir(parents=True)
        (window.folder() / "tunnels.toml").write_text(
            f'[[tunnel]]\nname = "shop"\ntarget = "localhost:{self.nginx.port}"\nserver = "{self.relay.url}"\n')
        if sealed:
            (window.folder() / "secrets.sealed").write_bytes(sealed)
        self.app = lab.http_tunnel(self._desktop)

    def refusals(self, times):
        said = self.relay.process.stderr
        self._desktop.wait(lambda: said().count("asks for a token") == times, lambda: f"not refused: {said()}")

    def wait_online(self):
        route = self.relay.subdomain("shop")
        self._desktop.wait(lambda: fetch(route, "GET", "/").status == 200, lambda: self.relay.process.stderr())
        assert_equal(fetch(route, "GET", "/"), fetch(self.nginx.route(), "GET", "/"))

    def restart(self):
        assert self.app.process.stop() == 0
        self.app.start()


@pytest.fixture(scope="module")
def window(shared_lab):
    return Window(shared_lab)


def token_that_expires(seconds):
    """A JSON Web Token by its looks: the relay of these tests knows it as a word, and nobody checks a signature."""
    parts = ({"alg": "HS256"}, {"sub": "alice", "exp": int(time.time() + seconds)})
    texts = [base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts]
    return ".".join([*texts, "c2lnbmF0dXJl"])


def files_with(text, folder):
    return [path for path in folder.rglob("*") if path.is_file() and text.encode() in path.read_bytes()]


def test_without_a_keyring_the_user_chooses_an_encrypted_file(window, lab):
    shop = Shop(lab, window)
    shop.refusals(1)
    window.settings(shop.app)
    window.reads("^No keyring answers")
    window.desktop.picture("keyring-none")
    window.screen.press("push button", "^Keep them in an encrypted file")
    window.dialog("^Keep tokens in an encrypted file")
    window.screen.type("password text", PASSPHRASE)
    window.desktop.key("alt+a")
    window.screen.type("password text", PASSPHRASE)
    window.desktop.picture("keyring-file-new")
    window.desktop.key("Return")
    window.reads("^Tokens are kept in the encrypted file")
    window.save_token(shop.app, TOKEN)
    shop.wait_online()
    window.reads("^A token is saved in the encrypted file")
    window.desktop.picture("keyring-file-saved")
    sealed = window.folder() / "secrets.sealed"
    window.desktop.wait(sealed.exists, "no file")
    assert stat.S_IMODE(sealed.stat().st_mode) == 0o600
    for secret in (TOKEN, PASSPHRASE):
        assert files_with(secret, window.desktop.folder) == []
        for name in ("cmdline", "environ"):
            assert secret.encode() not in pathlib.Path(f"/proc/{shop.app.process.pid}/{name}").read_bytes()

    shop.restart()
    window.dialog(UNLOCK)
    window.screen.type("password text", "correct horse")
    window.desktop.key("Return")
    window.reads("^This is not the passphrase")
    window.desktop.picture("keyring-file-wrong")
    window.screen.type("password text", PASSPHRASE)  # what was wrong is selected
    window.desktop.key("Return")
    shop.wait_online()

    passphrase = lab.new_folder("passphrase") / "passphrase"
    passphrase.write_text(PASSPHRASE + "\n")
    folder = lab.new_folder("ttf")
    (folder / "config/http-tunnel").mkdir(parents=True)
    shutil.copy(sealed, folder / "config/http-tunnel")
    ttf = lab.ttf("http", shop.nginx.port, "--name", "other", "--relay", shop.relay.url, "--passphrase-file",
                  passphrase, folder=folder)
    ttf.wait_online()
    assert fetch(shop.relay.subdomain("other"), "GET", "/").status == 200
    locked = lab.ttf("http", shop.nginx.port, "--name", "third", "--relay", shop.relay.url, folder=folder)
    assert locked.process.wait_exit() == 3
    assert "--passphrase-file" in locked.process.stderr()


def test_who_does_not_unlock_goes_on_without(window, lab):
    sealed = (window.folder() / "secrets.sealed").read_bytes()
    shop = Shop(lab, window, sealed=sealed)
    window.dialog(UNLOCK)
    window.desktop.key("Escape")
    window.gone(UNLOCK)
    shop.refusals(1)
    shop.app.window()
    window.reads("file with the saved tokens is locked")
    window.desktop.picture("keyring-file-locked")
    window.settings(shop.app)
    window.screen.press("push button", "^Unlock")
    window.dialog(UNLOCK)
    window.screen.type("password text", PASSPHRASE)
    window.desktop.key("Return")
    window.gone(UNLOCK)
    window.reads("^Tokens are kept in the encrypted file")


def test_a_locked_keyring_is_waited_for(window, lab):
    window.desktop.start_keyring(KEYRING_PASSWORD)
    shop = Shop(lab, window)
    shop.refusals(1)
    window.save_token(shop.app, TOKEN)
    shop.wait_online()
    assert shop.app.process.stop() == 0
    window.desktop.lock_keyring()
    shop.app.start()
    prompt = window.desktop.window(KEYRING_PROMPT)
    window.reads("^Tunnels wait for their saved tokens")
    window.desktop.picture("keyring-locked")
    window.desktop.activate(prompt)
    window.desktop.type(KEYRING_PASSWORD)
    window.desktop.key("Return")
    shop.wait_online()
    assert files_with(TOKEN, window.desktop.folder) == []


def test_the_end_of_a_token_is_told_ahead(window, lab):
    token = token_that_expires(6 * 24 * 3600 + 1800)
    shop = Shop(lab, window, token)
    shop.refusals(1)
    window.save_token(shop.app, token)
    shop.wait_online()
    window.screen.find("*", "^Expires in 6 days$")
    window.desktop.picture("token-expires-settings")
    shop.app.window()
    window.reads("^The token for 127.0.0.1 expires in 6 days. Ask its operator")
    window.desktop.picture("token-expires")
    ttf = lab.ttf("http", shop.nginx.port, "--name", "other", "--relay", shop.relay.url, token=token)
    ttf.wait_online()
    assert "the token for 127.0.0.1 expires in 6 days" in ttf.process.stderr()


def test_a_refused_question_is_told(window, lab):
    shop = Shop(lab, window)
    shop.refusals(1)
    window.save_token(shop.app, TOKEN)
    shop.wait_online()
    assert shop.app.process.stop() == 0
    window.desktop.lock_keyring()
    shop.app.start()
    window.refuse_prompt()
    shop.refusals(2)
    shop.app.window()
    window.reads("keyring stays locked")
    window.desktop.picture("keyring-refused")
    window.desktop.key("ctrl+comma")
    for _ in range(2):  # whether it works, and whether it has a token for the server
        window.refuse_prompt()
    window.reads("^The keyring stays locked")
    window.desktop.activate(window.desktop.window(SETTINGS))
    window.desktop.picture("keyring-refused-settings")
