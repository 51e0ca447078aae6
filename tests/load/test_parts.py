#!/usr/bin/env python3
"""The arithmetic of ./dev load on sample data: verdicts that pass and that fail, the soak's plot, the capacity model."""

import json
import pathlib
import random
import statistics
import sys
import tempfile
import unittest
import xml.etree.ElementTree

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1] / "bench")]

import capacity
import hotspots
import model
import plot
import soak
from verdict import LATENCY, MEMORY, judge, judge_descriptors, slope, thinned

HOUR = 3600
EVERY = 5


def hour(value_at):
    """720 points of an hour; value_at gets seconds and a source of noise that is the same in every run."""
    noise = random.Random(7)
    return [(second, value_at(second, noise)) for second in range(0, HOUR, EVERY)]


class VerdictTest(unittest.TestCase):
    def test_slope_of_a_line(self):
        self.assertAlmostEqual(slope([(x, 3 * x + 7) for x in range(100)]), 3)
        self.assertEqual(slope([(1, 5)]), 0)
        self.assertEqual(slope([(1, 5), (1, 9)]), 0)

    def test_thinned_keeps_the_line(self):
        points = [(float(x), 2.0 * x) for x in range(1000)]
        self.assertLessEqual(len(thinned(points)), 240)
        self.assertAlmostEqual(slope(thinned(points)), 2)

    def test_flat_memory_with_noise_is_good(self):
        result = judge(MEMORY, hour(lambda _, noise: 20_000 + noise.uniform(-300, 300)))
        self.assertTrue(result["good"], result)

    def test_one_byte_a_request_is_found(self):
        leak = 1000 / 1024  # KiB a second at 1,000 requests/s
        result = judge(MEMORY, hour(lambda second, noise: 20_000 + leak * second + noise.uniform(-300, 300)))
        self.assertFalse(result["good"], result)
        self.assertAlmostEqual(result["growth"], leak * HOUR, delta=150)

    def test_warm_up_is_no_growth(self):
        result = judge(MEMORY, hour(lambda second, _: 10_000 if second < 200 else 25_000))
        self.assertTrue(result["good"], result)
        self.assertEqual(result["level"], 25_000)

    def test_a_burst_at_the_end_is_no_growth_of_latency(self):
        result = judge(LATENCY, hour(lambda second, noise: (80 if second > 3240 else 3) + noise.uniform(-1, 1)))
        self.assertTrue(result["good"], result)

    def test_latency_that_doubles_is_growth(self):
        result = judge(LATENCY, hour(lambda second, noise: 3 + 3 * second / HOUR + noise.uniform(-1, 1)))
        self.assertFalse(result["good"], result)

    def test_descriptors_kept_at_rest_are_growth(self):
        self.assertTrue(judge_descriptors(22, 24)["good"])
        self.assertTrue(judge_descriptors(22, 19)["good"])
        self.assertFalse(judge_descriptors(22, 25)["good"])

    def test_shrinking_is_good(self):
        self.assertTrue(judge(MEMORY, hour(lambda second, _: 50_000 - second))["good"])


def samples(leak=0, failed=0):
    """An hour of a soak in which the client keeps `leak` KiB a second."""
    def point(second):
        figures = {"latency": {"count": 5000, "p50_ms": 0.9, "p99_ms": 3.0, "max_ms": 9.0},
                   "failures": {"total": failed, "reasons": {}}}
        relay = {"rss_kib": 15_000, "anon_kib": 7_000, "descriptors": 180, "cpu_s": second * 0.1}
        ttf = {"rss_kib": 30_000 + leak * second, "anon_kib": 8_000 + leak * second, "descriptors": 90, "cpu_s": second * 0.1}
        return soak.sample_of(second, figures, relay, ttf)
    return [point(second) for second in range(EVERY, HOUR + 1, EVERY)]


REST = {"before": {"relay": 14, "ttf": 19}, "after": {"relay": 14, "ttf": 19}}


