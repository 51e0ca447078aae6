#!/usr/bin/env python3
"""What the functions of the serverless side take, as shipped (the static bootstrap), on the local AWS of the tests: time of
their own in a warm GET, memory, the start, and the AWS operations of a request. Run it by ./dev bench aws; it fails when a
figure is over what the product promises.

Time of one's own is processor time of the function's process from one invocation to the end of what follows its answer, the
kernel's work for its calls included, and waiting for them not. A start is from the process's making to its first `next`."""

import argparse
import os
import pathlib
import statistics
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[1]
KIB, MIB = 1024, 1024 * 1024
WARM_UP, STARTS, LARGE = 20, 20, 5
LARGEST_BODY = 4_400_000  # what Lambda takes as base64
MOST_OWN_MS, MOST_MEMORY_MIB, MOST_START_MS = 2.0, 40, 20  # p99 of a warm GET, peak, median
BINARY = [("Content-Type", "application/octet-stream")]


def parse_arguments():
    parser = argparse.ArgumentParser(prog="./dev bench aws", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", type=pathlib.Path, required=True, help="folder of bootstrap (./dev gives it)")
    parser.add_argument("--template", type=pathlib.Path, required=True, help="the CloudFormation template (./dev gives it)")
    parser.add_argument("--requests", type=int, default=2000, help="warm GETs that are measured (2000)")
    return parser.parse_args()


def percentile(values, share):
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


class Measured:
    def __init__(self, cloud, fetch):
        self._cloud, self._fetch = cloud, fetch
        self._body = b"hello"
        self._over = []
        cloud.tunnel(name="shop", answer=self._answer)

    def _answer(self, tunnel, request, _):
        tunnel.respond(request, 200, {"Content-Type": ["application/octet-stream"]}, self._body)

    def _get(self, **how):
        answer = self._fetch(self._cloud.subdomain("shop"), "POST" if how else "GET", "/", BINARY if how else [], **how)
        assert (answer.status, answer.body) == (200, self._body), answer.status

    def _environments(self, role):
        return self._cloud.aws.functions[role].environments

    def _bounded(self, what, value, most, unit):
        if value >= most:
            self._over.append(f"{what}: {value:.2f} {unit}, and not under {most}")

    def warm_gets(self, requests):
        for _ in range(WARM_UP):
            self._get()
        begun = {environment: len(environment.own_seconds) for role in ("http", "ws") for environment in self._environments(role)}
        mark = self._cloud.aws.ledger.mark()
        for _ in range(requests):
            self._get()
        print(f"Time of their own in {requests} warm GETs, one after the other:")
        for role in ("http", "ws"):
            own = [seconds * 1000 for environment in self._environments(role)
                   for seconds in environment.own_seconds[begun.get(environment, 0) + 1:]]
            worst = percentile(own, 0.99)
            print(f"  {role:5} median {statistics.median(own):.2f} ms, p99 {worst:.2f} ms, of {len(own)} invocations")
            self._bounded(f"{role}'s own time at p99", worst, MOST_OWN_MS, "ms")
        print(f"AWS operations of these:\n{self._cloud.aws.ledger.table(mark, requests)}")

    def memory(self, when):
        peaks = {role: max(environment.status_kib("VmHWM") for environment in self._environments(role)) / KIB for role in ("http", "ws")}
        now = {role: max(environment.status_kib("VmRSS") for environment in self._environments(role)) / KIB for role in ("http", "ws")}
        print(f"Memory after {when}: " + ", ".join(f"{role} {now[role]:.1f} MiB, at its peak {peaks[role]:.1f}" for role in peaks))
        for role, peak in peaks.items():
            self._bounded(f"{role}'s memory", peak, MOST_MEMORY_MIB, "MiB")

    def large_bodies(self):
        for _ in range(LARGE):
            self._body = os.urandom(4 * MIB)
            self._get(body=os.urandom(4 * MIB))
        self._body = b"hello"
        self._get(body=os.urandom(LARGEST_BODY))
        self._body = os.urandom(LARGEST_BODY)
        self._get()
        self._body = b"hello"

    def starts(self):
        function, aws = self._cloud.aws.functions["http"], self._cloud.aws
        made = [aws.call(function.start_another()) for _ in range(STARTS)]
        took = [environment.init_seconds * 1000 for environment in made]
        own = [environment.cpu_seconds() * 1000 for environment in made]
        print(f"Start to the first next, {STARTS} times: median {statistics.median(took):.1f} ms, at most {max(took):.1f} ms; "
              f"processor time: median {statistics.median(own):.1f} ms")
        self._bounded("the median start", statistics.median(took), MOST_START_MS, "ms")

    def verdict(self):
        return "; ".join(self._over)


def main():
    arguments = parse_arguments()
    os.environ["TUNNEL_BIN"] = str(arguments.bin)
    sys.path.insert(0, str(ROOT / "tests/e2e"))
    from support.aws.serverless import Serverless
    from support.rawhttp import fetch
    with tempfile.TemporaryDirectory(prefix="aws-functions-") as folder:
        cloud = Serverless(arguments.template, folder, config="[security]\nmax_requests_per_minute = 100000\n",
                           concurrency={"http": 50, "ws": 100})
        try:
            measured = Measured(cloud, fetch)
            measured.starts()
            measured.warm_gets(arguments.requests)
            measured.memory(f"{arguments.requests} of these")
            measured.large_bodies()
            measured.memory("bodies of 4 MiB and of 4.4 MB, both ways")
        finally:
            cloud.close()
    if over := measured.verdict():
        sys.exit(f"aws_functions: {over}")


if __name__ == "__main__":
    main()
