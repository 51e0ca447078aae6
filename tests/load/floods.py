"""Visitors that come too often, and visitors that come and stay: what limits make of them, and what others notice."""

import statistics
import time

from scenarios import MAX_P99_MS, PATIENCE, checks, connect, visit, with_relay
from siege import Siege

MAX_OFF = 0.05  # of what the limit lets through
MAX_SLOWER = 1.2  # p99 of other tunnels beside a flood, of theirs without it
LEAST_NOISE_MS = 0.5  # below it a p99 is the machine's own
SHED_GRACE = 5  # seconds beyond a time limit: ticks of the relay's clock, a busy machine
LINGER_SECONDS = 2  # after its last word the relay reads on for so long
RETURN_SECONDS = 80  # heap::kReturnInterval, and some
SLACK_KIB = 12 * 1024  # pools and tables that have grown, and pages that are only partly free


def _limited(settings):
    return f"requests_per_second_per_tunnel = {settings['limit']}\n"


def _quiet(relay, generator, settings):
    """The other tunnels by themselves."""
    return visit(relay, generator, settings["tunnels"] - 1, settings["rate"], settings["seconds"])


def _flooded(relay, generator, settings):
    """One tunnel is offered many times its limit while the others go on as before."""
    hot = f"t{settings['tunnels'] - 1}.localhost"
    flood = generator.start("visit", rate=settings["limit"] * settings["times"], seconds=settings["seconds"],
                            connections=64, host=hot)
    beside = _quiet(relay, generator, settings)
    return beside, generator.finish(flood, settings["seconds"] + PATIENCE)


def passed_check(answer, settings):
    passed, limit = answer["latency"]["count"], settings["limit"] * settings["seconds"]
    offered = passed + answer["failures"]["total"]
    return (f"{passed:,} of {offered:,} requests passed; the limit is {limit:,.0f}: {passed / limit - 1:+.1%}, at most "
            f"{MAX_OFF:.0%} off", abs(passed / limit - 1) <= MAX_OFF)


def others_check(quiet, beside):
    alone = statistics.mean(part["latency"]["p99_ms"] for part in quiet)
    p99 = beside["latency"]["p99_ms"]
    return (f"p99 of other tunnels {p99:.2f} ms beside it, {alone:.2f} ms before and after: {p99 / alone - 1:+.0%}, at "
            f"most {MAX_SLOWER - 1:.0%} more", p99 <= max(MAX_SLOWER * alone, alone + LEAST_NOISE_MS))


def _ratelimit(relay, generator, settings):
    connected = connect(relay, generator, settings["tunnels"], 1)
    before = _quiet(relay, generator, settings)
    beside, flood = _flooded(relay, generator, settings)
    after = _quiet(relay, generator, settings)
    reasons = flood["failures"]["reasons"]
    return {"connected": connected, "before": before, "beside": beside, "after": after, "flood": flood,
            **checks(passed_check(flood, settings),
                     ("all others were answered with 429", set(reasons) <= {"status 429"}),
                     others_check([before, after], beside),
                     ("nobody else was refused", sum(part["failures"]["total"] for part in (before, beside, after)) == 0))}


ratelimit = with_relay(_ratelimit, _limited)


def _wait_shed(siege, seconds):
    """Until the relay has closed them all."""
    end = time.monotonic() + seconds
    while siege.left() and time.monotonic() < end:
        time.sleep(0.1)


def _besieged(relay, generator, settings, count):
    """Both kinds of visitors that stay, others as usual beside them, until all are shed."""
    begun = time.monotonic()
    siege = Siege(relay.port, "t0.localhost", head=count, silent=count // 2, body=count - count // 2)
    try:
        beside = visit(relay, generator, settings["tunnels"], settings["rate"], settings["seconds"])
        _wait_shed(siege, max(settings["head"], settings["body"]) + LINGER_SECONDS + SHED_GRACE - (time.monotonic() - begun))
        kinds = {kind: {"left": siege.left(kind), "longest_s": siege.longest(kind), "statuses": siege.statuses(kind)}
                 for kind in ("head", "silent", "body")}
    finally:
        siege.lift()
    return beside, kinds


def shed_checks(kinds, settings):
    limits = {"head": settings["head"], "silent": settings["head"], "body": settings["body"]}
    words = {"head": "with a head that never ends", "silent": "without a word", "body": "in the middle of a body"}
    return [(f"connections {words[kind]}: {seen['left']} left, the last closed after {seen['longest_s']:.1f} s",
             seen["left"] == 0 and seen["longest_s"] <= limits[kind] + LINGER_SECONDS + SHED_GRACE)
            for kind, seen in kinds.items()]


def _returned(relay, kib):
    """The relay once it has given its memory back, or has had the time for it."""
    end = time.monotonic() + RETURN_SECONDS
    while relay.sample()["rss_kib"] > kib and time.monotonic() < end:
        time.sleep(0.5)
    return relay.sample()


def _loris(relay, generator, settings):
    connected = connect(relay, generator, settings["tunnels"], 1)
    alone = visit(relay, generator, settings["tunnels"], settings["rate"], settings["seconds"])
    beside, kinds = _besieged(relay, generator, settings, settings["visitors"])
    alone_kib = alone["relay_after"]["rss_kib"]
    held = _returned(relay, alone_kib + SLACK_KIB)
    kib = held["rss_kib"] - alone_kib
    p99, usual = beside["latency"]["p99_ms"], alone["latency"]["p99_ms"]
    return {"connected": connected, "alone": alone, "beside": beside, "kinds": kinds, "kept_kib": kib, "relay_after": held,
            **checks(*shed_checks(kinds, settings),
                     ("nobody else was refused or lost", beside["failures"]["total"] == 0),
                     (f"p99 beside them {p99:.2f} ms, {usual:.2f} ms before", p99 <= min(MAX_P99_MS, max(2 * usual, usual + 5))),
                     (f"memory after them {kib / 1024:+.1f} MiB, at their height "
                      f"{(held['peak_kib'] - alone_kib) / 1024:+.1f} MiB", kib <= SLACK_KIB))}


def _timed(settings):
    return f"[timeouts]\nhead_seconds = {settings['head']}\nbody_read_seconds = {settings['body']}\n"


loris = with_relay(_loris, _timed)
