"""Too many requests for one tunnel, and visitors that come to stay: others are served as before, and it ends.

The same for half a minute, with the relay's own time limits, is `./dev load ratelimit` and `./dev load loris`.
"""

import json
import pathlib
import statistics
import subprocess
import sys
import time

from support import flood
from support.rawhttp import Connection
from support.waiting import SANITIZER, SLOWDOWN, wait_until

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1] / "load"))

from siege import Siege

RATE, BURST, FLOOD_SECONDS = 40, 40, 6  # a burst outlasts what a busy machine stands still
MAX_OFF = 0.05
SLACK_KIB = 12 * 1024  # pools and tables that have grown, and pages that are only partly free
RETURN_SECONDS = 80  # heap::kReturnInterval, and some
SIEGE = {"head": 1000, "silent": 500, "body": 500}
SIEGE_CONFIG = """
[timeouts]
head_seconds = 4
body_read_seconds = 4
[limits]
max_connections_per_address = 5000
"""


def answer(exchange):
    exchange.respond(body=b"%d" % len(exchange.read_body()))


def times_ms(route, seconds):
    """Milliseconds of requests one after another over one connection."""
    taken = []
    end = time.monotonic() + seconds
    with Connection(route) as connection:
        while time.monotonic() < end:
            start = time.monotonic_ns()
            assert connection.request("GET", "/").status == 200
            taken.append((time.monotonic_ns() - start) / 1e6)
    assert len(taken) >= 100
    return taken


def p99(values):
    return statistics.quantiles(values, n=100)[98]


def start_flood(route, seconds):
    argv = [sys.executable, flood.__file__, route.port, route.host, seconds, 4]
    return subprocess.Popen([str(part) for part in argv], stdout=subprocess.PIPE, text=True)


def test_a_tunnel_gets_its_rate_whatever_is_offered(lab):
    relay = lab.relay(config=f"[limits]\nrequests_per_second_per_tunnel = {RATE}\nrequests_burst_per_tunnel = {BURST}\n")
    origin = lab.origin(answer)
    lab.tunnel(relay, origin.port, "hot")
    flooding = start_flood(relay.subdomain("hot"), FLOOD_SECONDS)
    output, _ = flooding.communicate(timeout=30 * SLOWDOWN)
    seen = json.loads(output)
    passed, offered = seen["statuses"]["200"], sum(seen["statuses"].values())
    allowed = BURST + RATE * seen["seconds"]
    print(f"offered {offered}, passed {passed}, allowed {allowed:.1f}")
    assert offered >= 10 * allowed or SANITIZER
    assert abs(passed - allowed) <= MAX_OFF * allowed
    assert set(seen["statuses"]) == {"200", "429"}
    assert seen["waits"] == [["rate_limited", "1"]]
    assert len(origin.heads) == passed
    metrics = relay.metrics()
    refused = offered - passed
    assert metrics['tunnel_relay_requests_refused_total{limit="tunnel_rate"}'] == refused
    assert metrics['tunnel_relay_errors_total{code="rate_limited"}'] == refused
    log = relay.process.stderr()
    assert 1 <= log.count("requests_refused") <= 3 and "tunnel_id=hot" in log, "a flood is some lines of the log"
    assert "request_failed" not in log


def test_a_flood_of_one_tunnel_slows_no_other(lab):
    """Each has its rate, and the flooded one's is far below what is offered."""
    relay = lab.relay(config="[limits]\nrequests_per_second_per_tunnel = 100000\nmax_requests_per_tunnel = 1\n")
    origin = lab.origin(answer)
    quiet = lab.tunnel(relay, origin.port, "quiet").routes()["subdomain"]
    lab.tunnel(relay, origin.port, "hot")
    alone = times_ms(quiet, FLOOD_SECONDS / 2)
    flooding = start_flood(relay.subdomain("hot"), FLOOD_SECONDS)
    beside = times_ms(quiet, FLOOD_SECONDS / 2)
    output, _ = flooding.communicate(timeout=30 * SLOWDOWN)
    print(f"alone p99 {p99(alone):.2f} ms, beside p99 {p99(beside):.2f} ms; {output}")
    assert json.loads(output)["statuses"].get("429", 0) > 0
    assert p99(beside) <= 3 * p99(alone) + 20 * SLOWDOWN


def besieged(relay, route, name):
    """One siege to its end; milliseconds of the others' requests meanwhile."""
    siege = Siege(relay.port, f"{name}.localhost", **SIEGE)
    try:
        beside = times_ms(route, 3)
        wait_until(lambda: siege.left() == 0, 20, lambda: {kind: siege.left(kind) for kind in SIEGE})
        assert siege.statuses("head") == {408: SIEGE["head"]}
        assert siege.statuses("silent") == {0: SIEGE["silent"]}
        assert siege.statuses("body") == {408: SIEGE["body"]}
    finally:
        siege.lift()
    wait_until(lambda: relay.metrics()["tunnel_relay_visitor_connections"] == 0, 10, "connections are still counted")
    assert relay.metrics()["tunnel_relay_streams"] == 0
    return beside


def test_visitors_that_stay_are_shed_and_slow_nobody(lab):
    relay = lab.relay(config=SIEGE_CONFIG)
    origin = lab.origin(answer)
    route = lab.tunnel(relay, origin.port, "quiet").routes()["subdomain"]
    lab.tunnel(relay, origin.port, "besieged")
    alone = times_ms(route, 3)
    before = relay.process.status_kib("VmRSS")
    for _ in range(2):
        beside = besieged(relay, route, "besieged")
        peak = relay.process.status_kib("VmHWM")
        print(f"median {statistics.median(alone):.2f} ms alone, {statistics.median(beside):.2f} ms beside; "
              f"{before} KiB before, {peak} at the height")
        assert statistics.median(beside) <= 2 * statistics.median(alone) + 5 * SLOWDOWN
    wait_until(lambda: SANITIZER or relay.process.status_kib("VmRSS") <= before + SLACK_KIB, RETURN_SECONDS,
               lambda: f"{relay.process.status_kib('VmRSS')} KiB after")
