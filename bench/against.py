"""Two runs beside each other: then, now, their ratio, and which changes are more than noise.

A difference counts when the ranges of the two runs do not touch. Absolute rates of two runs also differ by what else
the machine did in between; the lines with × compare what stands within each run to its own nginx proxy.
"""

from figures import FIGURES, OURS, REFERENCE, disjoint, peers_of, ratio, spread, values
from report import align

BETTER, WORSE, NOISE, ONE_VALUE = "better", "worse", "within noise", "one value"
SINGLES = {  # of the results that have no rounds: key, what it is called, divisor, decimals
    "bytes_per_tunnel": ("KB per idle tunnel", 1000, 1),
    "bytes_per_stream": ("KB per open stream", 1000, 1),
}


def verdict(then, now, more_is_better):
    if then.low == then.high or now.low == now.high:  # one round, or a figure without rounds: no range to judge by
        return ONE_VALUE
    if not disjoint(then, now):
        return NOISE
    return BETTER if (now.median > then.median) == more_is_better else WORSE


def cell(of_run, decimals):
    if of_run.low == of_run.high:
        return f"{of_run.median:,.{decimals}f}"
    return f"{of_run.median:,.{decimals}f} ({of_run.low:,.{decimals}f}–{of_run.high:,.{decimals}f})"


def line(name, then, now, decimals, more_is_better):
    """One line of the table, or nothing when one of the runs lacks the figure."""
    if then is None or now is None:
        return []
    change = f"{now.median / then.median:.2f}" if then.median else "-"
    return [[name, cell(then, decimals), cell(now, decimals), change, verdict(then, now, more_is_better)]]


def figure_lines(then, now, peer):
    for figure in FIGURES:
        name, better = f"{peer}: {figure.heading}", figure.more_is_better
        yield from line(name, spread(values(then, figure.key, peer)), spread(values(now, figure.key, peer)),
                        figure.decimals, better)
        if figure.key != "peak_mib":  # what nginx holds says nothing of the machine
            yield from line(f"{name} ×", ratio(then, figure.key, peer, REFERENCE),
                            ratio(now, figure.key, peer, REFERENCE), 3, better)
        for process in sorted({key.partition("/")[2] for measured in now for key in measured.get(peer, {})
                               if key.startswith(f"{figure.key}/")}):
            key = f"{figure.key}/{process}"
            yield from line(f"{name} of {process}", spread(values(then, key, peer)), spread(values(now, key, peer)),
                            figure.decimals, better)


def single(results, *path):
    """One value of the results as a Spread, or None."""
    for step in path:
        results = (results or {}).get(step)
    return spread([results]) if results else None


def single_lines(then, now):
    for process in (now.get("memory") or {}).get("processes", {}):
        for key, (what, divisor, decimals) in SINGLES.items():
            path = ("memory", "processes", process, key)
            one, other = single(then, *path), single(now, *path)
            if one and other:
                yield from line(f"{process}: {what}", spread([one.median / divisor]), spread([other.median / divisor]),
                                decimals, False)
    for process, counts in (now.get("instructions") or {}).get("processes", {}).items():
        for load in counts:
            path = ("instructions", "processes", process, load)
            yield from line(f"{process}: instructions, {load}", single(then, *path), single(now, *path), 0, False)
    yield from line("ttf, stripped, bytes", single(then, "ttf_stripped_bytes"), single(now, "ttf_stripped_bytes"), 0, False)


def control_lines(then, now):
    """How the others did: what changed for them as well is the machine's doing."""
    for peer in peers_of(now):
        if peer not in (OURS, REFERENCE):
            yield from line(f"{peer}: req/s ×", ratio(then, "requests_per_second", peer, REFERENCE),
                            ratio(now, "requests_per_second", peer, REFERENCE), 3, True)


def compare(then, now):
    """The table of two results."""
    rounds = then.get("rounds", []), now.get("rounds", [])
    lines = [*figure_lines(*rounds, OURS), *single_lines(then, now), *control_lines(*rounds)]
    if not lines:
        return "Nothing was measured in both runs."
    return align([["figure", "then", "now", "now/then", ""], *lines])
