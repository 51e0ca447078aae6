"""50 tunnels in one client, 20 requests in flight on each, 100,000 in all: none lost, none mixed up."""

import resource
import time

from support.load import run_load
from support.rawhttp import request_bytes
from support.tunnel import route_of
from support.waiting import SANITIZER, SLOWDOWN, free_ports, wait_until

TUNNELS = 50
IN_FLIGHT = 20
REQUESTS = 5_000 if SANITIZER else 100_000
SHELL_DESCRIPTORS = 1024  # fewer than 50 tunnels with 20 requests each need
PER_CONNECTION = REQUESTS // (TUNNELS * IN_FLIGHT)
LOAD_SECONDS = 120 * SLOWDOWN


def start(lab, relay):
    """One nginx with a port for each tunnel, which answers with that port and what it was asked; one ttf for all."""
    ports = free_ports(TUNNELS)
    listens = "".join(f"listen 127.0.0.1:{port};\n" for port in ports)
    nginx = lab.nginx(server=listens + 'location / { return 200 "$server_port $request_uri $http_x_mark"; }')
    folder = lab.new_folder("many")
    tables = [f'[[tunnel]]\nname = "many-{number}"\ntarget = "http://localhost:{port}"\nserver = "{relay.url}"\n'
              for number, port in enumerate(ports)]
    (folder / "tunnels.toml").write_text("\n".join(tables))
    return nginx, ports, lab.ttf("start", "--config", folder / "tunnels.toml", folder=folder)


def marked_requests(route, port, connection):
    for number in range(PER_CONNECTION):
        mark = f"{port}-{connection}-{number}"
        target = f"/{connection}/{number}?{mark * (number % 5)}"
        yield request_bytes(route, "GET", target, [("X-Mark", mark)]), f"{port} {target} {mark}".encode()


def test_none_lost_none_mixed_up(lab):
    relay = lab.relay()
    _, ports, client = start(lab, relay)
    client.wait_online(count=TUNNELS)
    online = {event["name"]: route_of(event["subdomain_url"]) for event in client.events("online")}
    assert len(online) == TUNNELS
    lists = [marked_requests(online[f"many-{number}"], port, f"{number}.{connection}")
             for number, port in enumerate(ports) for connection in range(IN_FLIGHT)]
    start_time = time.monotonic()
    answered = run_load(("127.0.0.1", relay.port), lists, LOAD_SECONDS)
    taken = time.monotonic() - start_time
    print(f"{sum(answered)} requests in {taken:.1f} s, {sum(answered) / taken:.0f}/s")
    assert answered == [PER_CONNECTION] * (TUNNELS * IN_FLIGHT)
    # Every one has its line, and each line names the tunnel that its request went to.
    lines = wait_until(lambda: (events := client.events("request")) and len(events) >= REQUESTS and events, 30,
                       lambda: f"{len(client.events('request'))} request lines of {REQUESTS}")
    assert len({line["request_id"] for line in lines}) == len(lines) == REQUESTS
    for line in lines:
        assert (line["status"], line["method"]) == (200, "GET")
        assert line["path"].startswith(f"/{line['name'].removeprefix('many-')}."), line
    assert client.events("reconnecting") == []


def test_more_descriptors_are_taken_than_a_shell_gives(lab):
    """By relay and client both, the embedded relay being one with its client."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(SHELL_DESCRIPTORS, hard), hard))
    try:
        relay = lab.relay()
        client = lab.ttf("demo")
        client.wait_online()
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    for process in (relay.process, client.process):
        assert resource.prlimit(process.pid, resource.RLIMIT_NOFILE) == (hard, hard)
