"""TLS at both ends: a local service over https, and a relay whose certificate nobody vouches for."""

import pytest

from support.certificates import Certificate
from support.compare import assert_equal
from support.rawhttp import Connection, fetch


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
