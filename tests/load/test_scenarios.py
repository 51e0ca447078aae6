#!/usr/bin/env python3
"""Every scenario of ./dev load for a few seconds with the programs in TUNNEL_BIN: that they work, not how fast."""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

LOAD = pathlib.Path(__file__).resolve().parent / "load.py"
SECONDS = 120  # one scenario, on a busy machine under a sanitizer


class ScenarioTest(unittest.TestCase):
    def load(self, *arguments):
        """Runs a scenario; its figures. Targets of speed may be missed here: what is checked is what was counted."""
        with tempfile.TemporaryDirectory(prefix="load-test-") as folder:
            argv = [sys.executable, "-B", LOAD, "--bin", os.environ["TUNNEL_BIN"], "--out", folder, *arguments]
            done = subprocess.run([str(part) for part in argv], capture_output=True, text=True, timeout=SECONDS, check=False)
            figures = pathlib.Path(folder) / f"{arguments[0]}.json"
            self.assertTrue(figures.exists(), done.stdout + done.stderr)
            self.files = {path.name: path.read_text() for pattern in ("*.json*", "*.svg")
                          for path in pathlib.Path(folder).glob(pattern)}
            return json.loads(figures.read_text())

    def test_establish(self):
        connected = self.load("establish", "--tunnels", "50", "--seconds", "1")["connected"]
        self.assertEqual((connected["online"], connected["establishment"]["count"]), (50, 50))
        self.assertEqual(connected["failures"]["total"], 0)
        self.assertGreater(connected["relay_after"]["rss_kib"], connected["relay_before"]["rss_kib"])

    def test_more_tunnels_than_a_shell_allows_descriptors(self):
        connected = self.load("establish", "--tunnels", "1100", "--seconds", "2")["connected"]
        self.assertEqual(connected["online"], 1100)
        self.assertGreater(connected["relay_after"]["descriptors"], 1100)

    def test_tunnels(self):
        visited = self.load("tunnels", "--tunnels", "50", "--ramp", "1", "--rate", "100", "--seconds", "2")["visited"]
        self.assertEqual(visited["asked"], 200)
        self.assertEqual(visited["failures"], {"total": 0, "reasons": {}})
        self.assertGreater(visited["latency"]["p50_ms"], 0)

    def test_limit_raises_the_rate(self):
        steps = self.load("limit", "--tunnels", "20", "--ramp", "1", "--seconds", "1", "--p99", "60000", "--rates", "50",
                          "100")["steps"]
        self.assertEqual([step["asked"] for step in steps], [50, 100])

    def test_limit_ends_with_the_first_rate_that_is_not_held(self):
        steps = self.load("limit", "--tunnels", "20", "--ramp", "1", "--seconds", "1", "--p99", "0", "--rates", "50",
                          "100")["steps"]
        self.assertEqual([step["asked"] for step in steps], [50])

    def test_storm(self):
        for comeback in ("backoff", "at-once"):
            with self.subTest(comeback):
                figures = self.load("storm", "--tunnels", "50", "--ramp", "1", "--comeback", comeback)
                self.assertEqual(figures["back"]["online"], 50)
                self.assertEqual(figures["back"]["establishment"]["count"], 50)

    def test_slow(self):
        figures = self.load("slow", "--tunnels", "5", "--visitors", "20", "--rate", "50", "--seconds", "3", "--ramp", "1")
        self.assertEqual(figures["slow"]["reading"], 20)
        self.assertGreaterEqual(figures["slow"]["bytes_read"], 20 * 2 * 1024)
        self.assertLessEqual(figures["slow"]["bytes_read"], 20 * 10 * 1024)
        self.assertEqual(figures["beside"]["failures"]["total"], 0)

    def test_ratelimit(self):
        figures = self.load("ratelimit", "--tunnels", "4", "--limit", "50", "--rate", "60", "--seconds", "4")
        flood = figures["flood"]
        passed, refused = flood["latency"]["count"], flood["failures"]["total"]
        self.assertEqual(passed + refused, 2000)
        longest = 4 + flood["latency"]["max_ms"] / 1000  # a machine that stands still asks its last ones later
        self.assertLessEqual(passed, longest * 50 + 50 + 1)
        self.assertGreaterEqual(passed, 4 * 50 * 0.9)
        self.assertEqual(flood["failures"]["reasons"], {"status 429": refused})
        self.assertEqual(figures["beside"]["failures"]["total"], 0)

    def test_loris(self):
        figures = self.load("loris", "--tunnels", "5", "--visitors", "100", "--rate", "50", "--seconds", "3", "--head", "2",
                            "--body", "2")
        self.assertEqual({kind: (seen["left"], seen["statuses"]) for kind, seen in figures["kinds"].items()},
                         {"head": (0, {"408": 100}), "silent": (0, {"0": 50}), "body": (0, {"408": 50})})
        self.assertEqual(figures["beside"]["failures"]["total"], 0)

    def test_shared(self):
        figures = self.load("shared", "--tunnels", "60", "--ramp", "1", "--rate", "100", "--seconds", "1")
        self.assertEqual(sum(figures["held"]), 60)
        self.assertEqual(figures["back"]["lost"], figures["held"][0])
        self.assertEqual((figures["visited"]["failures"]["total"], figures["after"]["failures"]["total"]), (0, 0))

    def test_model_measures_what_capacity_reads(self):
        self.load("model", "--tunnels", "50", "--ramp", "1", "--seconds", "1", "--rates", "1000", "--mib", "20")
        with tempfile.TemporaryDirectory() as folder:
            measured = pathlib.Path(folder) / "measured.json"
            measured.write_text(self.files["measured.json"])
            rows = self.load("capacity", "--model", str(measured))["rows"]
        self.assertGreater(rows[-1]["memory_mib"], 10)

    def test_soak(self):
        figures = self.load("soak", "--minutes", "0.05", "--rate", "100", "--every", "0.5")
        self.assertEqual((figures["answered"], figures["failed"]), (300, 0))
        samples = [json.loads(line) for line in self.files["soak.jsonl"].splitlines()]
        self.assertGreaterEqual(len(samples), 5)
        self.assertGreater(samples[-2]["ttf"]["rss_kib"], 0)
        self.assertEqual(set(samples[-1]["rest"]["after"]), {"relay", "ttf"})
        self.assertIn("<svg", self.files["soak.svg"])
        self.assertEqual({verdict["of"] for verdict in figures["verdicts"]}, {"relay", "ttf", "visitors"})

    def test_what_fails_its_target_fails_the_program(self):
        argv = [sys.executable, "-B", str(LOAD), "--bin", os.environ["TUNNEL_BIN"], "storm", "--tunnels", "5", "--ramp", "1",
                "--within", "-1"]
        done = subprocess.run(argv, capture_output=True, text=True, timeout=SECONDS, check=False)
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn("FAIL within -1.0 s", done.stdout)


if __name__ == "__main__":
    unittest.main()
