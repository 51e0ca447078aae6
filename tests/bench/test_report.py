#!/usr/bin/env python3
"""The benchmark's arithmetic: reading wrk, ratios within a round, and floors that can fail."""

import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "bench"))

import measure
import report

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


def figures(rate, down=1000.0, up=1000.0):
    return {"requests_per_second": rate, "p50_ms": 1.0, "p99_ms": 2.0, "latency_alone_ms": 0.1, "down_mb_s": down,
            "up_mb_s": up, "peak_mib": 10.0, "cpu_s_per_10k": 0.2}


class WrkTest(unittest.TestCase):
    def test_reads_figures(self):
        self.assertEqual(measure.parse_wrk(WRK), {
            "requests_per_second": 69869.05, "requests": 139738, "p50_ms": 0.44, "p99_ms": 1.45})

    def test_failed_requests_are_an_error(self):
        for line in ("  Non-2xx or 3xx responses: 12", "  Socket errors: connect 0, read 3, write 0, timeout 0"):
            with self.subTest(line), self.assertRaises(measure.MeasureError):
                measure.parse_wrk(WRK + line + "\n")


class ReportTest(unittest.TestCase):
    def setUp(self):
        self.rounds = [{"nginx proxy": figures(rate), "ours": figures(rate / 4), "localtunnel": figures(rate / 20)}
                       for rate in (10_000.0, 40_000.0, 20_000.0)]

    def test_ratio_is_taken_within_a_round(self):
        self.assertEqual(report.ratio(self.rounds, "requests_per_second", "ours", "nginx proxy"), 0.25)

    def test_table_has_a_line_for_each_peer(self):
        lines = report.render(report.summarize(self.rounds)).splitlines()
        self.assertEqual(len(lines), 4)
        self.assertEqual(len({len(line) for line in lines}), 1)
        self.assertIn("20,000", lines[1])

    def test_floors_hold(self):
        sentences, good = report.check_floors(self.rounds)
        self.assertTrue(good, sentences)

    def test_slow_tunnel_fails(self):
        for measured in self.rounds:
            measured["ours"]["requests_per_second"] = measured["nginx proxy"]["requests_per_second"] * 0.14
        sentences, good = report.check_floors(self.rounds)
        self.assertFalse(good)
        self.assertEqual(sum(sentence.startswith("FAIL") for sentence in sentences), 1, sentences)

    def test_unmeasured_peer_fails(self):
        for measured in self.rounds:
            del measured["localtunnel"]
        self.assertFalse(report.check_floors(self.rounds)[1])


if __name__ == "__main__":
    unittest.main()
