"""Who may reach a tunnel: rules that ttf enforces in front of the local service, asked by curl through a real relay."""

import hashlib
import hmac
import pathlib
import subprocess

import pytest

from support.tunnel import BIN
from support.waiting import wait_until

SECRET = "It's a Secret to Everybody"  # GitHub's documented example
BODY = b"Hello, World!"
SIGNATURE = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"


@pytest.fixture
def origin(lab):
    return lab.origin(lambda exchange: exchange.respond(body=exchange.read_body() or b"ok"))


def write(lab, name, text):
    path = lab.new_folder("files") / name
    path.write_text(text)
    path.chmod(0o600)
    return path


def curl(client, target, *options, body=None):
    """Status, head and body of one request."""
    route = client.routes()["subdomain"]
    command = ["curl", "-s", "-i", "--max-time", "20", "--path-as-is", "--connect-to",
               f"{route.host}:127.0.0.1:{route.port}", "-H", "Expect:", *options]
    if body is not None:
        command += ["--data-binary", "@-"]
    done = subprocess.run([*command, f"http://{route.host}{target}"], input=body, capture_output=True, timeout=30,
                          check=True)
    head, _, rest = done.stdout.partition(b"\r\n\r\n")
    return int(head.split()[1]), head.decode("latin-1").lower(), rest


def test_basic_auth(lab, origin):
    logins = write(lab, "logins", "# the team\nann:open sesame\n")
    client = lab.tunnel(lab.relay(), origin.port, "shop", "--basic-auth-file", logins)
    status, head, body = curl(client, "/")
    assert status == 401 and 'www-authenticate: basic realm="tunnel"' in head
    assert b"ann" not in body and b"ttf" not in body
    assert curl(client, "/", "-u", "ann:guess")[0] == 401
    assert curl(client, "/", "-u", "eve:open sesame")[0] == 401
    assert curl(client, "/", "-X", "POST", body=b"x" * 100_000)[0] == 401
    assert origin.heads == []
    assert curl(client, "/in", "-u", "ann:open sesame")[::2] == (200, b"ok")
    assert len(origin.heads) == 1 and b"authorization" not in origin.heads[0].lower()
    cmdline = pathlib.Path(f"/proc/{client.process.pid}/cmdline").read_bytes()
    assert b"sesame" not in cmdline


def test_guessing_is_slowed_down(lab, origin):
    logins = write(lab, "logins", "ann:open sesame\n")
    client = lab.tunnel(lab.relay(), origin.port, "shop", "--basic-auth-file", logins)
    statuses = [curl(client, "/", "-u", f"ann:guess {number}")[0] for number in range(12)]
    assert statuses[:10] == [401] * 10 and statuses[-1] == 429
    assert origin.heads == []


def test_a_password_is_hashed_for_the_file(lab, origin):
    made = subprocess.run([BIN / "ttf", "hash-password", "ann"], input=b"open sesame\n", capture_output=True,
                          timeout=20, check=True).stdout
    assert made.startswith(b"ann:$scrypt$ln=15,r=8,p=3$") and b"sesame" not in made
    client = lab.tunnel(lab.relay(), origin.port, "shop", "--basic-auth-file", write(lab, "logins", made.decode()))
    assert curl(client, "/", "-u", "ann:open sesame")[0] == 200


def test_a_bearer_token(lab, origin):
    token = "0123456789abcdef0123456789abcdef"
    client = lab.tunnel(lab.relay(), origin.port, "shop", "--access-token-file", write(lab, "token", token + "\n"))
    assert 'www-authenticate: bearer realm="tunnel"' in curl(client, "/")[1]
    assert curl(client, "/", "-H", f"Authorization: Bearer {token}x")[0] == 401
    assert curl(client, f"/?access_token={token}")[0] == 401
    assert origin.heads == []
    assert curl(client, "/", "-H", f"Authorization: Bearer {token}")[0] == 200


def test_addresses(lab, origin):
    relay = lab.relay(config='[proxy]\ntrusted = ["127.0.0.0/8"]\n')
    client = lab.tunnel(relay, origin.port, "shop", "--allow-cidr", "203.0.113.0/24", "--deny-cidr", "203.0.113.7")

    def visit(address):
        return curl(client, "/", "-H", f"X-Forwarded-For: {address}")[0]

    assert visit("203.0.113.9") == 200
    assert [visit("203.0.113.7"), visit("198.51.100.1"), curl(client, "/")[0]] == [403, 403, 403]
    assert len(origin.heads) == 1


def test_an_address_that_only_the_visitor_tells_is_not_believed(lab, origin):
    client = lab.tunnel(lab.relay(), origin.port, "shop", "--allow-cidr", "203.0.113.0/24")
    for field in ("X-Forwarded-For: 203.0.113.9", "Forwarded: for=203.0.113.9", "X-Real-IP: 203.0.113.9"):
        assert curl(client, "/", "-H", field)[0] == 403
    assert origin.heads == []


