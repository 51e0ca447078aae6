"""What is measured of a peer in a round, and how rounds become one number with a range."""

import statistics
from typing import NamedTuple

REFERENCE = "nginx proxy"
OURS = "ours"


class Figure(NamedTuple):
    key: str
    heading: str
    decimals: int
    with_ratio: bool  # the table shows the ratio to the nginx proxy beside it
    more_is_better: bool


FIGURES = [
    Figure("requests_per_second", "req/s", 0, True, True),
    Figure("p50_ms", "p50 ms", 2, False, False),
    Figure("p99_ms", "p99 ms", 2, False, False),
    Figure("latency_alone_ms", "ms at 1", 3, True, False),
    Figure("down_mb_s", "MB/s down", 0, True, True),
    Figure("up_mb_s", "MB/s up", 0, True, True),
    Figure("peak_mib", "peak MiB", 0, False, False),
    Figure("cpu_s_per_10k", "CPU s/10k", 3, True, False),
]
OF_PROCESSES = ("peak_mib", "cpu_s_per_10k")  # also measured for each process, as FIGURE/PROCESS


class Spread(NamedTuple):
    median: float
    low: float
    high: float


def spread(values):
    """Median and range; None of nothing."""
    return Spread(statistics.median(values), min(values), max(values)) if values else None


def disjoint(one, other):
    """Whether no value of one range can be mistaken for one of the other."""
    return one.high < other.low or other.high < one.low


def values(rounds, key, peer):
    return [measured[peer][key] for measured in rounds if key in measured.get(peer, {})]


def pairs(rounds, key, peer, other):
    """Both peers' values of each round that measured both."""
    return [(measured[peer][key], measured[other][key]) for measured in rounds
            if key in measured.get(peer, {}) and key in measured.get(other, {})]


def ratio(rounds, key, peer, other):
    """Spread of peer's value over other's, taken within each round; None when one of the two was not measured."""
    return spread([mine / theirs for mine, theirs in pairs(rounds, key, peer, other) if theirs])


def difference(rounds, key, peer, other):
    return spread([mine - theirs for mine, theirs in pairs(rounds, key, peer, other)])


def peers_of(rounds):
    """In the order of the first round; later rounds begin with another peer."""
    return list(dict.fromkeys(name for measured in rounds for name in measured))


def processes_of(rounds, peer):
    keys = dict.fromkeys(key for measured in rounds for key in measured.get(peer, {}))
    return [key.partition("/")[2] for key in keys if key.startswith("cpu_s_per_10k/")]


def summarize(rounds):
    """Peer -> figure -> median and range, with `_ratio` for the ratio to the nginx proxy."""
    summary = {}
    for peer in peers_of(rounds):
        of_peer = summary[peer] = {}
        for key in dict.fromkeys(key for measured in rounds for key in measured.get(peer, {})):
            of_peer[key] = spread(values(rounds, key, peer))._asdict()
            against = ratio(rounds, key, peer, REFERENCE)
            if against:
                of_peer[f"{key}_ratio"] = against._asdict()
    return summary
