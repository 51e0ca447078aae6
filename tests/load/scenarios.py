"""The scenarios that take a minute or two: each measures one thing, says what it must be, and returns plain figures."""

import time

from generator import Generator
from hotspots import Profile
from system import Relay

MAX_TUNNEL_KIB = 40
MAX_ESTABLISHMENT_MS = 200
MAX_P99_MS = 500
MAX_ERRORS = 0.001
NOISE_MS = 50  # what else a machine of two processors does to a p99
MAX_SLOW_KIB = 512  # one window of 256 KiB (wire/limits.h), in buffers that grow by doubling
CONNECTIONS = 256  # keep-alive connections of visitors: what a load balancer in front would hold
START_SECONDS = 180  # for all tunnels of a scenario, on a busy machine
PATIENCE = 60  # beyond a command's own length


def with_relay(measure, limits=lambda _: ""):
    """Runs measure(relay, generator, settings) with one relay, limited as limits(settings) says, and one generator."""
    def scenario(programs, folder, settings):
        relay = Relay(programs, folder, limits(settings))
        generator = None
        try:
            generator = Generator(programs / "tunnel_load", relay.port, folder / "generator.log",
                                  comeback=settings.get("comeback"))
            return measure(relay, generator, {**settings, "folder": folder})
        finally:
            if generator:
                generator.stop()
            relay.stop()
    return scenario


def connect(relay, generator, count, seconds):
    """Opens tunnels at an even pace; what that cost the relay, and how long it took each of them."""
    before = relay.sample()
    answer = generator.ask("tunnels", seconds + START_SECONDS, count=count, seconds=seconds, timeout=START_SECONDS)
    after = relay.sample()
    return {"tunnels": count, "online": answer["online"], "took_s": answer["took_s"],
            "establishment": answer["establishment"], "failures": answer["failures"], "relay_before": before,
            "relay_after": after, "kib_per_tunnel": (after["rss_kib"] - before["rss_kib"]) / count,
            "cpu_ms_per_tunnel": (after["cpu_s"] - before["cpu_s"]) * 1000 / count}


def visit(relay, generator, tunnels, rate, seconds, connections=CONNECTIONS, **settings):
    """Requests spread over the tunnels; latency, errors and what they cost."""
    before, generator_before, begun = relay.sample(), generator.cpu_seconds(), time.monotonic()
    answer = generator.ask("visit", seconds + PATIENCE, rate=rate, seconds=seconds, connections=connections,
                           hosts=tunnels, **settings)
    after, took = relay.sample(), time.monotonic() - begun
    asked = answer["latency"]["count"] + answer["failures"]["total"]
    cpu = after["cpu_s"] - before["cpu_s"]
    return {"rate": rate, "seconds": seconds, "asked": asked, "answered_per_second": answer["latency"]["count"] / took,
            "latency": answer["latency"], "lag": answer["lag"], "failures": answer["failures"],
            "error_rate": answer["failures"]["total"] / max(1, asked),
            "relay_cpu_s_per_10k": cpu / max(1, asked) * 10_000, "relay_cores": cpu / took,
            "generator_cores": (generator.cpu_seconds() - generator_before) / took, "relay_after": after}


def checks(*pairs):
    """[(sentence, good)] as figures."""
    return {"checks": [{"what": what, "good": bool(good)} for what, good in pairs],
            "good": all(good for _, good in pairs)}


def establishment_checks(connected):
    p99 = connected["establishment"]["p99_ms"]
    return (f"{connected['online']:,} of {connected['tunnels']:,} tunnels online",
            connected["online"] == connected["tunnels"]), \
           (f"establishment p99 {p99:.1f} ms < {MAX_ESTABLISHMENT_MS} ms", p99 < MAX_ESTABLISHMENT_MS)


def request_checks(visited, most=MAX_P99_MS):
    p99, errors = visited["latency"]["p99_ms"], visited["error_rate"]
    return (f"latency p99 {p99:.1f} ms <= {most:.0f} ms", p99 <= most), \
           (f"error rate {errors:.4%} < {MAX_ERRORS:.1%}", errors < MAX_ERRORS)


@with_relay
def establish(relay, generator, settings):
    connected = connect(relay, generator, settings["tunnels"], settings["seconds"])
    return {"connected": connected, **checks(*establishment_checks(connected))}


