"""The product in its window: http-tunnel on a Desktop, and what it leaves in the folders of its user."""

import json
import os
import pathlib
import tomllib

from .process import Process
from .rawhttp import Route, fetch
from .tunnel import BIN
from .waiting import wait_until

MAIN_WINDOW = "HTTP Tunnel"
ONLINE_SECONDS = 20


class HttpTunnel:
    """`debian`: the FreshDebian it runs in, with its user's folders there."""

    def __init__(self, desktop, *arguments, program=(BIN / "http-tunnel",), debian=None):
        self._desktop = desktop
        self._program = debian.command("/usr/bin/http-tunnel") if debian else program
        self._root = debian.folder if debian else "/"
        if debian:
            self._folder_of("XDG_RUNTIME_DIR").mkdir(mode=0o700, parents=True)
        self.start(*arguments)

    def start(self, *arguments):
        self.process = self._run(*arguments)

    def _run(self, *arguments):
        desktop = self._desktop
        # libxkbcommon copies a part of what the X server sent by strndup(), which needs no end; that check wants one.
        options = {"ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", "") + ":strict_string_checks=0"}
        return Process("http-tunnel", [*self._program, *arguments], desktop.folder, {**desktop.env, **options})

    def wait_listening(self, seconds=ONLINE_SECONDS):
        """Until it is the one that later starts hand over to."""
        folder = self._folder_of("XDG_RUNTIME_DIR")
        wait_until(lambda: any(path.is_socket() and "http-tunnel" in path.name for path in folder.iterdir()), seconds,
                   lambda: f"no socket for later starts; {self.process.tail()}")

    def start_again(self, *arguments):
        """A second start while the first one runs: its exit code."""
        return self._run(*arguments).wait_exit()

    def window(self, seconds=ONLINE_SECONDS):
        """The main window, in front and with the keyboard."""
        window = self._desktop.window(f"^{MAIN_WINDOW}$", seconds)
        self._desktop.activate(window)
        return window

    def _folder_of(self, variable):
        return pathlib.Path(f"{self._root}/{self._desktop.env[variable]}")

    def _read(self, base, name):
        path = self._folder_of(base) / "http-tunnel" / name
        return path.read_text() if path.exists() else ""

    def tunnels(self):
        """The tunnels of tunnels.toml, each a dict."""
        return tomllib.loads(self._read("XDG_CONFIG_HOME", "tunnels.toml")).get("tunnel", [])

    def relay_port(self):
        """The port of the embedded relay in the last run; 0: none yet."""
        return json.loads(self._read("XDG_STATE_HOME", "state.json") or "{}").get("relay_port", 0)

    def routes(self):
        """Where each saved tunnel is reached through the embedded relay."""
        port = self.relay_port()
        return [Route(port, f"{tunnel['name']}.localhost:{port}") for tunnel in self.tunnels() if port]

    def wait_serving(self, index=0, seconds=ONLINE_SECONDS):
        """The route of a tunnel, once it serves what the local service serves."""
        def serving():
            assert self.process.running(), f"http-tunnel ended: {self.process.tail()}"
            return len(self.routes()) > index and answers(self.routes()[index])
        wait_until(serving, seconds, lambda: f"{self.tunnels()} on {self.relay_port()}; {self.process.tail()}")
        return self.routes()[index]

    def close(self):
        self.process.stop()
        self.process.check_health()


def answers(route):
    try:
        return fetch(route, "GET", "/").status == 200
    except (OSError, AssertionError):
        return False
