"""Who may do what, and what strangers are told: forwarded fields, error pages, tokens, names."""

import json
import pathlib

import pytest

from support.aws.public_side import owner_token
from support.compare import VISITORS_SCHEME
from support.rawhttp import Connection, Route, fetch, request_bytes
from support.waiting import ON_AWS, wait_until

OWNERS = ("first", "other", "a stranger")
TOKEN, OTHER_TOKEN, WRONG_TOKEN = (owner_token(owner) if ON_AWS else f"{owner}-token-of-this-test-0123456789".replace(" ", "-")
                                   for owner in OWNERS)
SPOOFED = [("X-Forwarded-For", "6.6.6.6"), ("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "evil.example"),
           ("X-Forwarded-Prefix", "/evil"), ("Forwarded", "for=6.6.6.6;host=evil.example"), ("X-Real-IP", "6.6.6.6")]


def fields_of(head):
    lines = [line.decode("latin-1").split(": ", 1) for line in head.split(b"\r\n")[1:-2]]
    return {name.lower(): value for name, value in lines}


def answering(lab):
    return lab.origin(lambda exchange: exchange.respond(body=b"ok"))


@pytest.mark.parametrize("mode", ["subdomain", "path"])
def test_forwarded_fields_of_strangers_are_replaced(lab, mode):
    origin = answering(lab)
    client = lab.tunnel(lab.relay(), origin.port, "origin")
    route = client.routes()[mode]
    fetch(route, "GET", "/", SPOOFED)
    seen = fields_of(origin.heads[-1])
    assert b"6.6.6.6" not in origin.heads[-1] and b"evil" not in origin.heads[-1]
    assert seen["x-forwarded-for"] == "127.0.0.1" and seen["x-forwarded-proto"] == VISITORS_SCHEME
    assert seen["x-forwarded-host"] == route.host
    assert seen["forwarded"].startswith("for=127.0.0.1;") and f"proto={VISITORS_SCHEME};" in seen["forwarded"] + ";"
    assert seen.get("x-forwarded-prefix") == (route.prefix or None)
    assert seen["x-request-id"].startswith("req_")
    assert client.wait_event("request")["remote_address"] == "127.0.0.1"


def test_forwarded_fields_of_trusted_proxies_are_kept(lab):
    origin = answering(lab)
    relay = lab.relay(config='[proxy]\ntrusted = ["127.0.0.0/8"]\n')
    client = lab.tunnel(relay, origin.port, "origin")
    fetch(client.routes()["subdomain"], "GET", "/",
          [("X-Forwarded-For", "6.6.6.6, 203.0.113.9"), ("X-Forwarded-Proto", "https"),
                                                     ("X-Forwarded-Host", "shop.example")])
    seen = fields_of(origin.heads[-1])
    assert seen["x-forwarded-for"] == "6.6.6.6, 203.0.113.9, 127.0.0.1"
    assert (seen["x-forwarded-proto"], seen["x-forwarded-host"]) == ("https", "shop.example")
    assert client.wait_event("request")["remote_address"] == "203.0.113.9"


@pytest.mark.parametrize("option, expected",
                         [(None, "localhost:{port}"), ("rewrite", "localhost:{port}"), ("preserve", "{visitor}"),
                                              ("shop.example:99", "shop.example:99")])
def test_host_header(lab, option, expected):
    origin = answering(lab)
    options = ["--host-header", option] if option else []
    route = lab.tunnel(lab.relay(), origin.port, "hosts", *options).routes()["subdomain"]
    fetch(route, "GET", "/")
    assert fields_of(origin.heads[-1])["host"] == expected.format(port=origin.port, visitor=route.host)


def test_error_pages_suit_who_asks(lab):
    route = lab.relay().subdomain("nobody")
    html = fetch(route, "GET", "/<script>alert(1)</script>", [("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")])
    assert (html.status, html.get("X-Tunnel-Error")) == (404, "tunnel_not_found")
    assert html.get("Content-Type").startswith("text/html") and b"<html" in html.body.lower()
    assert b"<script>" not in html.body and html.get("X-Request-Id").encode() in html.body
    for accept in ([("Accept", "application/json")], [("Accept", "*/*")], []):
        answer = fetch(route, "GET", "/", [*accept, ("Origin", "http://app.example")])
        error = json.loads(answer.body)["error"]
        assert answer.status == 404 and answer.get("Content-Type").startswith("application/json")
        assert error["code"] == "tunnel_not_found" and error["message"]
        assert error["request_id"] == answer.get("X-Request-Id")
        assert answer.get("Access-Control-Allow-Origin") in ("*", "http://app.example")
        assert "X-Tunnel-Error" in answer.get("Access-Control-Expose-Headers")


def test_an_error_page_has_the_head_of_its_whole(lab):
    head = fetch(lab.relay().subdomain("nobody"), "HEAD", "/")
    assert head.status == 404 and int(head.get("Content-Length")) > 0 and head.body == b""


@pytest.mark.parametrize("target", ["/nobody/", "/nobody/deep/path?q", "/_tunnel/other", "/UPPER/", "/a.b/"])
def test_unknown_tunnels_and_names_that_are_none(lab, target):
    assert fetch(lab.relay().apex(), "GET", target).status in (400, 404)


def test_foreign_hosts_are_not_served(lab):
    origin = answering(lab)
    relay = lab.relay()
    lab.tunnel(relay, origin.port, "shop")
    for host in ("shop.example.org", "shop.localhost.example.org", "x.shop.localhost", "example.org"):
        response = fetch(Route(relay.port, host), "GET", "/")
        assert response.status == 404 and response.get("X-Tunnel-Error") == "tunnel_not_found"
    assert origin.heads == []


def test_path_without_slash_redirects(lab):
    relay = lab.relay()
    lab.tunnel(relay, answering(lab).port, "shop")
    response = fetch(relay.apex(), "POST", "/shop?a=1", body=b"kept by 308")
    assert (response.status, response.get("Location")) == (308, "/shop/?a=1")


@pytest.mark.parametrize("token", [None, WRONG_TOKEN], ids=["no token", "wrong token"])
def test_without_the_token_it_ends_with_3(lab, token):
    relay = lab.relay(token=TOKEN)
    client = lab.ttf("http", answering(lab).port, "--name", "shop", "--relay", relay.url, token=token)
    assert client.process.wait_exit() == 3
    assert "ERROR: Unauthorized" in client.process.stderr()
    assert client.events("failed")[-1]["code"] == "unauthorized" and client.events("online") == []
    if token:
        assert token not in client.process.stderr() + client.process.stdout_path.read_text()
        assert token not in relay.process.stderr() + relay.process.stdout_path.read_text()


def test_token_by_environment_file_and_argument(lab):
    relay = lab.relay(token=TOKEN)
    origin = answering(lab)
    lab.tunnel(relay, origin.port, "by-environment", token=TOKEN)
    file = lab.new_folder("token") / "token"
    file.write_text(TOKEN + "\n")
    file.chmod(0o600)
    lab.tunnel(relay, origin.port, "by-file", "--token-file", file)
    exposed = lab.tunnel(relay, origin.port, "by-argument", "--token", TOKEN)
    assert "others may have read --token" in exposed.process.stderr()
    for name in ("by-environment", "by-file", "by-argument"):
        assert fetch(relay.subdomain(name), "GET", "/").body == b"ok"
    assert TOKEN not in pathlib.Path(f"/proc/{exposed.process.pid}/cmdline").read_bytes().decode()
    assert TOKEN not in exposed.process.stderr() + relay.process.stderr()


def marked(lab, text):
    return lab.origin(lambda exchange: exchange.respond(body=text))


def test_a_taken_name_is_refused_and_taken_over_by_its_owner_only(lab):
    relay = lab.relay(token=f"{TOKEN}\n{OTHER_TOKEN}")
    first = lab.tunnel(relay, marked(lab, b"first").port, "shop", token=TOKEN)
    second = marked(lab, b"second")
    arguments = ("http", second.port, "--name", "shop", "--relay", relay.url)

    refused = lab.ttf(*arguments, token=TOKEN)
    assert refused.process.wait_exit() == 4 and refused.events("failed")[-1]["code"] == "name_taken"
    stranger = lab.ttf(*arguments, "--takeover", token=OTHER_TOKEN)
    assert stranger.process.wait_exit() in (3, 4) and stranger.events("online") == []
    assert fetch(relay.subdomain("shop"), "GET", "/").body == b"first"

    owner = lab.ttf(*arguments, "--takeover", token=TOKEN)
    owner.wait_online()
    wait_until(lambda: fetch(relay.subdomain("shop"), "GET", "/").body == b"second", 10, "not taken over")
    assert first.process.wait_exit() == 4 and first.events("failed")[-1]["code"] == "name_taken"


def test_tunnels_of_one_relay_do_not_mix_on_one_connection(lab):
    relay = lab.relay()
    for name in ("one", "two"):
        lab.tunnel(relay, marked(lab, name.encode()).port, name)
    with Connection(relay.apex()) as connection:
        for name in ("one", "two", "none", "two", "one"):
            connection.send(request_bytes(relay.subdomain(name), "GET", "/"))
            response = connection.read_response()
            assert response.body == name.encode() if name != "none" else response.status == 404
