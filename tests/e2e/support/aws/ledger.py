"""Every operation that AWS would bill or limit, in order, with who did it; counted per request of a visitor."""

import collections
import time
from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    at: float
    who: str  # "http", "ws", "gateway"
    operation: str  # "dynamodb:GetItem", "gateway:http-request", ...
    what: str  # table, queue, connection
    status: int


class Ledger:
    def __init__(self):
        self.entries = []

    def note(self, who, operation, what="", status=200):
        self.entries.append(Entry(time.monotonic(), who, operation, what, status))

    def mark(self):
        """A position for since()."""
        return len(self.entries)

    def since(self, mark=0):
        return self.entries[mark:]

    def counts(self, mark=0):
        """{(who, operation): number}."""
        return collections.Counter((entry.who, entry.operation) for entry in self.since(mark))

    def table(self, mark, requests):
        """Operations per request, as text."""
        lines = [f"{'by':8} {'operation':32} {'total':>7} {'per request':>12}"]
        for (who, operation), count in sorted(self.counts(mark).items()):
            lines.append(f"{who:8} {operation:32} {count:7} {count / requests:12.3f}")
        return "\n".join(lines)
