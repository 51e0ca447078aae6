"""The tables: medians, under each its range over the rounds, and × for the ratio to the nginx proxy."""

from figures import FIGURES, OF_PROCESSES, REFERENCE, peers_of, processes_of, ratio, spread, values


def align(lines):
    """Cells as columns: the first to the left, the others to the right."""
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    return "\n".join("  ".join(cell.ljust(width) if column == 0 else cell.rjust(width)
                               for column, (cell, width) in enumerate(zip(line, widths))).rstrip() for line in lines)


def median_cell(of_rounds, decimals):
    return "-" if of_rounds is None else f"{of_rounds.median:,.{decimals}f}"


def range_cell(of_rounds, decimals):
    return "" if of_rounds is None else f"{of_rounds.low:,.{decimals}f}–{of_rounds.high:,.{decimals}f}"


def ratio_decimals(of_rounds):
    return 0 if of_rounds and of_rounds.high >= 10 else 2


def cells_of(rounds, peer):
    """(spread, decimals) of each column but the first."""
    own_processes = bool(processes_of(rounds, peer))  # "direct" has none: the origin is nobody's cost
    for figure in FIGURES:
        shown = own_processes or figure.key not in OF_PROCESSES
        yield (spread(values(rounds, figure.key, peer)) if shown else None), figure.decimals
        if figure.with_ratio:
            against = ratio(rounds, figure.key, peer, REFERENCE) if shown else None
            yield against, ratio_decimals(against)


def render(rounds):
    headings = ["peer"]
    for figure in FIGURES:
        headings += [figure.heading, "×"] if figure.with_ratio else [figure.heading]
    lines = [headings]
    for peer in peers_of(rounds):
        cells = list(cells_of(rounds, peer))
        lines.append([peer, *(median_cell(*cell) for cell in cells)])
        if len(rounds) > 1:
            lines.append(["", *(range_cell(*cell) for cell in cells)])
    return align(lines)


def render_processes(rounds):
    """CPU and memory of each process by name."""
    lines = [["process", "CPU s/10k", "range", "peak MiB"]]
    for peer in peers_of(rounds):
        for process in processes_of(rounds, peer):
            cpu = spread(values(rounds, f"cpu_s_per_10k/{process}", peer))
            peak = spread(values(rounds, f"peak_mib/{process}", peer))
            lines.append([f"{peer}: {process}", median_cell(cpu, 3), range_cell(cpu, 3), median_cell(peak, 1)])
    return align(lines)


def render_memory(memory):
    lines = [["memory", "KB per idle tunnel", "KB per open stream"]]
    for process, costs in memory["processes"].items():
        lines.append([process, *(f"{costs[key] / 1000:.1f}" for key in ("bytes_per_tunnel", "bytes_per_stream"))])
    return align(lines)


def render_instructions(instructions):
    loads = list(next(iter(instructions["processes"].values())))
    lines = [["instructions per request", *loads]]
    for process, counts in instructions["processes"].items():
        lines.append([process, *(f"{counts[load]:,.0f}" for load in loads)])
    lines.append(["sum", *(f"{sum(counts[load] for counts in instructions['processes'].values()):,.0f}"
                           for load in loads)])
    return align(lines)
