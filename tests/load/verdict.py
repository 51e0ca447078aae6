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


MEMORY = Criterion("resident memory", "KiB", part=0.02, amount=1024)  # a leak of 1 byte a request is 3.5 MiB an hour
DESCRIPTORS = Criterion("descriptors", "", part=0.02, amount=2)
LATENCY = Criterion("p99", "ms", part=0.25, amount=1.0, windows=60)  # others use the same two processors


def thinned(points, windows=MAX_WINDOWS):
    """At most so many medians of neighbouring points."""
    size = -(-len(points) // windows)
    groups = [points[start:start + size] for start in range(0, len(points), size)]
    return [tuple(statistics.median(column) for column in zip(*group)) for group in groups]


def slope(points, windows=MAX_WINDOWS):
    """Theil-Sen slope of [(time, value)]; 0 of fewer than two times."""
    slopes = [(later[1] - earlier[1]) / (later[0] - earlier[0])
              for earlier, later in itertools.combinations(thinned(points, windows), 2) if later[0] != earlier[0]]
    return statistics.median(slopes) if slopes else 0.0


def judge(criterion, points):
    """What one series of [(seconds, value)] says: its level, growth and whether that counts as none."""
    begin, end = points[0][0], points[-1][0]
    steady = [point for point in points if point[0] >= begin + WARM_UP * (end - begin)]
    level = statistics.median(value for _, value in steady)
    growth = slope(steady, criterion.windows) * (end - begin)
    allowed = criterion.allowed(level)
    return {"what": criterion.name, "unit": criterion.unit, "level": level, "growth": growth, "allowed": allowed,
            "good": growth <= allowed}
