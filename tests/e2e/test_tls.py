"""TLS at both ends: a local service over https, and a relay whose certificate nobody vouches for."""

import subprocess

import pytest

from support.certificates import Certificate
from support.compare import assert_equal
from support.rawhttp import Connection, fetch
from support.waiting import SLOWDOWN


@pytest.fixture
def certificate(lab):
    return Certificate(lab.new_folder("tls"))


def https_nginx(lab, certificate):
    server = f"""ssl_certificate {certificate.certificate}; ssl_certificate_key {certificate.key};
                 location / {{ add_header X-Scheme $scheme; return 200 "secret $request_uri $host\\n"; }}"""
    return lab.nginx(server=server, listen_options=" ssl")


@pytest.mark.parametrize("how", ["off", "pin:{pin}"])
def test_https_service_is_reached_unverified_or_pinned(lab, certificate, how):
    nginx = https_nginx(lab, certificate)
    option = how.format(pin=certificate.sha256())
    client = lab.tunnel(lab.relay(), f"https://localhost:{nginx.port}", "secure", "--upstream-tls", option)
    with Connection(nginx.route(), tls=certificate.client_context()) as connection:
        direct = connection.request("GET", "/x?y")
    assert direct.status == 200
    for route in client.routes().values():
        assert_equal(fetch(route, "GET", "/x?y"), direct)


@pytest.mark.parametrize("how", [None, "verify", "pin:" + "ab" * 32])
def test_https_service_that_cannot_be_verified_is_not_talked_to(lab, certificate, how):
    nginx = https_nginx(lab, certificate)
    options = ["--upstream-tls", how] if how else []
    client = lab.tunnel(lab.relay(), f"https://localhost:{nginx.port}", "secure", *options)
    response = fetch(client.routes()["subdomain"], "GET", "/")
    assert response.status in (502, 503) and response.get("X-Tunnel-Error")
    assert b"secret" not in response.body
    assert "certificate" in client.wait_event("request")["error_message"].lower()


def test_relay_serves_tls_but_a_client_does_not_trust_a_self_signed_one(lab, certificate):
    files = f'certificate_file = "{certificate.certificate}"\nprivate_key_file = "{certificate.key}"\n'
    relay = lab.relay(config="[tls]\n" + files)
    with Connection(relay.apex(), tls=certificate.client_context()) as connection:
        assert connection.request("GET", "/").status == 200
        assert connection.request("GET", "/nobody/").get("X-Tunnel-Error") == "tunnel_not_found"
    origin = lab.origin(lambda exchange: exchange.respond())
    client = lab.ttf("http", origin.port, "--name", "shop", "--relay", f"https://localhost:{relay.port}")
    refused = lambda: client.events("reconnecting") + client.events("failed")  # noqa: E731
    client.wait_event("reconnecting", where=lambda event: "certificate" in event["reason"].lower())
    assert refused() and client.events("online") == []


def tls_relay(lab, certificate, more=""):
    files = f'certificate_file = "{certificate.certificate}"\nprivate_key_file = "{certificate.key}"\n'
    return lab.relay(config="[tls]\n" + files + more)


# What `openssl s_client` offers; its own rules are lowered so that it is the relay that refuses.
LOWERED = "@SECLEVEL=0"
HANDSHAKES = [
    ("TLS 1.3", ["-tls1_3"], True),
    ("TLS 1.2", ["-tls1_2"], True),
    ("ECDHE and AES-GCM", ["-tls1_2", "-cipher", "ECDHE+AESGCM"], True),
    ("ECDHE and ChaCha20", ["-tls1_2", "-cipher", "ECDHE+CHACHA20"], True),
    ("TLS 1.1", ["-tls1_1", "-cipher", "ALL:" + LOWERED], False),
    ("TLS 1.0", ["-tls1", "-cipher", "ALL:" + LOWERED], False),
    ("no forward secrecy", ["-tls1_2", "-cipher", "kRSA:" + LOWERED], False),
    ("CBC", ["-tls1_2", "-cipher", "ECDHE-RSA-AES128-SHA256:ECDHE-ECDSA-AES128-SHA256:ECDHE-RSA-AES128-SHA:" + LOWERED], False),
    ("anonymous", ["-tls1_2", "-cipher", "aNULL:" + LOWERED], False),
    ("no encryption", ["-tls1_2", "-cipher", "eNULL:" + LOWERED], False),
    ("CCM", ["-tls1_2", "-cipher", "AESCCM:" + LOWERED], False),
    ("Camellia", ["-tls1_2", "-cipher", "CAMELLIA:" + LOWERED], False),
    ("finite-field DH", ["-tls1_2", "-cipher", "kDHE:" + LOWERED], False),
]


def test_old_protocols_and_weak_suites_are_refused(lab):
    """With an RSA key, which every suite below could use."""
    relay = tls_relay(lab, Certificate(lab.new_folder("rsa"), key=("-newkey", "rsa:2048")))
    for what, options, accepted in HANDSHAKES:
        done = subprocess.run(["openssl", "s_client", "-connect", f"127.0.0.1:{relay.port}", *options], input="", text=True,
                              capture_output=True, timeout=30 * SLOWDOWN, check=False)
        agreed = "Cipher is (NONE)" not in done.stdout and "Cipher is" in done.stdout
        assert agreed == accepted, (what, done.stdout[-800:], done.stderr[-400:])
        assert accepted or "alert" in done.stderr or "alert" in done.stdout, (what, done.stderr)


def test_renegotiation_and_compression_are_off(lab, certificate):
    relay = tls_relay(lab, certificate)
    done = subprocess.run(["openssl", "s_client", "-tls1_2", "-connect", f"127.0.0.1:{relay.port}"], input="R\n", text=True,
                          capture_output=True, timeout=30 * SLOWDOWN, check=False)
    assert "Compression: NONE" in done.stdout and "Secure Renegotiation IS supported" in done.stdout
    assert "no renegotiation" in done.stderr.lower()


def test_hsts_is_said_over_tls_when_configured(lab, certificate):
    relay = tls_relay(lab, certificate, "hsts_seconds = 600\n")
    with Connection(relay.apex(), tls=certificate.client_context()) as connection:
        for target in ("/", "/nobody/"):
            assert connection.request("GET", target).get("Strict-Transport-Security") == "max-age=600"
    plain = tls_relay(lab, certificate)
    with Connection(plain.apex(), tls=certificate.client_context()) as connection:
        assert connection.request("GET", "/").get("Strict-Transport-Security") is None
