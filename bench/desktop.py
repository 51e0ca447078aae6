#!/usr/bin/env python3
"""What http-tunnel costs its user while nothing happens: how long until its window is there, and what it takes when idle.

A display of its own (Xvfb, openbox, trayer) and a home of its own for every start; one tunnel, saved, so that the embedded
relay runs too. Run it by ./dev bench desktop.
"""

import argparse
import json
import pathlib
import statistics
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[1]


def parse_arguments():
    parser = argparse.ArgumentParser(prog="./dev bench desktop", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", type=pathlib.Path, required=True, help="folder of http-tunnel (./dev gives it)")
    parser.add_argument("--starts", type=int, default=5, help="how often it is started (5)")
    parser.add_argument("--idle", type=float, default=20, help="seconds of watching it idle, after the last start (20)")
    parser.add_argument("--json", type=pathlib.Path, help="write every figure here")
    return parser.parse_args()


def first_window(desktop, process):
    """Seconds from the start of the process to its window on the screen."""
    begun = time.monotonic()
    desktop.wait(lambda: desktop.windows("^HTTP Tunnel$"), lambda: f"no window; {process.tail()}")
    return time.monotonic() - begun


def settled_cpu(process, seconds, cpu_seconds):
    """Processor time in percent of one core over `seconds`, a moment after the start."""
    time.sleep(3)
    before = cpu_seconds([process.pid])
    time.sleep(seconds)
    return (cpu_seconds([process.pid]) - before) / seconds * 100


def resident_mib(pid):
    """Memory that would be free without it: unique pages, and its share of the others."""
    for line in pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("no Pss in smaps_rollup")


def measure(desktop, arguments, support, cpu_seconds):
    starts = []
    for number in range(arguments.starts):
        begun = time.monotonic()
        program = support.HttpTunnel(desktop, *(["--expose", "3000"] if number == 0 else []),
                                     program=(arguments.bin / "http-tunnel",))
        spawned = time.monotonic() - begun
        starts.append((spawned + first_window(desktop, program.process)) * 1000)
        program.wait_listening()
        if number + 1 < arguments.starts:
            program.process.stop()
    idle = settled_cpu(program.process, arguments.idle, cpu_seconds)
    memory = resident_mib(program.process.pid)
    program.process.stop()
    return {"start_ms": starts, "idle_cpu_percent": idle, "memory_mib": memory}


def main():
    arguments = parse_arguments()
    arguments.bin = arguments.bin.resolve()
    sys.path.insert(0, str(ROOT / "tests" / "e2e"))
    from process import cpu_seconds
    from support import desktop as desktops, http_tunnel as support
    with tempfile.TemporaryDirectory(prefix="bench-desktop-") as folder:
        desktop = desktops.Desktop(pathlib.Path(folder), keyring=False)
        try:
            figures = measure(desktop, arguments, support, cpu_seconds)
        finally:
            desktop.close()
    starts = figures["start_ms"]
    print(f"start to window: {statistics.median(starts):.0f} ms ({min(starts):.0f} to {max(starts):.0f}, "
          f"{len(starts)} starts)")
    print(f"idle: {figures['idle_cpu_percent']:.2f} % of one core over {arguments.idle:.0f} s, "
          f"{figures['memory_mib']:.0f} MiB (Pss)")
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, indent=2) + "\n")


if __name__ == "__main__":
    main()
