"""Who may open tunnels, and what with: tokens of another issuer's library, forged ones, stolen ones, many at once."""

import base64
import http.server
import json
import subprocess
import sys
import threading
import time

import pytest

from support.apps import APPS, install_apps
from support.client_link import admits, answer_of
from support.rawhttp import fetch
from support.tunnel import BIN
from support.waiting import SLOWDOWN, wait_until

RELAY = BIN / "tunnel-relay"
RULES = ["--issuer", "https://id.example.com", "--audience", "relay"]
ATTEMPTS = 10_000
MEASURED = 300
SHORTEST_BETWEEN_FETCHES = 15  # seconds: wire::kJwksMinAge; a fetch on schedule is rarer


@pytest.fixture(scope="module")
def issued():
    """Keys and tokens made by jose."""
    program = install_apps() / "make_tokens.mjs"
    program.write_bytes((APPS / "make_tokens.mjs").read_bytes())
    done = subprocess.run(["node", program], check=True, capture_output=True, timeout=60 * SLOWDOWN)
    return json.loads(done.stdout)


def believing(lab, issued, *options):
    folder = lab.new_folder("keys")
    (folder / "jwks").write_text(json.dumps(issued["jwks"]))
    (folder / "secrets").write_text(json.dumps(issued["secrets"]))
    return lab.relay(options=["--jwks", folder / "jwks", "--jwt-secret-file", folder / "secrets", *RULES, *options])


def run(*argv, given="", check=True):
    return subprocess.run([str(part) for part in (RELAY, *argv)], input=given, capture_output=True, text=True,
                          timeout=30 * SLOWDOWN, check=check)


def answering(lab, text=b"ok"):
    return lab.origin(lambda exchange: exchange.respond(body=text))


def test_tokens_of_another_library_are_accepted_in_every_algorithm(lab, issued):
    relay = believing(lab, issued)
    assert len(issued["tokens"]) == 14
    for algorithm, tokens in issued["tokens"].items():
        assert admits(relay, tokens["good"]), algorithm
        assert b"connection_established" in answer_of(relay, tokens["good"]), algorithm
    client = lab.tunnel(relay, answering(lab).port, "shop", token=issued["tokens"]["PS384"]["good"])
    assert fetch(relay.subdomain("shop"), "GET", "/").body == b"ok"
    assert client.events("failed") == []


def changed(token, part):
    """One character in the middle of a part is another."""
    parts = token.split(".")
    text = parts[part]
    middle = len(text) // 2
    parts[part] = text[:middle] + ("A" if text[middle] != "A" else "B") + text[middle + 1:]
    return ".".join(parts)


def forgeries(issued):
    for algorithm, tokens in issued["tokens"].items():
        good = tokens["good"]
        for kind in ("expired", "early", "audience", "issuer"):
            yield f"{algorithm} {kind}", tokens[kind]
        for part in range(3):
            yield f"{algorithm} changed {part}", changed(good, part)
        yield f"{algorithm} cut short", good[:-8]
        yield f"{algorithm} without its signature", good.rsplit(".", 1)[0] + "."
        yield f"{algorithm} half", good.rsplit(".", 1)[0]
        yield f"{algorithm} oversized", good + "A" * 9000
    first, second = (issued["tokens"][name]["good"].split(".") for name in ("ES256", "RS256"))
    yield "one's head, another's body", ".".join([first[0], second[1], second[2]])
    yield from issued["forged"].items()


