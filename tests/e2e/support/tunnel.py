"""The product: `ttf` and `tunnel-relay` as processes, their events and metrics as Python values."""

import json
import os
import pathlib
import re

from .process import Process
from .rawhttp import Route, fetch
from .waiting import accepts, free_port, wait_until

BIN = pathlib.Path(os.environ.get("TUNNEL_BIN", pathlib.Path(__file__).parents[3] / "build/dev/bin")).resolve()
ONLINE_SECONDS = 15


class Relay:
    """A tunnel-relay on loopback. `config` is TOML text; the listeners always come from the command line."""

    def __init__(self, folder, port=None, admin=None, config=None, token=None, options=(),
                 program=(BIN / "tunnel-relay",)):
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self.port = port or free_port()
        self.admin = admin or free_port()
        argv = [*program, "--listen", f"127.0.0.1:{self.port}", "--admin", f"127.0.0.1:{self.admin}",
                "--domain", "localhost", *options]
        if config is not None:
            (folder / "relay.toml").write_text(config)
            argv += ["--config", folder / "relay.toml"]
        if token is not None:
            (folder / "relay.token").write_text(token + "\n")
            argv += ["--token-file", folder / "relay.token"]
        self._argv = argv
        self.start()

    def start(self):
        self.process = Process("tunnel-relay", self._argv, self._folder)
        wait_until(lambda: accepts(self.port) or not self.process.running(), 20, "tunnel-relay does not listen")
        assert self.process.running(), f"tunnel-relay ended: {self.process.tail()}"

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def apex(self):
        return Route(self.port, f"localhost:{self.port}")

    def subdomain(self, name):
        return Route(self.port, f"{name}.localhost:{self.port}")

    def path(self, name):
        return Route(self.port, f"localhost:{self.port}", f"/{name}")

    def get_admin(self, target):
        return fetch(Route(self.admin, f"127.0.0.1:{self.admin}"), "GET", target)

    def metrics(self):
        """{"name{labels}": value} from /metrics."""
        text = self.get_admin("/metrics").body.decode()
        lines = [line for line in text.splitlines() if line and not line.startswith("#")]
        return {name: float(value) for name, value in (line.rsplit(" ", 1) for line in lines)}

    def check_messages(self):
        """Messages of v2 are as long as they are; see AwsSide."""

    def close(self):
        self.process.stop(seconds=45)
        self.process.check_health()


class Ttf:
    """A `ttf`, with --json unless told otherwise. The user's home is `folder`, so that runs do not see each other."""

    def __init__(self, folder, arguments, token=None, json_events=True, program=(BIN / "ttf",)):
        folder.mkdir(parents=True, exist_ok=True)
        self._arguments = [*program, *arguments, *(["--json"] if json_events else [])]
        self._folder = folder
        self._env = {"HTTP_TUNNEL_STATE_DIR": str(folder / "state"), "HOME": str(folder),
                     "XDG_CONFIG_HOME": str(folder / "config"), "XDG_STATE_HOME": str(folder / "xdg-state"),
                     "XDG_DATA_HOME": str(folder / "data"), "TUNNEL_TOKEN": token,
                     "DISPLAY": None, "WAYLAND_DISPLAY": None}  # None: not in the environment
        self.start()

    def start(self):
        self.process = Process("ttf", self._arguments, self._folder, self._env)
        self._offset = self.process.stdout_path.stat().st_size  # a restart appends
        self._lines_seen = []

    def events(self, kind=None):
        """Events of this run so far; each line must parse."""
        with open(self.process.stdout_path, "rb") as output:
            output.seek(self._offset)
            whole, newline, _ = output.read().rpartition(b"\n")
        self._offset += len(whole) + len(newline)
        self._lines_seen += [json.loads(line) for line in whole.splitlines()]
        return [event for event in self._lines_seen if kind in (None, event["event"])]

    def wait_event(self, kind, seconds=ONLINE_SECONDS, count=1, where=lambda event: True):
        """The count-th matching event."""
        def found():
            matching = [event for event in self.events(kind) if where(event)]
            assert len(matching) >= count or self.process.running(), f"ttf ended: {self.process.tail()}"
            return matching[count - 1:count]
        return wait_until(found, seconds,
                          lambda: f"no {kind} x{count} in {self.events()[-5:]}; {self.process.tail()}")[0]

    def output(self):
        return self.process.stdout_path.read_text()

    def wait_text(self, text, seconds=ONLINE_SECONDS):
        """For a run without --json."""
        wait_until(lambda: text in self.output() or not self.process.running(), seconds, self.output)
        assert text in self.output(), f"{self.output()} {self.process.tail()}"

    def wait_online(self, count=1, seconds=ONLINE_SECONDS):
        return self.wait_event("online", seconds, count)

    def routes(self):
        """{"subdomain": Route, "path": Route} of the first tunnel, from the URLs it printed."""
        online = self.wait_online()
        return {"subdomain": route_of(online["subdomain_url"]), "path": route_of(online["path_based_url"])}

    def close(self):
        self.process.stop()
        self.process.check_health()


def route_of(url):
    """The names under .localhost are loopback by definition (RFC 6761), with or without a resolver that knows."""
    scheme, host, port, path = re.fullmatch(r"(http|https)://([^/:]+):(\d+)(/.*)?", url).groups()
    assert host.endswith("localhost") or host == "127.0.0.1", url
    return Route(int(port), f"{host}:{port}", (path or "").rstrip("/"))
