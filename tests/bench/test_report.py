#!/usr/bin/env python3
"""Rounds become medians with ranges; ratios are taken within a round; the tables show them."""

import unittest

from results import good_results
import figures
import report


class FiguresTest(unittest.TestCase):
    def setUp(self):
        self.rounds = good_results()["rounds"]

    def test_ratio_is_taken_within_a_round(self):
        self.assertEqual(figures.ratio(self.rounds, "requests_per_second", "ours", "nginx proxy"), (0.5, 0.5, 0.5))

    def test_spread_is_median_and_range(self):
        rate = figures.spread(figures.values(self.rounds, "requests_per_second", "nginx proxy"))
        self.assertEqual(rate, (20_000.0, 10_000.0, 40_000.0))

    def test_nothing_has_no_spread(self):
        self.assertIsNone(figures.spread([]))
        self.assertIsNone(figures.ratio(self.rounds, "requests_per_second", "ours", "bore"))

    def test_rounds_that_lack_a_figure_are_left_out(self):
        del self.rounds[0]["ours"]["down_mb_s"]
        self.rounds[1]["ours"]["down_mb_s"] = 500.0
        self.assertEqual(figures.ratio(self.rounds, "down_mb_s", "ours", "nginx proxy"), (0.65, 0.5, 0.8))

    def test_ranges_that_touch_are_not_disjoint(self):
        self.assertFalse(figures.disjoint(figures.Spread(2, 1, 3), figures.Spread(4, 3, 5)))
        self.assertTrue(figures.disjoint(figures.Spread(2, 1, 3), figures.Spread(5, 4, 6)))
        self.assertTrue(figures.disjoint(figures.Spread(5, 4, 6), figures.Spread(2, 1, 3)))

    def test_summary_has_processes_and_ratios(self):
        summary = figures.summarize(self.rounds)
        self.assertEqual(summary["ours"]["cpu_s_per_10k/ttf"]["median"], 0.15)
        self.assertEqual(summary["wstunnel"]["requests_per_second_ratio"]["median"], 0.25)


class TableTest(unittest.TestCase):
    def setUp(self):
        self.results = good_results()
        self.lines = report.render(self.results["rounds"]).splitlines()

    def test_a_line_with_medians_and_one_with_ranges_for_each_peer(self):
        self.assertEqual(len(self.lines), 1 + 2 * 6)
        at = next(number for number, line in enumerate(self.lines) if line.startswith("ours"))
        self.assertEqual(self.lines[at].split()[1:3], ["10,000", "0.50"])
        self.assertEqual(self.lines[at + 1].split()[:2], ["5,000–20,000", "0.50–0.50"])

    def test_direct_has_no_processes(self):
        direct = next(line for line in self.lines if line.startswith("direct"))
        self.assertEqual(direct.split()[-3:], ["-", "-", "-"])

    def test_large_ratios_are_told_without_decimals(self):
        for number, measured in enumerate(self.results["rounds"]):
            measured["ours"]["latency_alone_ms"] = 9.0 + number  # 30, 33 and 37 times nginx proxy's
        lines = report.render(self.results["rounds"]).splitlines()
        at = next(number for number, line in enumerate(lines) if line.startswith("ours"))
        self.assertIn("33", lines[at].split())
        self.assertIn("30–37", lines[at + 1].split())

    def test_one_round_has_no_ranges(self):
        self.assertEqual(len(report.render(self.results["rounds"][:1]).splitlines()), 1 + 6)

    def test_processes_by_name(self):
        table = report.render_processes(self.results["rounds"])
        self.assertIn("ours: tunnel-relay", table)
        self.assertIn("wstunnel: client", table)
        self.assertEqual(len(table.splitlines()), 1 + 1 + 4 * 2)

    def test_memory_in_kilobytes(self):
        line = report.render_memory(self.results["memory"]).splitlines()[1]
        self.assertEqual(line.split(), ["tunnel-relay", "11.0", "15.8"])

    def test_instructions_with_their_sum(self):
        line = report.render_instructions(self.results["instructions"]).splitlines()[-1]
        self.assertEqual(line.split(), ["sum", "130,000"])


if __name__ == "__main__":
    unittest.main()
