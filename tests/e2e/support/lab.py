"""What one test (or one module) starts, stopped in reverse order at its end, whatever happened."""

import itertools

from .aws.public_side import AwsSide
from .desktop import Desktop
from .http_tunnel import HttpTunnel
from .raw_origin import RawOrigin
from .servers import Httpbin, Nginx
from .tunnel import BIN, Relay, Ttf
from .waiting import ON_AWS


class Lab:
    def __init__(self, folder):
        self.folder = folder
        self._numbers = itertools.count(1)
        self._open = []
        self._aws = None

    def _keep(self, thing):
        self._open.append(thing)
        return thing

    def new_folder(self, name):
        folder = self.folder / f"{name}-{next(self._numbers)}"
        folder.mkdir(parents=True)
        return folder

    def relay(self, **how):
        if ON_AWS:
            self._aws = self._keep(AwsSide(self.new_folder("aws"), **how))
            return self._aws
        return self._keep(Relay(self.new_folder("relay"), **how))

    def ttf(self, *arguments, folder=None, **how):
        if self._aws:
            how.setdefault("token", self._aws.token)  # nobody gets in without one
        return self._keep(Ttf(folder or self.new_folder("ttf"), [str(part) for part in arguments], **how))

    def tunnel(self, relay, port, name, *options, token=None):
        """`ttf http PORT --name NAME` through `relay`, online."""
        if ON_AWS and not (BIN / "ttf").exists():  # a build without Qt
            return self._keep(relay.tunnel(port, name, token, *options))
        given = {"token": token} if token else {}
        client = self.ttf("http", port, "--name", name, "--relay", relay.url, *options, **given)
        client.wait_online()
        return client

    def desktop(self, **how):
        return self._keep(Desktop(self.new_folder("desktop"), **how))

    def http_tunnel(self, desktop, *arguments, **how):
        return self._keep(HttpTunnel(desktop, *[str(part) for part in arguments], **how))

    def nginx(self, **how):
        return self._keep(Nginx(self.new_folder("nginx"), **how))

    def httpbin(self):
        return self._keep(Httpbin(self.new_folder("httpbin")))

    def origin(self, handler, tls=None):
        return self._keep(RawOrigin(handler, tls))

    def logs(self):
        """The end of each process's log, for the report of a failed test."""
        processes = [thing.process for thing in self._open if hasattr(thing, "process")]
        return "\n".join(f"--- {process.name} ({process.pid})\n{process.tail()}" for process in processes)

    def close(self):
        failures = []
        for thing in reversed(self._open):
            try:
                thing.close()
            except AssertionError as failure:
                failures.append(str(failure))
        assert not failures, "\n".join(failures)
