#!/usr/bin/env python3
"""Two runs compared: changes beyond both ranges are told from noise, in the direction that is better."""

import unittest

from results import good_results
import against
from figures import Spread


def line_of(table, name):
    """The cells behind a figure's name."""
    found = [line for line in table.splitlines() if line.startswith(f"{name}  ")]
    return " ".join(found[0].removeprefix(name).split()) if len(found) == 1 else None


class VerdictTest(unittest.TestCase):
    def test_by_ranges_and_direction(self):
        low, high, between = Spread(10, 9, 11), Spread(20, 19, 21), Spread(15, 10, 20)
        for then, now, more_is_better, expected in (
                (low, high, True, against.BETTER), (low, high, False, against.WORSE),
                (high, low, True, against.WORSE), (high, low, False, against.BETTER),
                (low, between, True, against.NOISE), (between, high, False, against.NOISE),
                (Spread(1, 1, 1), Spread(2, 2, 2), True, against.ONE_VALUE),
                (Spread(1, 1, 1), high, True, against.ONE_VALUE), (low, Spread(99, 99, 99), True, against.ONE_VALUE)):
            with self.subTest(then=then, now=now, more_is_better=more_is_better):
                self.assertEqual(against.verdict(then, now, more_is_better), expected)


class CompareTest(unittest.TestCase):
    def setUp(self):
        self.then, self.now = good_results(), good_results()

    def set(self, key, then, now):
        for results, values in ((self.then, then), (self.now, now)):
            for measured, value in zip(results["rounds"], values):
                measured["ours"][key] = value

    def table(self):
        return against.compare(self.then, self.now)

    def test_a_machine_twice_as_fast_is_no_change_of_ours(self):
        for measured in self.now["rounds"]:
            for peer in measured.values():
                peer["requests_per_second"] *= 10
        self.assertEqual(line_of(self.table(), "ours: req/s"),
                         "10,000 (5,000–20,000) 100,000 (50,000–200,000) 10.00 better")
        self.assertEqual(line_of(self.table(), "ours: req/s ×"), "0.500 0.500 1.00 one value")
        self.assertEqual(line_of(self.table(), "wstunnel: req/s ×"), "0.250 0.250 1.00 one value")

    def test_change_of_one_process(self):
        self.set("cpu_s_per_10k/ttf", (0.14, 0.15, 0.16), (0.10, 0.11, 0.12))
        self.assertEqual(line_of(self.table(), "ours: CPU s/10k of ttf"),
                         "0.150 (0.140–0.160) 0.110 (0.100–0.120) 0.73 better")
        self.assertEqual(line_of(self.table(), "ours: CPU s/10k of tunnel-relay"), "0.150 0.150 1.00 one value")

    def test_worse_is_told(self):
        self.set("p99_ms", (3.0, 4.0, 8.9), (9.0, 10.0, 11.0))
        self.assertEqual(line_of(self.table(), "ours: p99 ms"), "4.00 (3.00–8.90) 10.00 (9.00–11.00) 2.50 worse")

    def test_noise_is_told(self):
        self.set("p99_ms", (3.0, 4.0, 9.5), (9.0, 10.0, 11.0))
        self.assertEqual(line_of(self.table(), "ours: p99 ms"), "4.00 (3.00–9.50) 10.00 (9.00–11.00) 2.50 within noise")

    def test_single_values(self):
        self.now["memory"]["processes"]["ttf"]["bytes_per_stream"] = 7_350.0
        self.now["instructions"]["processes"]["ttf"]["1 connection"] = 60_000.0
        self.assertEqual(line_of(self.table(), "ttf: KB per open stream"), "14.7 7.3 0.50 one value")
        self.assertEqual(line_of(self.table(), "ttf: instructions, 1 connection"), "80,000 60,000 0.75 one value")

    def test_what_only_one_run_has_is_left_out(self):
        """A file that the first version of the benchmark wrote: medians only, no processes."""
        for measured in self.then["rounds"]:
            for peer in measured.values():
                for key in [key for key in peer if "/" in key]:
                    del peer[key]
            del measured["wstunnel"]
        self.then = {"rounds": self.then["rounds"]}
        self.assertIsNotNone(line_of(self.table(), "ours: CPU s/10k"))
        self.assertIsNone(line_of(self.table(), "ours: CPU s/10k of ttf"))
        self.assertIsNone(line_of(self.table(), "wstunnel: req/s ×"))
        self.assertNotIn("instructions", self.table())

    def test_nothing_in_common(self):
        self.assertEqual(against.compare({"rounds": []}, self.now), "Nothing was measured in both runs.")


if __name__ == "__main__":
    unittest.main()
