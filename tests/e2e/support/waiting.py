"""Waiting for conditions, always with a bound; nothing in the suite sleeps to let something happen."""

import os
import socket
import threading
import time

SANITIZER = os.environ.get("TUNNEL_SANITIZER", "")
ON_AWS = os.environ.get("TUNNEL_PUBLIC_SIDE") == "aws"  # whose API Gateway is Python here, and starts processes
SLOWDOWN = 4 if SANITIZER or ON_AWS else 1  # what those cost; multiplies time bounds, never sizes or counts
POLL_SECONDS = 0.01


def wait_until(condition, seconds, what):
    """Returns the first true result of condition(); fails with `what` when the bound has passed."""
    end = time.monotonic() + seconds * SLOWDOWN
    while True:
        result = condition()
        if result:
            return result
        if time.monotonic() > end:
            raise AssertionError(f"not within {seconds * SLOWDOWN} s: {what() if callable(what) else what}")
        time.sleep(POLL_SECONDS)


def in_rounds(measure, good, rounds=3):
    """What measure() returns, a tuple, the first time that good(*it), or the last time. For comparisons of speed: what else
    the machine does comes in bursts, and what our programs do wrong is there in every round."""
    for _ in range(rounds):
        measured = measure()
        if good(*measured):
            break
    return measured


def free_ports(count):
    """Different ports, all free a moment ago."""
    probes = [socket.socket() for _ in range(count)]
    try:
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]
    finally:
        for probe in probes:
            probe.close()


def free_port():
    return free_ports(1)[0]


def accepts(port, host="localhost"):
    try:
        socket.create_connection((host, port), timeout=1).close()
        return True
    except OSError:
        return False


class Pace:
    """The clock of a source or reader that is slow by design: what is measured is the way, not the wait."""

    def __init__(self, seconds):
        self._event = threading.Event()
        self._seconds = seconds

    def beat(self):
        self._event.wait(self._seconds)