@with_relay
def tunnels(relay, generator, settings):
    count = settings["tunnels"]
    connected = connect(relay, generator, count, settings["ramp"])
    visited = visit(relay, generator, count, settings["rate"], settings["seconds"])
    kib = (visited["relay_after"]["rss_kib"] - connected["relay_before"]["rss_kib"]) / count
    return {"connected": connected, "visited": visited, "kib_per_tunnel": kib,
            **checks(*establishment_checks(connected),
                     (f"{kib:.1f} KiB of the relay for each tunnel < {MAX_TUNNEL_KIB} KiB", kib < MAX_TUNNEL_KIB),
                     *request_checks(visited))}


@with_relay
def limit(relay, generator, settings):
    """Raises the rate until latency or errors miss their target: where one relay, or this machine, ends."""
    count = settings["tunnels"]
    connected = connect(relay, generator, count, settings["ramp"])
    steps = []
    for rate in settings["rates"]:
        profile = Profile(relay.pid, settings["folder"])
        steps.append(visit(relay, generator, count, rate, settings["seconds"]))
        steps[-1]["profile"] = profile.read()
        if not all(good for _, good in request_checks(steps[-1], settings["p99"])):
            break
    held = [step["rate"] for step in steps if all(good for _, good in request_checks(step, settings["p99"]))]
    return {"connected": connected, "steps": steps, "held": max(held, default=0),
            **checks((f"the lowest rate, {settings['rates'][0]:,}/s, is held", held))}


@with_relay
def storm(relay, generator, settings):
    """The relay is killed and started again: every tunnel comes back."""
    count = settings["tunnels"]
    connected = connect(relay, generator, count, settings["ramp"])
    generator.ask("forget", PATIENCE)
    relay.kill()
    gone = generator.ask("await", PATIENCE + 10, online=0, timeout=PATIENCE)
    generator.ask("forget", PATIENCE)
    relay.start()
    begun = relay.sample()
    back = generator.ask("await", START_SECONDS + 10, online=count, timeout=START_SECONDS)
    after = relay.sample()
    p99 = back["establishment"]["p99_ms"]
    return {"connected": connected, "back": back, "comeback": settings["comeback"], "took_s": back["took_s"],
            "relay_cpu_s": after["cpu_s"] - begun["cpu_s"], "relay_after": after,
            **checks((f"all {count:,} links were lost", gone["all"]),
                     (f"{back['online']:,} of {count:,} tunnels back after {back['took_s']:.1f} s", back["all"]),
                     (f"within {settings['within']} s", back["took_s"] <= settings["within"]),
                     (f"establishment p99 {p99:.0f} ms", p99 > 0))}


@with_relay
def slow(relay, generator, settings):
    """Visitors that read a large answer at a kilobyte a second, while others are served as usual."""
    count, seconds = settings["tunnels"], settings["seconds"]
    connected = connect(relay, generator, count, 2)
    alone = visit(relay, generator, count, settings["rate"], min(10, seconds))
    reading = generator.start("slow", count=settings["visitors"], bytes_per_second=1024, seconds=seconds + 5,
                              ramp=settings["ramp"], size=settings["size"], hosts=count)
    beside = visit(relay, generator, count, settings["rate"], seconds)
    slowly = generator.finish(reading, seconds + PATIENCE)
    kib = (relay.sample()["peak_kib"] - alone["relay_after"]["rss_kib"]) / settings["visitors"]
    p99, usual = beside["latency"]["p99_ms"], alone["latency"]["p99_ms"]
    return {"connected": connected, "alone": alone, "beside": beside, "slow": slowly, "kib_per_slow_visitor": kib,
            **checks((f"{slowly['reading']:,} of {settings['visitors']:,} slow visitors read to the end",
                      slowly["reading"] == settings["visitors"]),
                     (f"{kib:.0f} KiB of the relay for each slow visitor < {MAX_SLOW_KIB} KiB", kib < MAX_SLOW_KIB),
                     *request_checks(beside),
                     (f"p99 beside them {p99:.1f} ms, {usual:.1f} ms before", p99 <= max(2 * usual, usual + NOISE_MS)))}