def test_whatever_is_forged_is_refused(lab, issued):
    relay = believing(lab, issued)
    table = list(forgeries(issued))
    for what, token in table:
        assert not admits(relay, token), what
    assert len(table) > 150
    for what, token in table[:: len(table) // 20]:
        answer = answer_of(relay, token)
        assert b"unauthorized" in answer and token.encode() not in answer, what
    log = relay.process.stderr() + relay.process.stdout_path.read_text()
    assert not any(token in log or token.split(".")[-1] in log for _, token in table if token.split(".")[-1])


def made_keys(lab):
    """A folder with keys of `keys rotate`, and the options of a relay that believes them."""
    folder = lab.new_folder("made")
    run("keys", "rotate", "--keys", folder / "keys", "--public", folder / "jwks")
    return folder, ["--jwks", folder / "jwks", "--revocation-file", folder / "revoked", "--names-file", folder / "names"]


def made_token(folder, subject, *options):
    return run("token", "create", "--keys", folder / "keys", "--sub", subject, *options).stdout.strip()


def test_a_stolen_token_takes_nobody_elses_name(lab):
    folder, options = made_keys(lab)
    relay = lab.relay(options=options, config="[timeouts]\nname_grace_seconds = 0\n")
    origin = answering(lab)
    alice = lab.tunnel(relay, origin.port, "shop", token=made_token(folder, "alice"))
    alice.process.stop()
    stolen = made_token(folder, "bob", "--tunnels", "*")
    arguments = ("http", origin.port, "--name", "shop", "--relay", relay.url, "--takeover")

    def refused():
        thief = lab.ttf(*arguments, token=stolen)
        return thief.process.wait_exit() == 4 and thief.events("failed")[-1]["code"] == "name_taken"
    assert refused(), "alice is offline, and her grace is over"
    relay.process.stop()
    relay.start()
    assert refused(), "nor does a restart give it away"
    lab.tunnel(relay, origin.port, "shop", token=made_token(folder, "alice"))
    assert fetch(relay.subdomain("shop"), "GET", "/").body == b"ok"
    assert refused(), "nor while she is online"


def test_a_token_opens_what_it_names_and_no_more(lab):
    folder, options = made_keys(lab)
    relay = lab.relay(options=options)
    origin = answering(lab)
    token = made_token(folder, "alice", "--tunnels", "alice-*", "--max-tunnels", "1", "--max-body-bytes", "100")
    refused = lab.ttf("http", origin.port, "--name", "shop", "--relay", relay.url, token=token)
    assert refused.process.wait_exit() == 3
    assert refused.events("failed")[-1]["code"] == "forbidden" and "alice-*" in refused.process.stderr()
    lab.tunnel(relay, origin.port, "alice-1", token=token)
    assert fetch(relay.subdomain("alice-1"), "POST", "/", body=b"x" * 100).status == 200
    assert fetch(relay.subdomain("alice-1"), "POST", "/", body=b"x" * 101).status == 413
    assert b"rate_limited" in answer_of(relay, token, "alice-2")
    assert b"connection_established" in answer_of(relay, made_token(folder, "bob"), "alice-2")


def test_a_revoked_token_ends_its_tunnel(lab):
    folder, options = made_keys(lab)
    relay = lab.relay(options=options)
    origin = answering(lab)
    token, other = made_token(folder, "alice"), made_token(folder, "alice")
    client = lab.tunnel(relay, origin.port, "shop", token=token)
    spared = lab.tunnel(relay, origin.port, "blog", token=other)
    assert "revoked: the token" in run("token", "revoke", "--revocation-file", folder / "revoked", given=token).stdout
    assert client.process.wait_exit() == 3 and client.events("failed")[-1]["code"] == "unauthorized"
    assert not admits(relay, token) and admits(relay, other)
    run("token", "revoke", "--revocation-file", folder / "revoked", "--sub", "alice")
    assert spared.process.wait_exit() == 3
    assert token not in relay.process.stderr()


def test_keys_change_while_the_relay_runs(lab):
    folder, options = made_keys(lab)
    relay = lab.relay(options=options)
    old = made_token(folder, "alice")
    run("keys", "rotate", "--keys", folder / "keys", "--public", folder / "jwks", "--algorithm", "ES256")
    new = made_token(folder, "alice")
    wait_until(lambda: admits(relay, new), 10, "the new key is not known")
    assert admits(relay, old), "its token has not ended"
    seen = run("token", "inspect", "--jwks", folder / "jwks", given=new).stdout
    assert "verdict     accepted" in seen and "owner       alice" in seen
    assert run("token", "inspect", "--jwks", folder / "jwks", given=new[:-6] + "AAAAAA", check=False).returncode == 1


class Issuer:
    """Serves a key set that its test changes."""

    def __init__(self, keys):
        self.keys = keys
        self.status = 200
        self.asked = 0
        issuer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                issuer.asked += self.path == "/keys"  # another test's clients may look for a server that had this port
                body = json.dumps({"keys": issuer.keys}).encode()
                self.send_response(issuer.status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self._server.server_port}/keys"

    def close(self):
        self._server.shutdown()
        self._server.server_close()


def test_keys_of_an_issuer_elsewhere(lab, issued):
    keys = {key["kid"]: key for key in issued["jwks"]["keys"]}
    issuer = Issuer([keys["key-ES256"]])
    begun = time.monotonic()
    try:
        relay = lab.relay(options=["--jwks", issuer.url, *RULES])
        good = {name: issued["tokens"][name]["good"] for name in ("ES256", "RS256")}
        assert b"connection_established" in answer_of(relay, good["ES256"]), "waits for the first keys"
        issuer.keys = list(keys.values())
        wait_until(lambda: b"connection_established" in answer_of(relay, good["RS256"]), 40, "an unknown kid fetches none")
        for _ in range(50):
            assert b"unauthorized" in answer_of(relay, issued["forged"]["unknown kid"])
        # Some hundred tries: one fetch at the start, then one a kJwksMinAge at most.
        assert issuer.asked <= 3 + (time.monotonic() - begun) // SHORTEST_BETWEEN_FETCHES, "however often it was tried"
        issuer.status = 500
        assert b"connection_established" in answer_of(relay, good["ES256"])
    finally:
        issuer.close()
    assert b"connection_established" in answer_of(relay, good["ES256"]), "the issuer is gone; its keys are not"


def test_a_relay_without_keys_yet_asks_for_patience(lab, issued):
    issuer = Issuer([])
    try:
        issuer.status = 503
        relay = lab.relay(options=["--jwks", issuer.url, *RULES])
        good = issued["tokens"]["ES256"]["good"]
        assert b"connection_lost" in answer_of(relay, good), "not `unauthorized`, at which a client gives up"
    finally:
        issuer.close()


def test_an_open_relay_is_for_loopback_only(lab):
    refused = run("--listen", "0.0.0.0:0", check=False)
    assert refused.returncode == 2 and "--token-file" in refused.stderr and "listening" not in refused.stdout
    config = lab.new_folder("open") / "relay.toml"
    config.write_text('[listen]\naddress = "0.0.0.0"\n[auth]\nopen = true\n')
    assert run("--check", "--config", config).returncode == 0


def test_in_grace_the_log_tells_who_would_be_refused(lab):
    folder, options = made_keys(lab)
    relay = lab.relay(options=options, config="[auth]\ngrace = true\n")
    lab.tunnel(relay, answering(lab).port, "shop")
    assert fetch(relay.subdomain("shop"), "GET", "/").body == b"ok"
    assert "token_would_be_refused" in relay.process.stderr() and "asks for a token" in relay.process.stderr()


def connect_times(relay, token, count, going=lambda: True):
    """Milliseconds from the first SYN to `connection_established`."""
    taken = []
    while len(taken) < count and going():
        start = time.perf_counter()
        assert b"connection_established" in answer_of(relay, token, f"alice-{len(taken) % 100}")
        taken.append((time.perf_counter() - start) * 1000)
    return taken


def p99(values):
    return sorted(values)[max(0, len(values) * 99 // 100 - 1)]


def test_ten_thousand_bad_tokens_do_not_delay_a_good_one(lab, issued):
    tokens = [token for what, token in forgeries(issued) if "oversized" not in what and "signature" not in what]
    audit = lab.new_folder("audit") / "audit.jsonl"
    relay = believing(lab, issued, "--log-level", "error", "--audit-file", audit)
    good = issued["tokens"]["RS256"]["good"]
    before = connect_times(relay, good, MEASURED)
    flood = subprocess.Popen([sys.executable, "-m", "support.bad_tokens", str(relay.port), str(ATTEMPTS)],
                             stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        threading.Thread(target=lambda: (flood.stdin.write("\n".join(tokens)), flood.stdin.close())).start()
        during = connect_times(relay, good, 100_000, lambda: flood.poll() is None)
        assert int(flood.stdout.read()) == ATTEMPTS
    finally:
        flood.kill()
        flood.wait()
    print(f"p99 of {len(before)} alone {p99(before):.1f} ms, of {len(during)} in the flood {p99(during):.1f} ms")
    assert len(during) >= 100
    assert p99(during) - p99(before) <= 100 * SLOWDOWN
    relay.process.stop()
    assert_audited(audit, tokens)


def assert_audited(audit, tokens):
    """Each attempt once, by nobody and without its token; each good one as connected."""
    files = sorted(audit.parent.iterdir())
    assert files and all(file.stat().st_mode & 0o777 == 0o600 for file in files)
    text = "".join(file.read_text() for file in files)
    entries = [json.loads(line) for line in text.splitlines()]
    refused = [entry for entry in entries if entry["event"] == "refused"]
    assert len(refused) == ATTEMPTS
    assert all(entry["code"] == "unauthorized" and entry["client"] == "127.0.0.1" and entry["reason"] for entry in refused)
    assert len({entry["connection_id"] for entry in refused}) == ATTEMPTS and not any("owner" in entry for entry in refused)
    assert not any(part in text for token in tokens for part in token.split(".") if len(part) > 16)
    assert {entry["owner"] for entry in entries if entry["event"] == "connected"} == {"jwt:alice"}
    assert not any(entry["event"] == "entries_lost" for entry in entries)


def audited(file, *events):
    """The entries of these kinds so far, without what changes from run to run."""
    entries = [json.loads(line) for line in file.read_text().splitlines()]
    return [tuple(entry.get(key) for key in ("event", "tunnel_id", "owner", "code")) for entry in entries
            if entry["event"] in events]


def test_the_audit_log_tells_who_did_what(lab):
    folder, options = made_keys(lab)
    audit = folder / "audit.jsonl"
    relay = lab.relay(options=[*options, "--audit-file", audit])
    origin = answering(lab)
    token, stranger = made_token(folder, "alice"), made_token(folder, "bob")
    first = lab.tunnel(relay, origin.port, "shop", token=token)
    assert b"name_taken" in answer_of(relay, stranger, "shop")
    taker = lab.tunnel(relay, origin.port, "shop", "--takeover", token=token)
    first.process.wait_exit()
    assert not admits(relay, "a-wrong-token")
    run("token", "revoke", "--revocation-file", folder / "revoked", given=token)
    taker.process.wait_exit()
    relay.process.stop()
    assert audited(audit, "started", "stopped", "connected", "name_reserved") == [
        ("started", None, None, None), ("name_reserved", "shop", "jwt:alice", None), ("connected", "shop", "jwt:alice", None),
        ("connected", "shop", "jwt:alice", None), ("stopped", None, None, None)]
    assert audited(audit, "refused", "taken_over", "revoked") == [
        ("refused", None, "jwt:bob", "name_taken"), ("taken_over", "shop", "jwt:alice", "name_taken"),
        ("refused", None, None, "unauthorized"), ("revoked", "shop", "jwt:alice", "unauthorized")]
    assert ("keys_read", None, None, None) in audited(audit, "keys_read")
    text = audit.read_text()
    jti = json.loads(base64.urlsafe_b64decode(token.split(".")[1] + "=="))["jti"]
    assert token not in text and token.split(".")[2] not in text and "a-wrong-token" not in text
    assert all("client" in entry and "connection_id" in entry for entry in map(json.loads, text.splitlines())
               if entry["event"] in ("connected", "disconnected", "taken_over", "revoked"))
    assert {entry["token_id"] for entry in map(json.loads, text.splitlines()) if entry.get("owner") == "jwt:alice"
            and entry["event"] != "name_reserved"} == {jti}


def test_an_audit_log_that_cannot_be_kept_stops_the_start(lab):
    refused = run("--listen", "127.0.0.1:0", "--audit-file", "/nonexistent/audit", check=False)
    assert refused.returncode in (1, 2) and "/nonexistent/audit" in refused.stderr


def test_private_files_are_their_owners_only(lab):
    folder, options = made_keys(lab)
    audit = folder / "audit.jsonl"
    relay = lab.relay(options=[*options, "--audit-file", audit])
    token = made_token(folder, "alice")
    lab.tunnel(relay, answering(lab).port, "shop", token=token)
    wait_until(lambda: (folder / "names").exists(), 10, "the names are not kept")
    for name in ("keys", "names", "audit.jsonl"):  # the list of revoked ids is none: the unit's user must read it
        assert (folder / name).stat().st_mode & 0o777 == 0o600, name
