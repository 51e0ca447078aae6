"""No secret leaves the programs but to where it belongs: after a run with good and wrong tokens, passwords, traffic and
failures, none is in a log, in a file of configuration or state, in the list of processes, in their environment, or in a
core file, of which there is none."""

import base64
import os
import pathlib

from support.rawhttp import fetch
from support.tunnel import BIN
from support.waiting import wait_until

# Each is looked for as it is and as base64.
TOKEN = "token-of-the-leak-hunt-0123456789"
WRONG = "wrong-token-of-the-leak-hunt-012345"
PASSWORD = "visitors-password-of-the-leak-hunt"
SECRETS = (TOKEN, WRONG, PASSWORD)
# A sanitizer's runtime would forbid core files itself, and end the program with a report instead of the signal.
PLAIN_CRASHES = ":disable_coredump=0:handle_segv=0:strict_string_checks=0"
SANITIZERS = tuple(f"{name}={os.environ[name]}{PLAIN_CRASHES}" for name in ("ASAN_OPTIONS", "TSAN_OPTIONS")
                   if name in os.environ)
UNLIMITED = ("env", *SANITIZERS, "prlimit", "--core=unlimited:unlimited")
CORE_PATTERN = pathlib.Path("/proc/sys/kernel/core_pattern").read_text().strip()


def spellings(secret):
    """The secret, and what every base64 of a text with it has in the middle, whatever stands before it."""
    raw = secret.encode()
    yield raw
    for shift in range(3):
        text = base64.b64encode(b"x" * shift + raw)
        yield text[4 if shift else 0:-4]


def leaks(folder, allowed=()):
    """(file, secret) of each file in which one is."""
    found = []
    for path in folder.rglob("*"):
        if not path.is_file() or path in allowed:
            continue
        content = path.read_bytes()
        found += [(str(path), secret) for secret in SECRETS if any(part in content for part in spellings(secret))]
    return found


def process_leaks(process, *names):
    """What of a running process everybody, or its user, reads in /proc."""
    found = []
    for name in names:
        content = pathlib.Path(f"/proc/{process.pid}/{name}").read_bytes()
        found += [(process.name, name, secret) for secret in SECRETS if secret.encode() in content]
    return found


def test_spellings_are_found(tmp_path):
    for number, text in enumerate((TOKEN, base64.b64encode(b"guest:" + PASSWORD.encode()).decode())):
        (tmp_path / str(number)).write_text(f"Authorization: {text}\n")
    assert {secret for _, secret in leaks(tmp_path)} == {TOKEN, PASSWORD}