def test_only_some_requests(lab, origin):
    client = lab.tunnel(lab.relay(), origin.port, "shop", "--only", "POST /webhooks/*", "--only", "GET /health")
    assert curl(client, "/health")[0] == 200
    assert curl(client, "/webhooks/x?y=1", body=b"x")[0] == 200
    seen = len(origin.heads)
    for target in ("/", "/webhooks/x", "/health/", "/Health", "/health/..", "//health", "/x/../health", "/health;x",
                   "/%2e/health", "/health%00", "/admin/..%2fhealth"):
        assert curl(client, target)[0] == 403, target
    for target in ("/webhooks", "/webhooks/../admin", "/webhooks/%2e%2e/admin", "/webhooks/..;/admin", "/WEBHOOKS/x",
                   "/webhooks%2fx", "/webhooks/%252e%252e/admin", "//webhooks/x", "/webhooks\\..\\admin"):
        assert curl(client, target, body=b"x")[0] == 403, target
    assert curl(client, "/webhooks/x", "-H", "X-HTTP-Method-Override: DELETE", body=b"x")[0] == 403
    assert len(origin.heads) == seen


def test_signed_webhooks(lab, origin):
    client = lab.tunnel(lab.relay(), origin.port, "shop", "--webhook", "github", "--webhook-secret-file",
                        write(lab, "secret", SECRET + "\n"))

    def send(signature, body):
        status, _, echo = curl(client, "/webhooks", "-H", f"X-Hub-Signature-256: {signature}", body=body)
        assert status != 200 or echo == body
        return status

    assert send(SIGNATURE, BODY) == 200
    assert send(SIGNATURE, b"Hello, World?") == 403
    assert send(SIGNATURE.replace("7", "8", 1), BODY) == 403
    assert curl(client, "/webhooks", body=BODY)[0] == 403
    assert curl(client, "/webhooks")[0] == 403
    assert len(origin.heads) == 1
    large = b"x" * 3_000_000  # above a stream's first window
    digest = hmac.new(SECRET.encode(), large, hashlib.sha256).hexdigest()
    assert send("sha256=" + digest, large) == 200
    assert send("sha256=" + digest, large[:-1]) == 403
    too_large = b"x" * (26 << 20)
    digest = hmac.new(SECRET.encode(), too_large, hashlib.sha256).hexdigest()
    assert send("sha256=" + digest, too_large) == 413
    assert len(origin.heads) == 2


def test_cors_and_preflights(lab, origin):
    logins = write(lab, "logins", "ann:open sesame\n")
    preflight = ("-X", "OPTIONS", "-H", "Origin: https://app.example", "-H", "Access-Control-Request-Method: PUT")
    plain = lab.tunnel(lab.relay(), origin.port, "shop", "--basic-auth-file", logins)
    assert curl(plain, "/", *preflight)[0] == 200  # the service answers it
    assert curl(plain, "/", "-X", "OPTIONS")[0] == 401
    seen = len(origin.heads)
    open_to_scripts = lab.tunnel(lab.relay(), origin.port, "shop", "--basic-auth-file", logins, "--cors")
    status, head, _ = curl(open_to_scripts, "/", *preflight)
    assert status == 204 and "access-control-allow-origin: *" in head and "access-control-allow-methods: put" in head
    assert len(origin.heads) == seen
    assert "access-control-allow-origin: *" in curl(open_to_scripts, "/", "-u", "ann:open sesame")[1]


def test_it_closes_after_its_time(lab, origin):
    client = lab.tunnel(lab.relay(), origin.port, "shop", "--expires", "8s")
    assert curl(client, "/")[0] == 200
    wait_until(lambda: curl(client, "/")[0] == 403, 30, "the tunnel to close")
    seen = len(origin.heads)
    assert curl(client, "/")[0] == 403 and len(origin.heads) == seen


def test_rules_of_a_file(lab, origin):
    folder = lab.new_folder("config")
    (folder / "hook.secret").write_text(SECRET)
    (folder / "hook.secret").chmod(0o600)
    relay = lab.relay()
    (folder / "tunnels.toml").write_text(f"""
[[tunnel]]
name = "shop"
target = {origin.port}
server = "{relay.url}"

[tunnel.access]
webhook = "github"
webhook_path = "/webhooks/*"
webhook_secret = "file:hook.secret"
only = ["POST /webhooks/*", "GET /"]
set_headers = ["X-Env: staging"]
remove_headers = ["X-Drop"]
""")
    client = lab.ttf("start", "--config", folder / "tunnels.toml")
    client.wait_online()
    assert curl(client, "/", "-H", "X-Drop: 1")[0] == 200
    assert b"X-Env: staging" in origin.heads[-1] and b"X-Drop" not in origin.heads[-1]
    assert curl(client, "/webhooks/a", body=BODY)[0] == 403
    assert curl(client, "/webhooks/a", "-H", f"X-Hub-Signature-256: {SIGNATURE}", body=BODY)[0] == 200


@pytest.mark.parametrize("lines, words", [
    ('ask_first = true', "ttf cannot ask"),
    ('token = "file:missing"', "missing"),
    ('token = "hunter2-hunter2-hunter2"', "the secret itself does not belong"),
    ('users = ["ann:hunter2-hunter2"]', "scrypt"),
])
def test_rules_that_cannot_hold_open_nothing(lab, lines, words):
    folder = lab.new_folder("config")
    (folder / "tunnels.toml").write_text(f"[[tunnel]]\ntarget = 3000\n[tunnel.access]\n{lines}\n")
    client = lab.ttf("start", "--config", folder / "tunnels.toml")
    assert client.process.wait_exit() == 2
    assert words in client.process.stderr() and "hunter2" not in client.process.stderr()

