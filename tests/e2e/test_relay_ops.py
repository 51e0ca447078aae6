"""Running a relay: health, metrics, configuration, logs, and what `ttf` tells scripts."""

import json
import subprocess
import threading

import pytest

from support.rawhttp import Connection, Route, fetch, request_bytes
from support.tunnel import BIN
from support.waiting import accepts, wait_until

EXIT_USAGE = 2


def test_health_is_on_its_own_listener(lab):
    relay = lab.relay()
    answer = relay.get_admin("/healthz")
    assert (answer.status, answer.body) == (200, b"ok\n")
    for target in ("/healthz/", "/metrics/"):  # a tunnel's name to visitors
        assert fetch(relay.apex(), "GET", target).get("X-Tunnel-Error") == "tunnel_not_found"
    assert relay.get_admin("/anything").status == 404


def test_health_says_draining(lab):
    half = threading.Event()

    def handler(exchange):
        exchange.send(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n1")
        half.wait(30)
        exchange.send(b"2")

    relay = lab.relay()
    route = lab.tunnel(relay, lab.origin(handler).port, "slow").routes()["subdomain"]
    with Connection(route) as connection:
        connection.send(request_bytes(route, "GET", "/"))
        connection.read_final_head()
        relay.process.terminate()
        wait_until(lambda: not accepts(relay.port), 10, "still accepts visitors")
        assert relay.get_admin("/healthz").status == 503
        half.set()
    assert relay.process.wait_exit() == 0


def test_metrics_count_what_happened(lab):
    origin = lab.origin(lambda exchange: exchange.respond(body=b"x" * 1000))
    relay = lab.relay()
    client = lab.tunnel(relay, origin.port, "counted")
    route = client.routes()["subdomain"]
    for _ in range(7):
        fetch(route, "POST", "/", body=b"y" * 100)
    fetch(relay.subdomain("nobody"), "GET", "/")
    metrics = relay.metrics()
    assert metrics["tunnel_relay_tunnels"] == metrics["tunnel_relay_links"] == 1
    assert metrics['tunnel_relay_requests_total{code_class="2xx"}'] == 7
    assert metrics['tunnel_relay_requests_total{code_class="4xx"}'] == 1
    assert metrics['tunnel_relay_errors_total{code="tunnel_not_found"}'] == 1
    assert metrics['tunnel_relay_bytes_total{direction="in"}'] == 700
    assert metrics['tunnel_relay_bytes_total{direction="out"}'] >= 7000
    assert metrics["tunnel_relay_request_duration_seconds_count"] == 8
    client.process.stop()
    wait_until(lambda: relay.metrics()["tunnel_relay_tunnels"] == 0, 10, "the tunnel is still counted")
    wait_until(lambda: relay.metrics()["tunnel_relay_visitor_connections"] == 0, 10, "visitors are still counted")
    assert relay.metrics()["tunnel_relay_streams"] == 0


def run(*arguments):
    return subprocess.run([str(part) for part in arguments], capture_output=True, text=True, timeout=60)


@pytest.mark.parametrize("text, named", [("[listen]\nprot = 1\n", "prot"), ("[listne]\nport = 1\n", "listne"),
                                         ("[timeouts]\nhead_seconds = 5\nheadseconds = 5\n", "headseconds"),
                                         ("[listen]\nport = 70000\n", "port"), ("[listen]\nport = \"80\"\n", "port"),
                                         ("[proxy]\ntrusted = [\"10.0.0.0/99\"]\n", "10.0.0.0/99")])
def test_a_wrong_configuration_is_refused_by_name(lab, text, named):
    file = lab.new_folder("config") / "relay.toml"
    file.write_text(text)
    done = run(BIN / "tunnel-relay", "--config", file)
    assert done.returncode == EXIT_USAGE
    assert named in done.stderr and "relay.toml:" in done.stderr


def test_wrong_tunnels_toml_is_refused_by_name(lab):
    file = lab.new_folder("config") / "tunnels.toml"
    file.write_text('[[tunnel]]\nname = "shop"\ntagret = "http://localhost:3000"\n')
    done = run(BIN / "ttf", "start", "--config", file)
    assert done.returncode == EXIT_USAGE and "tagret" in done.stderr and "tunnels.toml:3" in done.stderr


@pytest.mark.parametrize("arguments",
                         [["http"], ["http", "not-a-port"], ["http", "3000", "--name", "Not A Name"], ["--unknown"]])
def test_wrong_usage_ends_with_2(arguments):
    done = run(BIN / "ttf", *arguments)
    assert done.returncode == EXIT_USAGE and done.stderr


def test_a_port_in_use_is_said_clearly(lab):
    relay = lab.relay()
    done = run(BIN / "tunnel-relay", "--listen", f"127.0.0.1:{relay.port}")
    assert done.returncode == 1 and str(relay.port) in done.stderr


def test_the_admin_listener_is_for_loopback_unless_said(lab):
    refused = run(BIN / "tunnel-relay", "--listen", "127.0.0.1:0", "--admin", "0.0.0.0:9", "--check")
    assert refused.returncode == EXIT_USAGE and "exposed = true" in refused.stderr
    file = lab.new_folder("config") / "relay.toml"
    file.write_text("[admin]\nexposed = true\n")
    assert run(BIN / "tunnel-relay", "--config", file, "--admin", "0.0.0.0:9", "--check").returncode == 0


def test_the_admin_listener_tells_no_stranger(lab):
    """A page of another site whose name leads to 127.0.0.1 (DNS rebinding)."""
    relay = lab.relay()
    assert relay.get_admin("/metrics").status == 200
    rebound = fetch(Route(relay.admin, f"evil.example:{relay.admin}"), "GET", "/metrics")
    assert rebound.status == 421 and b"tunnel_relay" not in rebound.body


def test_json_logs_of_the_relay_parse(lab):
    relay = lab.relay(options=["--log-format", "json", "--log-level", "debug"])
    lab.tunnel(relay, lab.origin(lambda exchange: exchange.respond()).port, "logged")
    fetch(relay.subdomain("logged"), "GET", "/seen")
    fetch(relay.subdomain("nobody"), "GET", "/")
    relay.process.stop()
    lines = [json.loads(line) for line in relay.process.stderr().splitlines()]
    assert len(lines) >= 2 and all(isinstance(line, dict) for line in lines)


def test_json_events_of_ttf(lab):
    origin = lab.origin(lambda exchange: exchange.respond("201 Made", body=exchange.read_body() * 2))
    client = lab.tunnel(lab.relay(), origin.port, "events")
    online = client.wait_online()
    assert online["name"] == "events" and online["public_url"] in (online["subdomain_url"], online["path_based_url"])
    fetch(client.routes()["subdomain"], "PUT", "/thing?q=%20", body=b"four")
    event = client.wait_event("request")
    assert (event["name"], event["method"], event["path"], event["status"]) == ("events", "PUT", "/thing?q=%20", 201)
    assert (event["request_bytes"], event["response_bytes"]) == (4, 8)
    assert event["request_id"].startswith("req_") and event["duration_ms"] >= 0


def test_text_output_has_the_url_and_a_line_a_request(lab):
    """As a person sees it: no --json."""
    origin = lab.origin(lambda exchange: exchange.respond(body=b"hi"))
    relay = lab.relay()
    client = lab.ttf("http", origin.port, "--name", "person", "--relay", relay.url, json_events=False)
    client.wait_text(f"http://person.localhost:{relay.port}")
    fetch(relay.subdomain("person"), "GET", "/a/path?q")
    client.wait_text("/a/path?q")
    line = next(line for line in client.output().splitlines() if "/a/path?q" in line)
    assert "GET" in line and "200" in line
    assert client.process.stop() == 0


def test_the_earlier_clients_command_line(lab):
    origin = lab.origin(lambda exchange: exchange.respond(body=b"as before"))
    relay = lab.relay()
    client = lab.ttf("--endpoint", relay.url, "--port", origin.port, "--verbose")
    assert fetch(client.routes()["subdomain"], "GET", "/").body == b"as before"


def test_demo_serves_a_sample_site(lab):
    client = lab.ttf("demo", "--relay", lab.relay().url)
    response = fetch(client.routes()["subdomain"], "GET", "/", [("Accept", "text/html")])
    assert response.status == 200 and b"<html" in response.body.lower()
