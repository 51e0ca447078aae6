"""What this project promises of its tunnel, each as a sentence that a run confirms or refutes."""

from typing import Callable, NamedTuple

from figures import OURS, REFERENCE, difference, ratio, spread, values

MB = 1e6


class Promise(NamedTuple):
    subject: str
    measure: Callable  # of the results: a Spread, or None when that was not measured
    limit: float
    at_least: bool
    unit: str


def at_least_times(key, subject, peer, limit):
    return Promise(f"{subject} over {peer}'s", lambda results: ratio(results["rounds"], key, OURS, peer), limit, True, "")


def at_most_times(key, subject, peer, limit):
    return Promise(f"{subject} over {peer}'s", lambda results: ratio(results["rounds"], key, OURS, peer), limit, False, "")


def at_most_above(key, subject, peer, limit, unit):
    return Promise(f"{subject} above {peer}'s",
                   lambda results: difference(results["rounds"], key, OURS, peer), limit, False, unit)


def at_most(key, subject, limit, unit, scale=1.0):
    return Promise(subject, lambda results: spread([value * scale for value in values(results["rounds"], key, OURS)]),
                   limit, False, unit)


def single(name, subject, limit, unit, scale):
    return Promise(subject, lambda results: spread([results[name] * scale] if results.get(name) else []),
                   limit, False, unit)


PROMISES = [
    at_least_times("requests_per_second", "requests/s", "localtunnel", 5.0),
    at_least_times("requests_per_second", "requests/s", "ssh -R", 3.0),
    at_least_times("requests_per_second", "requests/s", "wstunnel", 1.2),
    at_least_times("requests_per_second", "requests/s", REFERENCE, 0.35),
    at_most_times("p99_ms", "p99", "wstunnel", 1.0),
    at_most("cpu_s_per_10k", "CPU of relay and client for 10,000 requests", 0.4, " s"),
    at_most_above("latency_alone_ms", "p50 at one connection", "direct", 0.25, " ms"),
    *(at_least_times(key, subject, peer, limit)
      for key, subject in (("down_mb_s", "download"), ("up_mb_s", "upload"))
      for peer, limit in (("wstunnel", 1.2), ("ssh -R", 1.2), (REFERENCE, 0.5))),
    at_most("peak_mib/ttf", "memory peak of ttf", 40.0, " MB", (1 << 20) / MB),
    single("ttf_stripped_bytes", "ttf, stripped", 7.0, " MB", 1 / MB),
]


def number(value):
    return f"{value:.2f}"


def judge(promise, results):
    """The sentence, and whether the promise is kept: by the median. What was not measured is not kept."""
    measured = promise.measure(results)
    if measured is None:
        return f"FAIL {promise.subject}: not measured", False
    kept = measured.median >= promise.limit if promise.at_least else measured.median <= promise.limit
    wanted = f"{'at least' if promise.at_least else 'at most'} {promise.limit:g}{promise.unit}"
    several = "" if measured.low == measured.high else f", range {number(measured.low)}–{number(measured.high)}"
    return (f"{'ok  ' if kept else 'FAIL'} {promise.subject}: {number(measured.median)}{promise.unit} "
            f"({wanted}{several})"), kept


def check_floors(results):
    """A sentence for each promise, and whether all are kept."""
    judged = [judge(promise, results) for promise in PROMISES]
    return [sentence for sentence, _ in judged], all(kept for _, kept in judged)