class SoakTest(unittest.TestCase):
    def test_flat_run_is_good(self):
        conclusion = soak.conclude(samples(), REST)
        self.assertTrue(conclusion["good"], conclusion)
        self.assertEqual(conclusion["answered"], 3_600_000)
        self.assertIn("3,600,000 requests in 60.0 min, 0 failed", soak.table(conclusion))

    def test_growing_client_is_told(self):
        conclusion = soak.conclude(samples(leak=1), REST)
        self.assertFalse(conclusion["good"])
        self.assertEqual([verdict["of"] for verdict in conclusion["verdicts"] if not verdict["good"]], ["ttf"])
        self.assertIn("GROWS", soak.table(conclusion))

    def test_errors_fail_the_run(self):
        self.assertFalse(soak.conclude(samples(failed=6), REST)["good"])
        self.assertTrue(soak.conclude(samples(failed=4), REST)["good"])

    def test_descriptors_left_open_are_told(self):
        conclusion = soak.conclude(samples(), {**REST, "after": {"relay": 14, "ttf": 83}})
        wrong = [verdict for verdict in conclusion["verdicts"] if not verdict["good"]]
        self.assertEqual([(verdict["of"], verdict["what"]) for verdict in wrong], [("ttf", "descriptors at rest")])

    def test_reads_what_a_run_wrote(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "soak.jsonl"
            path.write_text("".join(json.dumps(line) + "\n" for line in [*samples(), {"rest": REST}]))
            self.assertEqual(soak.read(path), (samples(), REST))

    def test_plot_is_an_svg_with_the_curves(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "soak.svg"
            plot.draw(samples(leak=0.1), path)
            root = xml.etree.ElementTree.parse(path).getroot()
            self.assertEqual(root.tag, "{http://www.w3.org/2000/svg}svg")
            texts = "".join(root.itertext())
            for label in ("tunnel-relay", "ttf", "p99", "descriptors", "minutes"):
                self.assertIn(label, texts)
            self.assertGreater(sum(1 for _ in root.iter("{http://www.w3.org/2000/svg}path")), 6)
            self.assertLess(path.stat().st_size, 100_000)


MODEL = {"base_kib": 8000, "kib_per_tunnel": 12, "kib_per_visitor": 6, "idle_cores_per_tunnel": 2e-6,
         "cpu_s_per_tunnel_opened": 1e-4, "cpu_s_per_request": 5e-5, "cpu_s_per_mib": 1.5e-3}


PERF = """
    61.20%  [kernel.kallsyms]  [k] tcp_sendmsg
     9.05%  tunnel-relay       [.] relay::Stream::onData(std::basic_string_view<char>)

"""


class HotspotsTest(unittest.TestCase):
    def test_reads_perf(self):
        self.assertEqual(hotspots.parse(PERF), [(61.2, "[kernel.kallsyms] [k] tcp_sendmsg"), (
            9.05, "tunnel-relay [.] relay::Stream::onData(std::basic_string_view<char>)")])

    def test_says_when_there_is_none(self):
        self.assertIn("perf is not installed", hotspots.render(None)[0])


class CapacityTest(unittest.TestCase):
    def test_queue_waits_only_for_those_before(self):
        self.assertEqual(capacity.lindley([0, 1, 2], 1), [0, 0, 0])
        self.assertEqual(capacity.lindley([0, 0, 0], 2), [0, 2, 4])
        self.assertEqual(capacity.lindley([0, 1, 10], 3), [0, 2, 0])

    def test_mean_wait_is_that_of_the_formula(self):
        draw, now, arrivals = random.Random(3), 0.0, []
        for _ in range(200_000):
            now += draw.expovariate(0.6)
            arrivals.append(now)
        mean = statistics.mean(capacity.lindley(arrivals, 1.0))
        self.assertAlmostEqual(mean, 0.6 / (2 * (1 - 0.6)), delta=0.03)  # Pollaczek-Khinchine for M/D/1

    def test_p99_grows_with_the_load_and_ends_at_saturation(self):
        calm, busy = (capacity.request_p99(rate, 1e-4) for rate in (1000, 9000))
        self.assertLess(calm, busy / 3)
        self.assertGreaterEqual(calm, 1e-4)
        self.assertIsNone(capacity.request_p99(10_000, 1e-4))

    def test_every_name_has_one_relay_and_a_lost_one_moves_only_its_own(self):
        names = [f"t{number}" for number in range(2000)]
        before, after = capacity.Ring(range(4)), capacity.Ring([0, 1, 3])
        for name in names:
            if before.of(name) != 2:
                self.assertEqual(after.of(name), before.of(name))
        held = [sum(before.of(name) == relay for name in names) for relay in range(4)]
        self.assertGreater(min(held), 300)

    def test_shares_are_whole(self):
        held, asked = capacity.shares(4, 1000)
        self.assertAlmostEqual(sum(held), 1)
        self.assertAlmostEqual(sum(asked), 1)
        self.assertEqual(capacity.shares(1, 10)[0], [1.0])

    def test_comeback_is_the_work_when_there_is_much_of_it(self):
        self.assertAlmostEqual(capacity.comeback_seconds(100_000, 1, 1e-4), 10, delta=0.1)
        self.assertLess(capacity.comeback_seconds(100, 1, 1e-4), 0.52)

    def test_plan_of_one_relay_is_plain_arithmetic(self):
        row = capacity.plan(MODEL, 1, 10_000, 5000)
        self.assertAlmostEqual(row["memory_mib"], (8000 + 120_000) / 1024)
        self.assertAlmostEqual(row["cores"], 5000 * 5e-5 + 10_000 * 2e-6)
        self.assertIsNone(row["comeback_s"])
        self.assertIsNone(capacity.plan(MODEL, 1, 10_000, 30_000)["p99_ms"])

    def test_one_relay_ends_where_its_core_does(self):
        planned, all_of_it = capacity.single(MODEL, 10_000)
        self.assertAlmostEqual(all_of_it, (1 - 0.02) / 5e-5)
        self.assertAlmostEqual(planned, (0.7 - 0.02) / 5e-5)

    def test_model_needs_every_figure(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "measured.json"
            path.write_text(json.dumps(MODEL))
            self.assertEqual(model.read(path), MODEL)
            path.write_text(json.dumps({key: value for key, value in MODEL.items() if key != "kib_per_tunnel"}))
            self.assertRaisesRegex(ValueError, "lacks kib_per_tunnel", model.read, path)

    def test_model_refuses_requests_that_cost_nothing(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "measured.json"
            path.write_text(json.dumps({**MODEL, "cpu_s_per_request": 0.0}))
            self.assertRaisesRegex(ValueError, "cpu_s_per_request cost nothing", model.read, path)


if __name__ == "__main__":
    unittest.main()
