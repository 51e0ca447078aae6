#!/usr/bin/env python3
"""The cost model of the serverless side: against the earlier system's figures, and against what docs/aws.md prints of it."""

import pathlib
import sys
import unittest

ROOT = pathlib.Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "bench"))
import aws_cost  # noqa: E402
from aws_cost import Load  # noqa: E402

SEED_LOAD = Load(requests=1e6, tunnels=100)


class AwsCostTest(unittest.TestCase):
    def setUp(self):
        self.costs = aws_cost.costs(SEED_LOAD)

    def test_what_the_seed_counts_costs_no_more_than_there(self):
        """Its Lambda and DynamoDB lines; polling cost both."""
        self.assertLess(self.costs["Lambda"], aws_cost.SEED["Lambda"])
        self.assertLess(self.costs["DynamoDB"], aws_cost.SEED["DynamoDB"])

    def test_gateway_requests_alone_are_within_the_seeds_line(self):
        """One HTTP request and two messages; heartbeats and connection minutes the seed left out."""
        per_request = aws_cost.costs(Load(requests=1e6, tunnels=0))
        self.assertLessEqual(per_request["HTTP API"] + per_request["WebSocket messages"], aws_cost.SEED["API Gateway"])

    def test_an_idle_stack_costs_its_alarms_and_key(self):
        idle = aws_cost.costs(Load(requests=0, tunnels=0))
        self.assertEqual({what for what, dollars in idle.items() if dollars}, {"Alarms, metrics, key"})
        self.assertLess(sum(idle.values()), 5)

    def test_large_answers_cost_by_what_is_metered(self):
        small, large = (aws_cost.costs(Load(1e6, 0, answer_bytes=size)) for size in (10_000, 1024 * 1024))
        self.assertAlmostEqual((large["WebSocket messages"] - 1) / (small["WebSocket messages"] - 1), 43, delta=1)
        self.assertEqual(large["HTTP API"], 2 * small["HTTP API"])

    def test_the_guide_shows_these_figures(self):
        guide = (ROOT / "docs/aws.md").read_text()
        for what, dollars in self.costs.items():
            self.assertRegex(guide, rf"\| {what} +\| +{dollars:.2f} ")
        self.assertRegex(guide, rf"\| total +\| +{sum(self.costs.values()):.2f} ")


if __name__ == "__main__":
    unittest.main()
