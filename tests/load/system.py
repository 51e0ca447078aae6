"""The programs under load: a relay, and for the soak an nginx as local service and a ttf between them."""

import contextlib
import http.client
import os
import resource
import signal

from origin import start_nginx
from process import Child, free_port, wait_until
from samples import sample

READY_SECONDS = 30
FEW_DESCRIPTORS = 1024  # what a shell gives a program; the relay raises it itself
ORIGIN_BYTES = 1024
ORIGIN = """
    server {{
        listen 127.0.0.1:{port} backlog=4096;
        default_type text/plain;
        location / {{ return 200 {body}; }}
    }}
"""


def allow_descriptors():
    """As many as this process may have, for the generator's thousands of sockets."""
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return hard


class Relay:
    """One tunnel-relay on a port that it keeps over restarts. All visitors come from one address; `limits` is TOML."""

    def __init__(self, programs, folder, limits=""):
        self.port = free_port()
        self._config = folder / "relay.toml"
        self._config.write_text(f"[limits]\nmax_connections_per_address = 1000000\n{limits}")
        self._program = programs / "tunnel-relay"
        self._folder = folder
        self._starts = 0
        self.start()

    def start(self):
        self._starts += 1
        argv = ["prlimit", f"--nofile={FEW_DESCRIPTORS}:", self._program, "--listen", f"127.0.0.1:{self.port}",
                "--domain", "localhost", "--config", self._config]
        self.child = Child("tunnel-relay", argv, self._folder / f"relay-{self._starts}.log")
        wait_until(self._listening, READY_SECONDS, "tunnel-relay listens")

    def _listening(self):
        if not self.child.alive():
            raise RuntimeError(f"tunnel-relay ended: {self.child.tail()}")
        with self.child.log.open() as log:  # its first line: clients that are back at once write the next thousands
            return log.readline().startswith("listening on")

    @property
    def pid(self):
        return self.child.pids()[0]

    def sample(self):
        return sample(self.pid)

    def kill(self):
        """As if its machine lost power: no drain, no goodbye."""
        os.kill(self.pid, signal.SIGKILL)
        wait_until(lambda: not self.child.alive(), READY_SECONDS, "the killed relay is gone")

    def stop(self):
        self.child.stop()


class Service:
    """nginx with one small answer, and the ttf that exposes it as NAME.localhost."""

    def __init__(self, programs, folder, relay, name="soak"):
        self.host = f"{name}.localhost"
        port = free_port()
        self._nginx = start_nginx("origin", folder, ORIGIN.format(port=port, body="x" * ORIGIN_BYTES))
        # It prints a line for each request: millions of them in a soak.
        self.ttf = Child("ttf", [programs / "ttf", "http", port, "--name", name, "--relay",
                                 f"http://127.0.0.1:{relay.port}"], "/dev/null",
                         env={"HTTP_TUNNEL_STATE_DIR": str(folder), "HTTP_TUNNEL_CONFIG_DIR": str(folder)})
        wait_until(lambda: self._serves(relay.port), READY_SECONDS, "the tunnel serves")

    def sample(self):
        return sample(self.ttf.pids()[0])

    def _serves(self, port):
        if not self.ttf.alive():
            raise RuntimeError("ttf ended")
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
        with contextlib.closing(connection), contextlib.suppress(OSError, http.client.HTTPException):
            connection.request("GET", "/", headers={"Host": self.host})
            response = connection.getresponse()
            return response.status == 200 and len(response.read()) == ORIGIN_BYTES
        return False

    def stop(self):
        self.ttf.stop()
        self._nginx.stop()
