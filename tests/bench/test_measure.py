#!/usr/bin/env python3
"""Reading wrk, the processes of this machine, and what the counting tools wrote."""

import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

import results  # finds bench/
import bench
import instructions
import measure
import process

WRK = """Running 5s test @ http://127.0.0.1:1/small
  1 threads and 32 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency   451.12us   92.33us   2.10ms   78.50%
    Req/Sec    70.21k     2.01k   73.31k    80.99%
  Latency Distribution
     50%  440.00us
     75%    0.52ms
     90%    1.10s
     99%    1.45ms
  139738 requests in 2.00s, 171.11MB read
Requests/sec:  69869.05
Transfer/sec:     85.55MB
"""


class WrkTest(unittest.TestCase):
    def test_reads_figures(self):
        self.assertEqual(measure.parse_wrk(WRK), {
            "requests_per_second": 69869.05, "requests": 139738, "p50_ms": 0.44, "p99_ms": 1.45})

    def test_reads_seconds(self):
        """wrk fills up a unit of one letter with a space."""
        slow = measure.parse_wrk(WRK.replace("99%    1.45ms", "99%    1.13s "))
        self.assertEqual(slow["p99_ms"], 1130.0)

    def test_failed_requests_are_an_error(self):
        for line in ("  Non-2xx or 3xx responses: 12", "  Socket errors: connect 0, read 3, write 0, timeout 0"):
            with self.subTest(line), self.assertRaises(measure.MeasureError):
                measure.parse_wrk(WRK + line + "\n")

    def test_no_answer_is_an_error(self):
        with self.assertRaises(measure.MeasureError):
            measure.parse_wrk(WRK.replace("139738 requests", "0 requests"))


class FakeChild:
    def __init__(self, name, pid):
        self.name, self._pid = name, pid

    def pids(self):
        return [self._pid]


class FakePeer:
    name = "slow one"

    class origin:
        big_bytes = 100 << 20

    def __init__(self, children=()):
        self.children = children


def burn(seconds):
    start = os.times().user
    while os.times().user - start < seconds:
        sum(range(1000))


class ProcessTest(unittest.TestCase):
    def test_cpu_of_each_process_and_their_sum(self):
        with subprocess.Popen(["cat"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as idle:
            peer = FakePeer([FakeChild("busy", os.getpid()), FakeChild("idle", idle.pid)])
            before = measure.cpu_of_children(peer)
            burn(0.3)
            cpu = measure.per_10k(peer, before, 20_000)
        self.assertGreaterEqual(cpu["cpu_s_per_10k/busy"], 0.1)
        self.assertLess(cpu["cpu_s_per_10k/idle"], 0.05)
        self.assertAlmostEqual(cpu["cpu_s_per_10k"], cpu["cpu_s_per_10k/busy"] + cpu["cpu_s_per_10k/idle"])

    def test_memory_now_follows_what_is_held(self):
        before = process.memory_bytes([os.getpid()])
        held = b"x" * (64 << 20)
        self.assertGreater(process.memory_bytes([os.getpid()]) - before, 60 << 20)
        self.assertEqual(len(held), 64 << 20)

    def test_slow_transfers_are_not_repeated(self):
        slow = [{"slow one": {"down_mb_s": 5.0, "up_mb_s": 300.0}}]
        self.assertEqual(measure.transfers(FakePeer(), slow), {})


class TurnTest(unittest.TestCase):
    def test_each_round_begins_with_another_peer(self):
        orders = [bench.in_turn(["a", "b", "c"], number) for number in range(4)]
        self.assertEqual([order[0] for order in orders], ["a", "b", "c", "a"])
        self.assertTrue(all(sorted(order) == ["a", "b", "c"] for order in orders))


class InstructionsTest(unittest.TestCase):
    def test_starting_and_stopping_cancel_out(self):
        # 7,000,000 to start and stop, 50,000 a request.
        once, twice = {"ttf": 7_000_000 + 1000 * 50_000}, {"ttf": 7_000_000 + 2000 * 50_000}
        self.assertEqual(instructions.per_request(once, twice, 1000), {"ttf": 50_000})

    def test_reads_callgrind(self):
        self.assertEqual(instructions.Callgrind.read("version: 1\nevents: Ir\nsummary: 4711\n\nfn=(1) main\n1 4711\n"), 4711)
        self.assertEqual(instructions.Callgrind.read("events: Ir\nfn=(1) main\n1 5\ntotals: 5\n"), 5)

    def test_reads_perf(self):
        self.assertEqual(instructions.Perf.read("# started on Mon\n\n4711,,instructions:u,100,100.00,,\n"), 4711)

    def test_perf_without_counters_does_not_work(self):
        self.assertFalse(instructions.Perf("no-such-event").works())

    def test_a_tool_counts_more_when_more_is_done(self):
        tool = instructions.choose_tool()
        self.assertIsNotNone(tool)
        with tempfile.TemporaryDirectory() as folder:
            counts = []
            for number in (1000, 1001000):
                output = pathlib.Path(folder) / str(number)
                subprocess.run([*map(str, tool.prefix(output)), sys.executable, "-S", "-c", f"for _ in range({number}): pass"],
                               check=True, capture_output=True)
                counts.append(tool.read(output.read_text()))
        self.assertGreater(counts[1] - counts[0], 1_000_000)


if __name__ == "__main__":
    unittest.main()
