#!/usr/bin/env python3
"""Compares this project's tunnel with other ways to expose a local port: real processes, loopback only.

All peers are started once and measured in interleaved rounds, so that what else the machine does hits all of them;
the table shows medians with their ranges, and × is the ratio to the nginx proxy within the same rounds. Then what an
idle tunnel and an open stream cost in memory. Run it by ./dev bench; docs/benchmarks.md explains how to read it.
"""

import argparse
import json
import os
import pathlib
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import time

import against
import figures
import floors
import instructions
import measure
import memory
import peers as peer_list
import report
from origin import Origin
from process import wait_idle


def parse_arguments():
    parser = argparse.ArgumentParser(prog="./dev bench", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", type=pathlib.Path, required=True, help="folder of tunnel-relay and ttf (./dev gives it)")
    parser.add_argument("--rounds", type=int, default=5, help="interleaved rounds (5)")
    parser.add_argument("--seconds", type=int, default=5, help="length of one load at 32 connections (5)")
    parser.add_argument("--megabytes", type=int, default=100, help="size of the large file in MiB (100)")
    parser.add_argument("--peers", help="comma-separated: " + ", ".join(peer_list.PEERS))
    parser.add_argument("--instructions", action="store_true",
                        help="only count instructions per request, by perf or callgrind")
    parser.add_argument("--json", type=pathlib.Path, help="where every figure of every round goes (build/release/bench)")
    parser.add_argument("--against", type=pathlib.Path, metavar="FILE", help="compare with the JSON of a former run")
    parser.add_argument("--quick", action="store_true", help="one short round: shows that it works, not how fast")
    parser.add_argument("--check", action="store_true", help="fail when a promise of issue 4 is not kept")
    arguments = parser.parse_args()
    if arguments.quick:
        arguments.rounds, arguments.seconds, arguments.megabytes = 1, 2, 20
    arguments.names = [name.strip() for name in arguments.peers.split(",")] if arguments.peers else list(peer_list.PEERS)
    unknown = set(arguments.names) - set(peer_list.PEERS)
    if unknown:
        parser.error(f"unknown peers: {', '.join(sorted(unknown))}")
    if arguments.instructions and arguments.check:
        parser.error("--check is about a whole run: without --instructions")
    arguments.former = read_results(parser, arguments.against) if arguments.against else None
    return arguments


def read_results(parser, path):
    try:
        return json.loads(path.read_text())
    except (OSError, ValueError) as error:
        parser.error(f"--against {path}: {error}")


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


def in_turn(peers, number):
    """Each round begins with another peer, so that none is always measured behind the same one."""
    first = number % len(peers)
    return peers[first:] + peers[:first]


def measure_round(running, seconds, former):
    measured = {}
    for peer in in_turn(running, len(former)):
        note(f"round {len(former) + 1}: {peer.name}")
        wait_idle([pid for other in running for pid in other.pids()])
        try:
            measured[peer.name] = measure.measure(peer, seconds, former)
        except Exception as error:
            raise SystemExit(f"{peer.name}: {error}\n{peer.logs()}") from error
    return measured


def run_rounds(arguments, origin, folder):
    running, rounds = [], []
    try:
        start_peers(arguments.names, origin, folder, arguments.bin.resolve(), running)
        for _ in range(arguments.rounds):
            rounds.append(measure_round(running, arguments.seconds, rounds))
        return rounds
    finally:
        for peer in running:
            peer.stop()


def stripped_bytes(program, folder):
    """Size as a package ships it; None where it cannot be known."""
    if not program.exists() or not shutil.which("strip"):
        return None
    subprocess.run(["strip", "-o", folder / "stripped", program], check=True)
    return (folder / "stripped").stat().st_size


def compare_peers(arguments, origin, folder):
    programs = arguments.bin.resolve()
    results = {"rounds": run_rounds(arguments, origin, folder)}
    results["summary"] = figures.summarize(results["rounds"])
    results["ttf_stripped_bytes"] = stripped_bytes(programs / "ttf", folder)
    if figures.OURS in results["summary"]:
        note("memory of idle tunnels and open streams")
        results["memory"] = memory.measure_memory(origin, folder, programs, memory.QUICK if arguments.quick else memory.FULL)
    results["floors"], results["good"] = floors.check_floors(results)
    return results


def count_instructions(arguments, origin, folder):
    tool = instructions.choose_tool()
    if tool is None:
        raise SystemExit("--instructions needs valgrind (./dev deps bench), or perf and hardware counters")
    programs = arguments.bin.resolve()
    return {"instructions": instructions.measure_instructions(tool, origin, folder, programs, note)}


def machine():
    model = next((line.partition(":")[2].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), "")
    return {"cpu": model, "cores": os.cpu_count(), "kernel": platform.release(), "load_before": os.getloadavg()[0]}


def commit():
    """What is measured, with a + when the working tree differs; empty outside a clone."""
    folder = pathlib.Path(__file__).resolve().parent
    said = subprocess.run(["git", "-C", folder, "describe", "--always", "--dirty=+"], capture_output=True, text=True,
                          check=False)
    return said.stdout.strip()


def run(arguments):
    about = {"machine": machine(), "commit": commit(), "time": time.strftime("%Y-%m-%dT%H:%M:%S"),
             "settings": {key: getattr(arguments, key) for key in ("rounds", "seconds", "megabytes")}}
    if about["machine"]["load_before"] > about["machine"]["cores"] / 2:
        note(f"this machine is busy (load {about['machine']['load_before']:.1f}): ratios will do, absolute figures will not")
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = pathlib.Path(name)
        origin = Origin(folder, arguments.megabytes << 20)
        try:
            work = count_instructions if arguments.instructions else compare_peers
            return {**about, **work(arguments, origin, folder)}
        finally:
            origin.stop()


def show(results):
    about, settings = results["machine"], results["settings"]
    print(f"{about['cores']} cores, {about['cpu']}; commit {results['commit']}")
    if "instructions" in results:
        print(f"counted by {results['instructions']['tool']}\n")
        print(report.render_instructions(results["instructions"]))
        return
    print(f"{settings['rounds']} rounds of {settings['seconds']} s at {measure.CONNECTIONS} connections, 1 KiB; "
          f"{settings['megabytes']} MiB files; × is the ratio to {figures.REFERENCE}\n")
    print(report.render(results["rounds"]) + "\n")
    print(report.render_processes(results["rounds"]))
    if "memory" in results:
        print("\n" + report.render_memory(results["memory"]))


def save(results, path):
    """Beside the programs that were measured, when no other place is given: what --against of a later run reads."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(results, indent=2) + "\n")
    note(f"every figure: {path}")


def main():
    arguments = parse_arguments()
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))  # for the programs measured as well
    results = run(arguments)
    show(results)
    save(results, arguments.json or arguments.bin.resolve().parent / "bench" /
         f"{results['time'].replace(':', '')}-{results['commit'] or 'unknown'}.json")
    if arguments.former is not None:
        print("\n" + against.compare(arguments.former, results))
    if arguments.check:
        print("\n" + "\n".join(results["floors"]))
        sys.exit(0 if results["good"] else 1)


if __name__ == "__main__":
    main()