class Run:
    """Desktop app, ttf in three ways and a relay, all of them talkative, with traffic and failures."""

    def __init__(self, lab):
        self.nginx = lab.nginx()
        (self.nginx.www / "index.html").write_text("<h1>shop</h1>")
        self.relay = lab.relay(token=TOKEN, options=("--log-level", "debug"),
                               program=(*UNLIMITED, BIN / "tunnel-relay"))
        self.files = lab.new_folder("files")
        self.ttfs = [self._ttf(lab, "by-file", "--token-file", self._file("token", TOKEN)),
                     self._ttf(lab, "by-argument", "--token", TOKEN), self._ttf(lab, "by-environment", token=TOKEN)]
        self.desktop = lab.desktop()
        folder = pathlib.Path(self.desktop.env["XDG_CONFIG_HOME"]) / "http-tunnel"
        folder.mkdir(parents=True)
        (folder / "tunnels.toml").write_text(
            f'[[tunnel]]\nname = "shop"\ntarget = "localhost:{self.nginx.port}"\nserver = "{self.relay.url}"\n')
        self.app = lab.http_tunnel(self.desktop, "--verbose", program=(*UNLIMITED, BIN / "http-tunnel"))

    def _file(self, name, text):
        path = self.files / name
        path.write_text(text + "\n")
        path.chmod(0o600)
        return path

    def _ttf(self, lab, name, *options, **how):
        logins = self._file(f"logins-{name}", f"guest:{PASSWORD}")
        return lab.ttf("http", self.nginx.port, "--name", name, "--relay", self.relay.url, "--basic-auth-file", logins,
                       "--verbose", *options, program=(*UNLIMITED, BIN / "ttf"), **how)

    def processes(self):
        return [self.relay.process, self.app.process, *(ttf.process for ttf in self.ttfs)]

    def save_token(self, token):
        self.desktop.save_token(self.app, token, self.relay)

    def visit(self):
        for name in ("by-file", "by-argument", "by-environment"):
            route = self.relay.subdomain(name)
            for password, status in ((PASSWORD, 200), ("not" + PASSWORD, 401)):
                login = base64.b64encode(f"guest:{password}".encode()).decode()
                assert fetch(route, "GET", "/", headers=[("Authorization", "Basic " + login)]).status == status
        assert fetch(self.relay.subdomain("shop"), "GET", "/", headers=[("Authorization", "Bearer " + TOKEN)]).status == 200
        assert fetch(self.relay.subdomain("nobody"), "GET", "/", headers=[("Cookie", TOKEN)]).status == 404

    def refused(self, times, because="does not know the token"):
        said = self.relay.process.stderr
        wait_until(lambda: said().count(because) == times, 20, lambda: f"not refused: {said()}")

    def wait_online(self):
        wait_until(lambda: fetch(self.relay.subdomain("shop"), "GET", "/").status == 200, 20,
                   lambda: self.relay.process.stderr())


def test_no_secret_is_left_behind(lab):
    run = Run(lab)
    for ttf in run.ttfs:
        ttf.wait_online()
    run.refused(1, "asks for a token")  # what it says then must not come between the letters
    run.save_token(WRONG)
    run.refused(1)
    run.save_token(TOKEN)
    run.wait_online()
    run.visit()
    wrong = lab.ttf("http", run.nginx.port, "--name", "wrong", "--relay", run.relay.url, token=WRONG)
    assert wrong.process.wait_exit() == 3
    run.relay.process.kill9()
    run.relay.start()
    run.wait_online()

    assert process_leaks(run.app.process, "cmdline", "environ") == []
    by_file, by_argument, by_environment = (ttf.process for ttf in run.ttfs)
    assert process_leaks(by_file, "cmdline", "environ") == []
    assert process_leaks(by_argument, "cmdline", "environ") == []
    assert process_leaks(by_environment, "cmdline") == []
    assert process_leaks(by_environment, "environ") != []  # which shows that this finds what is there
    assert process_leaks(run.relay.process, "cmdline", "environ") == []

    for process in run.processes():
        limit = pathlib.Path(f"/proc/{process.pid}/limits").read_text()
        assert "Max core file size        1  " in limit, limit
        process.crash()
    assert [path for path in lab.folder.rglob("*core*") if path.is_file()] == []
    given = {path for path in run.files.iterdir()} | {path for path in lab.folder.rglob("relay.token")}
    assert leaks(lab.folder, given) == []
    assert leaks(lab.folder, given - {run.files / "token"}) == [(str(run.files / "token"), TOKEN)]


def test_a_core_file_would_have_the_token(lab):
    """That is why there is none, unless somebody asks for it."""
    if "|" in CORE_PATTERN or "/" in CORE_PATTERN:
        assert "Max core file size        1  " not in pathlib.Path("/proc/self/limits").read_text()
        return  # this machine hands core files to a program of its own, whose folder is none of ours
    nginx, relay = lab.nginx(), lab.relay(token=TOKEN)
    token = lab.new_folder("token") / "token"
    token.write_text(TOKEN)
    folder = lab.new_folder("crash")
    ttf = lab.ttf("http", nginx.port, "--relay", relay.url, "--token-file", token, folder=folder,
                  program=("env", "TUNNEL_CORE_DUMPS=allow", *UNLIMITED, BIN / "ttf"))
    ttf.wait_online()
    ttf.process.crash()
    assert [path for path, secret in leaks(folder) if "core" in path and secret == TOKEN]
