"""The serverless side as tests use it: `bootstrap` on a local AWS, tunnels through it, routes to them."""

import pathlib

from ..rawhttp import Route
from ..tunnel import BIN
from .local import LocalAws
from .v1_tunnel import V1Tunnel, make_token

SECRET = "a secret of the tests, longer than 32 bytes"
UNTHROTTLED = 1_000_000


class Serverless:
    def __init__(self, template, folder, **how):
        self.aws = LocalAws(template, [BIN / "bootstrap"], pathlib.Path(folder), SECRET, **how)
        for bucket in (self.aws.web.bucket, self.aws.links.bucket):
            bucket.set(UNTHROTTLED, UNTHROTTLED)
        self._tunnels = []

    def token(self, sub="alice", **claims):
        return make_token(SECRET, sub, **claims)

    def tunnel(self, port=None, name=None, token=None, online=True, **how):
        tunnel = V1Tunnel(self.aws.links.url, token or self.token(), port, name, **how)
        self._tunnels.append(tunnel)
        return tunnel.wait_online() if online else tunnel

    def subdomain(self, name):
        return Route(self.aws.web.port, f"{name}.localhost:{self.aws.web.port}")

    def path(self, name):
        return Route(self.aws.web.port, f"localhost:{self.aws.web.port}", f"/{name}")

    def apex(self):
        return Route(self.aws.web.port, f"localhost:{self.aws.web.port}")

    def leave(self):
        """Ends the tunnels, and waits until their ends were noticed."""
        for tunnel in self._tunnels:
            tunnel.close()
        self._tunnels.clear()
        self.aws.wait_links(0)

    def remains(self):
        """What is left of tunnels and requests once everybody has gone, and a minute has passed: queues forget by themselves."""
        items = self.aws.items()
        connections, = [rows for name, rows in items.items() if name.endswith("-connections")]
        return {"connections": connections, "messages": {name: count for name, count in self.aws.sqs.waiting(after=61).items() if count}}

    def close(self, check=True):
        try:
            self.leave()
            if check:
                self.aws.check()
        finally:
            self.aws.close()
