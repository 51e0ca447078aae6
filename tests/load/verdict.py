"""Whether something grows: the criterion of the soak, on plain lists of numbers.

The growth over a run is the slope of a Theil-Sen line (the median of the slopes between all pairs of points), times the
length of the run. A least-squares line follows a burst at one end of the run; this one hardly does when a tenth of the
points are out of line, and what else the machine does comes in bursts. A leak, a constant slope, moves every point.
"""

import itertools
import statistics

WARM_UP = 0.1  # of the run is left out: pools and caches fill, pages of code come in
MAX_WINDOWS = 240  # more points are thinned to medians of neighbours: pairs are quadratic


class Criterion:
    """Growth over the whole run that still counts as none: a part of the median, or an amount when that is more."""

    def __init__(self, name, unit, part, amount, windows=MAX_WINDOWS):
        self.name, self.unit, self.part, self.amount, self.windows = name, unit, part, amount, windows

    def allowed(self, level):
        return max(self.part * level, self.amount)


# Without pages of files, which the kernel takes back when others need them. A leak of 1 byte a request is 3.5 MiB an hour.
MEMORY = Criterion("anonymous memory", "KiB", part=0.02, amount=1024)
LATENCY = Criterion("p99", "ms", part=0.25, amount=1.0, windows=60)  # others use the same two processors
DESCRIPTORS_KEPT = 2  # opened once at the first need, as a log's file is; not one per so many requests


def thinned(points, windows=MAX_WINDOWS):
    """At most so many points: the medians of each window's times and values."""
    size = -(-len(points) // windows)
    groups = [points[start:start + size] for start in range(0, len(points), size)]
    return [(statistics.median(time for time, _ in group), statistics.median(value for _, value in group)) for group in groups]


def slope(points):
    """Theil-Sen slope of [(time, value)]; 0 of fewer than two times."""
    slopes = [(later[1] - earlier[1]) / (later[0] - earlier[0])
              for earlier, later in itertools.combinations(points, 2) if later[0] != earlier[0]]
    return statistics.median(slopes) if slopes else 0.0


def judge(criterion, points):
    """What one series of [(seconds, value)] says: its level, growth and whether that counts as none."""
    begin, end = points[0][0], points[-1][0]
    steady = [point for point in points if point[0] >= begin + WARM_UP * (end - begin)]
    windows = thinned(steady, criterion.windows)
    level = statistics.median(value for _, value in windows)
    growth = slope(windows) * (end - begin)
    allowed = criterion.allowed(level)
    return {"what": criterion.name, "unit": criterion.unit, "level": level, "growth": growth, "allowed": allowed,
            "good": growth <= allowed}


def judge_descriptors(before, after):
    """Descriptors with no traffic, before the first and after the last. Under load their number breathes: pools of
    connections follow how long each request takes, so a slope through it tells of the machine. A leak stays at rest."""
    return {"what": "descriptors at rest", "unit": "", "level": before, "growth": after - before,
            "allowed": DESCRIPTORS_KEPT, "good": after - before <= DESCRIPTORS_KEPT}
