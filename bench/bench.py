#!/usr/bin/env python3
"""Compares this project's tunnel with other ways to expose a local port: real processes, loopback only.

All peers are started once and measured in interleaved rounds, so that what else the machine does hits all of them;
the table shows medians, and × is the ratio to the nginx proxy within the same rounds. Run it by ./dev bench.
"""

import argparse
import json
import os
import pathlib
import platform
import sys
import tempfile

import measure
import peers as peer_list
import report
from origin import Origin


def parse_arguments():
    parser = argparse.ArgumentParser(prog="./dev bench", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", type=pathlib.Path, required=True, help="folder of tunnel-relay and ttf (./dev gives it)")
    parser.add_argument("--rounds", type=int, default=3, help="interleaved rounds (3)")
    parser.add_argument("--seconds", type=int, default=5, help="length of one load at 32 connections (5)")
    parser.add_argument("--megabytes", type=int, default=100, help="size of the large file in MiB (100)")
    parser.add_argument("--peers", help="comma-separated: " + ", ".join(peer_list.PEERS))
    parser.add_argument("--json", type=pathlib.Path, help="write every figure of every round here")
    parser.add_argument("--quick", action="store_true", help="one short round: shows that it works, not how fast")
    parser.add_argument("--check", action="store_true", help="fail when ours is under its floors")
    arguments = parser.parse_args()
    if arguments.quick:
        arguments.rounds, arguments.seconds, arguments.megabytes = 1, 2, 20
    arguments.names = [name.strip() for name in arguments.peers.split(",")] if arguments.peers else list(peer_list.PEERS)
    unknown = set(arguments.names) - set(peer_list.PEERS)
    if unknown:
        parser.error(f"unknown peers: {', '.join(sorted(unknown))}")
    return arguments


def note(text):
    print(text, file=sys.stderr, flush=True)


def start_peers(names, origin, folder, programs, running):
    """Starts what is installed; a peer that cannot be had is left out with a note, one that breaks fails the run."""
    for name in names:
        peer = peer_list.PEERS[name](origin, folder, programs)
        absent = peer.missing()
        if absent:
            note(f"left out {name}: {absent}")
            continue
        running.append(peer)
        try:
            peer.start()
        except (TimeoutError, RuntimeError) as error:
            raise SystemExit(f"{error}\n{peer.logs()}") from error


def measure_round(number, running, seconds):
    measured = {}
    for peer in running:
        note(f"round {number}: {peer.name}")
        try:
            measured[peer.name] = measure.measure(peer, seconds)
        except Exception as error:
            raise SystemExit(f"{peer.name}: {error}\n{peer.logs()}") from error
    return measured


def run_rounds(arguments):
    running = []
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = pathlib.Path(name)
        origin = Origin(folder, arguments.megabytes << 20)
        try:
            start_peers(arguments.names, origin, folder, arguments.bin.resolve(), running)
            return [measure_round(number, running, arguments.seconds) for number in range(1, arguments.rounds + 1)]
        finally:
            for peer in running:
                peer.stop()
            origin.stop()


def machine():
    model = next((line.partition(":")[2].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), "")
    return {"cpu": model, "cores": os.cpu_count(), "kernel": platform.release()}


def main():
    arguments = parse_arguments()
    rounds = run_rounds(arguments)
    summary = report.summarize(rounds)
    about = machine()
    print(f"{about['cores']} cores, {about['cpu']}; {arguments.rounds} rounds of {arguments.seconds} s at "
          f"{measure.CONNECTIONS} connections, 1 KiB; {arguments.megabytes} MiB files; × is the ratio to {report.REFERENCE}")
    print(report.render(summary))
    sentences, good = report.check_floors(rounds)
    if arguments.json:
        arguments.json.write_text(json.dumps({
            "machine": about, "rounds": rounds, "summary": summary, "floors": sentences}, indent=2) + "\n")
    if arguments.check:
        print("\n".join(sentences))
        sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
