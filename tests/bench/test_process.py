#!/usr/bin/env python3
"""What the benchmarks read of other processes, on real ones."""

import os
import subprocess
import time
import unittest

import results  # finds bench/
from process import cpu_seconds


class CpuTimeTest(unittest.TestCase):
    def test_a_millisecond_of_a_child_is_seen(self):
        """A request costs the relay a tenth of one; the kernel's ticks are ten."""
        with subprocess.Popen(["cat"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
            readings = []
            for _ in range(20):
                child.stdin.write(b"x")
                child.stdin.flush()
                child.stdout.read(1)
                readings.append(cpu_seconds([child.pid]))
            child.stdin.close()
        self.assertEqual(readings, sorted(readings))
        self.assertGreater(len(set(readings)), 10)

    def test_counts_like_its_own_clock(self):
        before = time.process_time()
        counted = cpu_seconds([os.getpid()])
        after = time.process_time()
        self.assertLess(before, after)
        self.assertLessEqual(before, counted)
        self.assertLessEqual(counted, after)

    def test_a_process_that_ended_counts_nothing(self):
        with subprocess.Popen(["true"]) as child:
            child.wait()
        self.assertEqual(cpu_seconds([child.pid]), 0)


if __name__ == "__main__":
    unittest.main()
