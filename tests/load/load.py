#!/usr/bin/env python3
"""Puts a relay under load: real programs, thousands of tunnels from one generator process, loopback only.

Each scenario prints a table, writes its figures as JSON and fails when they miss their target. Run it by ./dev load.
"""

import argparse
import json
import os
import pathlib
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1] / "bench"))  # processes and the nginx of the benchmark

import capacity
import floods
import model
import plot
import scenarios
import shared
import soak
import tables
from system import allow_descriptors


HELP = {
    "relays": "how many",
    "tunnels": "how many", "seconds": "length of the measurement", "ramp": "seconds in which tunnels, or slow visitors, come",
    "rate": "requests a second", "rates": "requests a second, one step each", "visitors": "slow ones",
    "size": "bytes of the answer they read", "comeback": "backoff, as ttf does it, or at-once: all in one instant",
    "mib": "MiB a second of large answers", "model": "what ./dev load model wrote as \"measured\"",
    "limit": "requests a second that a tunnel may have", "times": "so many times the limit is offered",
    "head": "seconds that a visitor has for the head of a request", "body": "seconds that it may pause in its body",
    "within": "seconds in which all must be back", "p99": "ms of latency at the 99th percentile that a rate may have"}


def parse_arguments():
    parser = argparse.ArgumentParser(prog="./dev load", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", type=pathlib.Path, required=True, help="folder of the programs (./dev gives it)")
    parser.add_argument("--out", type=pathlib.Path, help="folder for JSON, samples and logs (default: a temporary one)")
    verbs = parser.add_subparsers(dest="scenario", required=True)

    def scenario(name, text, **defaults):
        verb = verbs.add_parser(name, help=text, formatter_class=argparse.ArgumentDefaultsHelpFormatter)
        for key, value in defaults.items():
            several = isinstance(value, list)
            verb.add_argument(f"--{key}", default=value, type=type(value[0] if several else value),
                              nargs="+" if several else None, help=HELP[key])

    scenario("establish", "tunnels connect at an even pace", tunnels=1000, seconds=10.0)
    scenario("tunnels", "requests spread over thousands of tunnels", tunnels=10_000, ramp=10.0, rate=5000.0, seconds=60.0)
    scenario("limit", "the rate is raised until the relay falls behind", tunnels=10_000, ramp=10.0, seconds=10.0,
             p99=float(scenarios.MAX_P99_MS),
             rates=[5000.0, 10_000.0, 15_000.0, 20_000.0, 25_000.0, 30_000.0, 35_000.0, 40_000.0])
    scenario("storm", "the relay is killed and started again", tunnels=10_000, ramp=10.0, comeback="backoff", within=30.0)
    scenario("slow", "visitors on slow lines beside others", tunnels=100, visitors=1000, size=1 << 20, ramp=20.0,
             rate=1000.0, seconds=90.0)
    scenario("ratelimit", "one tunnel is offered many times its rate", tunnels=10, limit=100.0, times=10.0, rate=300.0,
             seconds=30.0)
    scenario("loris", "visitors that never end a request, or never begin one, beside others", tunnels=20, visitors=1000,
             rate=1000.0, seconds=30.0, head=15.0, body=60.0)
    scenario("shared", "relays behind nginx share the names by a hash; one is lost", relays=2, tunnels=1000, ramp=2.0,
             rate=1000.0, seconds=10.0)
    scenario("model", "measures what a tunnel, a request and a MiB cost", tunnels=10_000, ramp=10.0, seconds=20.0,
             rates=[1000.0, 3000.0, 5000.0], mib=200.0)
    scenario("capacity", "computes from the model what several relays would carry", model=str(HERE / "measured.json"))
    one = verbs.add_parser("soak", help="traffic for an hour: nothing may grow")
    one.add_argument("--minutes", type=float, default=60)
    one.add_argument("--rate", type=float, default=1000, help="requests a second (1000)")
    one.add_argument("--every", type=float, default=5, help="seconds between samples (5)")
    again = verbs.add_parser("verdict", help="judges and plots the samples of a soak again")
    again.add_argument("samples", type=pathlib.Path)
    return parser.parse_args()


def run_soak(arguments, folder):
    return finish_soak(soak.run(arguments.bin, folder, arguments.minutes, arguments.rate, arguments.every), folder)


def run_verdict(arguments, folder):
    return finish_soak(soak.read(arguments.samples), folder)


def finish_soak(run, folder):
    samples, rest = run
    plot.draw(samples, folder / "soak.svg")
    conclusion = soak.conclude(samples, rest)
    return soak.table(conclusion), conclusion


def run_scenario(arguments, folder):
    figures = getattr(scenarios, arguments.scenario)(arguments.bin, folder, vars(arguments))
    return tables.render(figures), figures


def run_model(arguments, folder):
    figures = model.model(arguments.bin, folder, vars(arguments))
    (folder / "measured.json").write_text(json.dumps(figures["measured"], indent=2) + "\n")
    return tables.render(figures), figures


def run_capacity(arguments, _):
    try:
        measured = model.read(pathlib.Path(arguments.model))
    except (OSError, ValueError) as error:
        sys.exit(f"load.py: {error}")
    rows = [capacity.plan(measured, *point) for point in capacity.GRID]
    return capacity.table(measured), {"model": measured, "rows": rows, "good": True}


def run_flood(arguments, folder):
    figures = getattr(floods, arguments.scenario)(arguments.bin, folder, vars(arguments))
    return tables.render(figures), figures


def run_shared(arguments, folder):
    figures = shared.shared(arguments.bin, folder, vars(arguments))
    return tables.render(figures), figures


SPECIAL = {"ratelimit": run_flood, "loris": run_flood, "shared": run_shared, "model": run_model, "capacity": run_capacity, "soak": run_soak,
           "verdict": run_verdict}


def main():
    arguments = parse_arguments()
    arguments.bin = arguments.bin.resolve()
    allow_descriptors()
    with tempfile.TemporaryDirectory(prefix="load-") as temporary:
        folder = arguments.out.resolve() if arguments.out else pathlib.Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        table, figures = SPECIAL.get(arguments.scenario, run_scenario)(arguments, folder)
        (folder / f"{arguments.scenario}.json").write_text(json.dumps(figures, indent=2) + "\n")
    print(table)
    sys.exit(0 if figures["good"] else 1)


if __name__ == "__main__":
    main()
