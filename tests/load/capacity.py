"""Beyond this machine, computed from the measured model: many relays behind a balancer that hashes by name.

Nothing here is measured. One relay is one thread that serves requests one after the other, each for as long as its CPU
was measured to take; requests come at random (Poisson); tunnels are unequally popular (Zipf); names are spread over
relays by a consistent hash. When a relay is lost, its tunnels come back to the others after a random wait, as ttf does.
"""

import bisect
import hashlib
import random

ZIPF = 1.0  # the n-th most popular tunnel gets 1/n of the first one's requests: usual of web sites
POINTS = 160  # of each relay on the hash ring: ketama's number, what nginx's `consistent` uses
REQUESTS = 200_000  # simulated for one percentile
FIRST_RETRY = 0.5  # seconds; full jitter over it (wire/limits.h, kRetryBase)
BUSY = 0.7  # of a core: what a relay should be planned to use at most


def lindley(arrivals, service):
    """Waiting time of each of [arrival times] in one queue with one server: W' = max(0, W + S - A)."""
    free_at, waits = 0.0, []
    for arrival in arrivals:
        start = max(arrival, free_at)
        waits.append(start - arrival)
        free_at = start + service
    return waits


def percentile(values, percent):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))]


def request_p99(rate, service, seed=1):
    """Seconds from arrival to the end of a request's CPU at one relay; None when it cannot keep up."""
    if rate * service >= 1:
        return None
    draw = random.Random(seed)
    now, arrivals = 0.0, []
    for _ in range(REQUESTS):
        now += draw.expovariate(rate)
        arrivals.append(now)
    return percentile(lindley(arrivals, service), 99) + service


def _hash(text):
    return int.from_bytes(hashlib.md5(text.encode(), usedforsecurity=False).digest()[:4], "big")


class Ring:
    """Consistent hashing of names over relays."""

    def __init__(self, relays):
        self._points = sorted((_hash(f"{relay}-{point}"), relay) for relay in relays for point in range(POINTS))
        self._hashes = [point for point, _ in self._points]

    def of(self, name):
        return self._points[bisect.bisect(self._hashes, _hash(name)) % len(self._points)][1]


def shares(relays, tunnels, exponent=ZIPF):
    """For each relay: its part of the tunnels and its part of the requests."""
    ring = Ring(range(relays))
    total = sum(1 / rank ** exponent for rank in range(1, tunnels + 1))
    held, asked = [0] * relays, [0.0] * relays
    for rank in range(1, tunnels + 1):
        relay = ring.of(f"t{rank}")
        held[relay] += 1
        asked[relay] += 1 / rank ** exponent / total
    return [count / tunnels for count in held], asked


def comeback_seconds(tunnels, survivors, service, seed=1):
    """From the loss of a relay with so many tunnels until the last is back at the others."""
    draw = random.Random(seed)
    arrivals = sorted(draw.uniform(0, FIRST_RETRY) for _ in range(max(1, tunnels // survivors)))
    waits = lindley(arrivals, service)
    return arrivals[-1] + waits[-1] + service


def plan(model, relays, tunnels, rate):
    """One row: what the fullest and the busiest of the relays have to carry."""
    held, asked = shares(relays, min(tunnels, 100_000))  # shares hardly change beyond
    most, busiest = max(held) * tunnels, max(asked) * rate
    cores = busiest * model["cpu_s_per_request"] + most * model["idle_cores_per_tunnel"]
    p99 = request_p99(busiest, model["cpu_s_per_request"]) if cores < 1 else None
    return {"relays": relays, "tunnels": tunnels, "rate": rate, "most_tunnels": round(most),
            "memory_mib": (model["base_kib"] + most * model["kib_per_tunnel"]) / 1024, "busiest_rate": busiest,
            "cores": cores, "p99_ms": None if p99 is None else p99 * 1000,
            "comeback_s": comeback_seconds(round(most), relays - 1, model["cpu_s_per_tunnel_opened"]) if relays > 1 else None}


def single(model, tunnels):
    """Requests a second at which one relay with so many tunnels has used its planned part of a core, and all of it."""
    idle = tunnels * model["idle_cores_per_tunnel"]
    return tuple(max(0.0, part - idle) / model["cpu_s_per_request"] for part in (BUSY, 1.0))


GRID = [(1, 10_000, 5_000), (1, 50_000, 5_000), (2, 50_000, 20_000), (4, 100_000, 40_000), (8, 250_000, 80_000),
        (16, 1_000_000, 160_000), (32, 1_000_000, 320_000)]


def table(model):
    lines = ["computed from the measured model, not measured",
             f"{'relays':>6} {'tunnels':>9} {'requests/s':>10} | {'fullest':>8} {'MiB':>7} | {'busiest/s':>9} {'cores':>6} "
             f"{'p99 ms':>7} | {'one lost: back after s':>22}"]
    for relays, tunnels, rate in GRID:
        row = plan(model, relays, tunnels, rate)
        p99 = "beyond" if row["p99_ms"] is None else f"{row['p99_ms']:.2f}"
        back = "-" if row["comeback_s"] is None else f"{row['comeback_s']:.2f}"
        lines.append(f"{relays:>6} {tunnels:>9,} {rate:>10,} | {row['most_tunnels']:>8,} {row['memory_mib']:>7,.0f} | "
                     f"{row['busiest_rate']:>9,.0f} {row['cores']:>6.2f} {p99:>7} | {back:>22}")
    for tunnels in (1_000, 10_000, 50_000):
        planned, all_of_it = single(model, tunnels)
        lines.append(f"one relay with {tunnels:,} tunnels: {planned:,.0f} requests/s at {BUSY:.0%} of its core, "
                     f"{all_of_it:,.0f}/s at all of it")
    return "\n".join(lines)
