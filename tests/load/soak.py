"""The soak: hours of traffic through a relay and a ttf, sampled every few seconds; nothing may grow.

Beside the requests, a few other tunnels lose their links and come back all the time, and visitors' connections end after
some requests, so that what is kept of a link or a connection too long shows as well.
"""

import contextlib
import json
import time

from process import wait_until
from system import ORIGIN_BYTES, Relay, Service
from generator import Generator
from verdict import LATENCY, MEMORY, judge, judge_descriptors

TUNNELS = 100
DROPS_PER_SECOND = 1
CONNECTIONS = 64
REQUESTS_PER_CONNECTION = 1000
PATIENCE = 60  # beyond the run's own length
MAX_ERRORS = 0.001
REST_SECONDS = 60  # twice what an idle connection to the local service is kept


def run(programs, folder, minutes, rate, every):
    """Runs it; every line of soak.jsonl in `folder` is written as it comes. Returns them as read() does."""
    relay = Relay(programs, folder)
    service = generator = None
    try:
        service = Service(programs, folder, relay)
        with (folder / "soak.jsonl").open("w") as out:
            before = _descriptors(relay, service)
            generator = Generator(programs / "tunnel_load", relay.port, folder / "generator.log")
            _measure(generator, relay, service, out, minutes * 60, rate, every)
            generator.stop()
            generator = None
            out.write(json.dumps({"rest": {"before": before, "after": _rested(relay, service, before)}}) + "\n")
    finally:
        for part in (generator, service, relay):
            if part:
                part.stop()
    return read(folder / "soak.jsonl")


def _descriptors(relay, service):
    return {"relay": relay.sample()["descriptors"], "ttf": service.sample()["descriptors"]}


def _rested(relay, service, before):
    """What is still open when nothing has come for a while: at once when that is no more than before."""
    with contextlib.suppress(TimeoutError):
        wait_until(lambda: all(count <= before[program] for program, count in _descriptors(relay, service).items()),
                   REST_SECONDS, "the descriptors of the load are closed")
    return _descriptors(relay, service)


def _measure(generator, relay, service, out, seconds, rate, every):
    generator.ask("tunnels", 60, count=TUNNELS, seconds=1, prefix="churned")
    generator.start("churn", rate=DROPS_PER_SECOND, seconds=seconds)
    begun = time.monotonic()

    def keep(figures):
        out.write(json.dumps(sample_of(time.monotonic() - begun, figures, relay.sample(), service.sample())) + "\n")
        out.flush()

    visits = generator.start("visit", rate=rate, seconds=seconds, connections=CONNECTIONS, host=service.host,
                             bytes=ORIGIN_BYTES, keep=REQUESTS_PER_CONNECTION, every=every)
    generator.finish(visits, seconds + PATIENCE, interim=keep)


def sample_of(seconds, figures, relay, ttf):
    latency = figures["latency"]
    return {"t": round(seconds, 1), "answered": latency["count"], "failed": figures["failures"]["total"],
            "reasons": figures["failures"]["reasons"], "p50_ms": latency["p50_ms"], "p99_ms": latency["p99_ms"],
            "max_ms": latency["max_ms"], "relay": relay, "ttf": ttf}


def read(path):
    """(samples, descriptors at rest) of a run."""
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    return [line for line in lines if "t" in line], next(line["rest"] for line in lines if "rest" in line)


def series(samples, *keys):
    points = []
    for point in samples:
        value = point
        for key in keys:
            value = value[key]
        points.append((point["t"], value))
    return points


def conclude(samples, rest):
    """The verdicts of a run, one for each series, and the figures of the whole."""
    answered = sum(point["answered"] for point in samples)
    failed = sum(point["failed"] for point in samples)
    verdicts = []
    for program in ("relay", "ttf"):
        verdicts.append({"of": program, **judge(MEMORY, series(samples, program, "anon_kib"))})
        verdicts.append({"of": program, **judge_descriptors(rest["before"][program], rest["after"][program])})
    verdicts.append({"of": "visitors", **judge(LATENCY, series(samples, "p99_ms"))})
    errors = failed / max(1, answered + failed)
    return {"seconds": samples[-1]["t"], "answered": answered, "failed": failed, "error_rate": errors,
            "verdicts": verdicts, "good": errors < MAX_ERRORS and answered > 0 and all(v["good"] for v in verdicts)}


def table(conclusion):
    lines = [f"{conclusion['answered']:,} requests in {conclusion['seconds'] / 60:.1f} min, {conclusion['failed']} failed "
             f"({conclusion['error_rate']:.4%})",
             f"{'':9} {'':19} {'level':>12} {'growth':>10} {'allowed':>10}"]
    for verdict in conclusion["verdicts"]:
        lines.append(f"{verdict['of']:9} {verdict['what']:19} {verdict['level']:9,.1f} {verdict['unit']:3}"
                     f"{verdict['growth']:10,.2f} {verdict['allowed']:10,.2f}  {'ok' if verdict['good'] else 'GROWS'}")
    return "\n".join(lines)
