"""The token bucket with which API Gateway throttles a stage."""

import time


class Bucket:
    def __init__(self, rate, burst, clock=time.monotonic):
        self.clock = clock  # tests may stand it still
        self.set(rate, burst)

    def set(self, rate, burst):
        """Other limits, with a full bucket."""
        self.rate, self.burst = rate, burst
        self._tokens, self._at = float(burst), self.clock()

    def take(self):
        now = self.clock()
        self._tokens = min(self.burst, self._tokens + (now - self._at) * self.rate)
        self._at = now
        if self._tokens < 1:
            return False
        self._tokens -= 1
        return True
