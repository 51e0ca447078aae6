"""Medians over the rounds, the table, and the floors that this project promises."""

import statistics

REFERENCE = "nginx proxy"
# Ours against another peer, in the same run: (figure, peer, smallest acceptable ratio).
FLOORS = [
    ("requests_per_second", "localtunnel", 2.0),
    ("requests_per_second", REFERENCE, 0.15),
    ("down_mb_s", REFERENCE, 0.3),
    ("up_mb_s", REFERENCE, 0.3),
]
COLUMNS = [  # figure, heading, decimals, whether a ratio to the reference follows
    ("requests_per_second", "req/s", 0, True),
    ("p50_ms", "p50 ms", 2, False),
    ("p99_ms", "p99 ms", 2, False),
    ("latency_alone_ms", "ms at 1", 3, True),
    ("down_mb_s", "MB/s down", 0, True),
    ("up_mb_s", "MB/s up", 0, True),
    ("peak_mib", "peak MiB", 0, False),
    ("cpu_s_per_10k", "CPU s/10k", 3, True),
]


def ratio(rounds, figure, peer, other):
    """Median over the rounds of peer's figure over other's; None when one of the two was not measured."""
    pairs = [(measured[peer][figure], measured[other][figure]) for measured in rounds
             if peer in measured and other in measured]
    values = [mine / theirs for mine, theirs in pairs if theirs]
    return statistics.median(values) if values else None


def summarize(rounds):
    """Peer -> figure -> median, and the same with `_ratio` for the ratio to the nginx proxy."""
    summary = {}
    for peer in dict.fromkeys(name for measured in rounds for name in measured):
        mine = [measured[peer] for measured in rounds if peer in measured]
        summary[peer] = {figure: statistics.median(one[figure] for one in mine) for figure, *_ in COLUMNS}
        for figure, _, _, with_ratio in COLUMNS:
            if with_ratio:
                summary[peer][f"{figure}_ratio"] = ratio(rounds, figure, peer, REFERENCE)
    return summary


def render(summary):
    headings = ["peer"]
    for _, heading, _, with_ratio in COLUMNS:
        headings += [heading, "×"] if with_ratio else [heading]
    lines = [headings]
    for peer, figures in summary.items():
        cells = [peer]
        for figure, _, decimals, with_ratio in COLUMNS:
            own_process = figures["peak_mib"] > 0  # "direct" has none: the origin is nobody's cost
            shown = own_process or figure not in ("peak_mib", "cpu_s_per_10k")
            cells.append(f"{figures[figure]:,.{decimals}f}" if shown else "-")
            if with_ratio:
                value = figures[f"{figure}_ratio"]
                cells.append(f"{value:.2f}" if shown and value is not None else "-")
        lines.append(cells)
    widths = [max(len(line[column]) for line in lines) for column in range(len(headings))]
    return "\n".join("  ".join(cell.ljust(width) if column == 0 else cell.rjust(width)
                               for column, (cell, width) in enumerate(zip(line, widths))) for line in lines)


def check_floors(rounds):
    """A sentence for each floor, and whether all hold. A peer that was not measured fails its floor."""
    sentences, good = [], True
    for figure, peer, floor in FLOORS:
        value = ratio(rounds, figure, "ours", peer)
        holds = value is not None and value >= floor
        good = good and holds
        shown = "not measured" if value is None else f"{value:.2f}"
        sentences.append(f"{'ok  ' if holds else 'FAIL'} {figure}: ours / {peer} = {shown} (at least {floor})")
    return sentences, good
