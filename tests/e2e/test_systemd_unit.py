"""The unit of the package, run the way systemd would: its credentials handed over, its check before its start. What
docs/self-hosting.md says to add for JWTs is taken from there."""

import pathlib
import re
import shlex
import shutil
import subprocess

import pytest

from support.tunnel import BIN
from support.waiting import SLOWDOWN

ROOT = pathlib.Path(__file__).resolve().parents[2]
UNIT = ROOT / "installer/tunnel-relay.service"
SAMPLE = ROOT / "installer/tunnel-relay.toml"
TOKEN = "a-token-of-the-file"
SECRET = "0123456789abcdef0123456789abcdef"
CREDENTIALS = "/run/credentials/tunnel-relay.service"


def tool(*argv):
    return subprocess.run([str(part) for part in argv], capture_output=True, text=True, timeout=30 * SLOWDOWN,
                          check=False)


def documented(section):
    """The settings of one indented `[section]` block in the chapter on JWTs."""
    chapter = (ROOT / "docs/self-hosting.md").read_text().split("## Tokens that expire (JWT)")[1].split("\n## ")[0]
    lines = iter(chapter.splitlines())
    assert any(line == f"    [{section}]" for line in lines), section
    block = []
    for line in lines:
        if not re.match(r"    \w", line):
            break
        block.append(line.strip())
    return block


class Host:
    """What systemd does with a unit, in a folder instead of /etc and /run."""

    def __init__(self, folder, additions=()):
        self.etc, self.credentials, self.state = folder / "etc", folder / "credentials", folder / "state"
        self._lines = [*UNIT.read_text().splitlines(), *additions]
        for path in (self.etc, self.credentials, *(self.state / name for name in self.values("StateDirectory"))):
            path.mkdir(parents=True)

    def values(self, key):
        return [line.partition("=")[2] for line in self._lines if line.startswith(f"{key}=")]

    def configure(self, settings):
        path = self.etc / "tunnel-relay.toml"
        path.write_text(SAMPLE.read_text() + settings.replace(CREDENTIALS, str(self.credentials)))

    def hand_over(self):
        for credential in self.values("LoadCredential"):
            name, _, source = credential.partition(":")
            shutil.copy(self.etc / pathlib.Path(source).relative_to("/etc/tunnel-relay"), self.credentials / name)

    def command(self, key):
        text, = self.values(key)
        for there, here in (("%d", self.credentials), ("%S", self.state), ("/etc/tunnel-relay", self.etc), ("/usr/bin", BIN)):
            text = text.replace(there, str(here))
        return shlex.split(text)

    def relay(self, lab):
        self.hand_over()
        check = tool(*self.command("ExecStartPre"))
        assert check.returncode == 0, check.stderr
        return lab.relay(program=self.command("ExecStart"))


def host(tmp_path, additions=(), settings=""):
    host = Host(tmp_path, additions)
    (host.etc / "tokens").write_text(TOKEN + "\n")
    host.configure(settings)
    return host


def documented_host(tmp_path):
    return host(tmp_path, documented("Service"), "\n".join(["[auth]", *documented("auth"), ""]))


def jwt(host):
    made = tool(BIN / "tunnel-relay", "token", "create", "--jwt-secret-file", host.etc / "jwt-secret", "--sub", "alice")
    assert made.returncode == 0, made.stderr
    return made.stdout.strip()


def is_refused(lab, relay, token):
    client = lab.ttf("http", lab.origin(lambda exchange: exchange.respond()).port, "--relay", relay.url, token=token)
    client.process.wait_exit()
    return "ERROR: Unauthorized" in client.process.stderr()


def test_tokens_of_the_file_open_tunnels(lab, tmp_path):
    relay = host(tmp_path).relay(lab)
    lab.tunnel(relay, lab.origin(lambda exchange: exchange.respond()).port, "shop", token=TOKEN)
    assert is_refused(lab, relay, "another-token")


def test_jwts_open_tunnels_as_documented(lab, tmp_path):
    relay_host = documented_host(tmp_path)
    (relay_host.etc / "jwt-secret").write_text(SECRET + "\n")
    relay = relay_host.relay(lab)
    port = lab.origin(lambda exchange: exchange.respond()).port
    lab.tunnel(relay, port, "alices", token=jwt(relay_host))
    lab.tunnel(relay, port, "shop", token=TOKEN)
    assert is_refused(lab, relay, "another-token")


@pytest.mark.parametrize("secret", ["", "too short"])
def test_a_bad_secret_is_no_open_relay(tmp_path, secret):
    relay_host = documented_host(tmp_path)
    (relay_host.etc / "jwt-secret").write_text(secret)
    relay_host.hand_over()
    start = tool(*relay_host.command("ExecStart"))
    assert start.returncode != 0 and "jwt-secret" in start.stderr


def test_the_sandbox_is_as_tight_as_it_was():
    """The exposure that systemd itself works out: of 10, less is better. docs/security.md tells the figure."""
    judged = tool("systemd-analyze", "security", "--offline=true", "--no-pager", UNIT)
    found = re.search(r"Overall exposure level for tunnel-relay.service: (\d+\.\d)", judged.stdout)
    assert found, judged.stdout[-500:] + judged.stderr
    assert float(found.group(1)) <= 1.6
    assert f"`systemd-analyze security`: {found.group(1)} of 10" in (ROOT / "docs/security.md").read_text()
