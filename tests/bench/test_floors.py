#!/usr/bin/env python3
"""Every promise of issue 4 can be broken, by itself, and says so."""

import unittest

from results import good_results
import floors


def spoil(results, key, factor=1.0, offset=0.0, peer="ours"):
    for measured in results["rounds"]:
        measured[peer][key] = measured[peer][key] * factor + offset


class FloorsTest(unittest.TestCase):
    def setUp(self):
        self.results = good_results()

    def failures(self):
        sentences, good = floors.check_floors(self.results)
        failed = [sentence for sentence in sentences if sentence.startswith("FAIL ")]
        self.assertEqual(good, not failed)
        self.assertEqual(len(sentences), len(floors.PROMISES))
        return failed

    def test_all_are_kept(self):
        self.assertEqual(self.failures(), [])

    def test_each_ratio_of_requests(self):
        for peer, floor, relative in (("localtunnel", 5.0, 0.05), ("ssh -R", 3.0, 0.1), ("wstunnel", 1.2, 0.25)):
            for under in (False, True):
                with self.subTest(peer, under=under):
                    self.results = good_results()
                    # The other peer comes nearer, so that no other promise is touched.
                    spoil(self.results, "requests_per_second", 0.5 / relative / floor * (1.01 if under else 0.99), peer=peer)
                    failed = self.failures()
                    self.assertEqual(len(failed), under, failed)
                    self.assertTrue(all(f"requests/s over {peer}'s" in sentence for sentence in failed))

    def test_requests_against_nginx(self):
        spoil(self.results, "requests_per_second", 0.69)  # 0.345 of nginx, 1.38 of wstunnel
        self.assertEqual(len(self.failures()), 1)
        self.assertIn("requests/s over nginx proxy's", self.failures()[0])

    def test_latency(self):
        spoil(self.results, "p99_ms", 2.51)
        self.assertIn("FAIL p99 over wstunnel's: 1.00 (at most 1)", self.failures())

    def test_latency_alone_is_a_difference(self):
        spoil(self.results, "latency_alone_ms", offset=0.06)
        self.assertEqual(self.failures(), ["FAIL p50 at one connection above direct's: 0.26 ms (at most 0.25 ms)"])
        spoil(self.results, "latency_alone_ms", offset=0.02, peer="direct")
        self.assertEqual(self.failures(), [])

    def test_processor_time(self):
        spoil(self.results, "cpu_s_per_10k", 1.5)
        self.assertEqual(len(self.failures()), 1)
        self.assertIn("CPU of relay and client", self.failures()[0])

    def test_each_transfer(self):
        for key, word in (("down_mb_s", "download"), ("up_mb_s", "upload")):
            with self.subTest(word):
                self.results = good_results()
                spoil(self.results, key, 0.55)  # 0.44 of nginx, 1.1 of wstunnel, 1.47 of ssh -R
                failed = self.failures()
                self.assertEqual(len(failed), 2, failed)
                self.assertTrue(all(f"{word} over" in sentence for sentence in failed))

    def test_memory_peak_is_the_clients(self):
        spoil(self.results, "peak_mib/tunnel-relay", 10)
        self.assertEqual(self.failures(), [])
        spoil(self.results, "peak_mib/ttf", 38.2 / 20)  # MiB: 40.06 MB
        self.assertEqual(self.failures(), ["FAIL memory peak of ttf: 40.06 MB (at most 40 MB)"])

    def test_size(self):
        self.results["ttf_stripped_bytes"] = 7_100_000
        self.assertEqual(self.failures(), ["FAIL ttf, stripped: 7.10 MB (at most 7 MB)"])

    def test_the_median_decides_and_the_range_is_told(self):
        self.results["rounds"][0]["ours"]["cpu_s_per_10k"] = 0.9
        self.assertEqual(self.failures(), [])
        self.assertIn("ok   CPU of relay and client for 10,000 requests: 0.30 s (at most 0.4 s, range 0.30–0.90)",
                      floors.check_floors(self.results)[0])

    def test_what_was_not_measured_fails(self):
        for measured in self.results["rounds"]:
            del measured["localtunnel"]
        self.results["ttf_stripped_bytes"] = None
        self.assertEqual(self.failures(), ["FAIL requests/s over localtunnel's: not measured",
                                           "FAIL ttf, stripped: not measured"])

    def test_nothing_measured_fails_everything(self):
        self.results = {"rounds": []}
        self.assertEqual(len(self.failures()), len(floors.PROMISES))


if __name__ == "__main__":
    unittest.main()
