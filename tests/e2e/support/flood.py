"""Requests as fast as a few connections can: `flood.py PORT HOST SECONDS CONNECTIONS`, a process of its own, so that whoever
measures beside it has an interpreter to itself. Prints what came of them as JSON."""

import json
import pathlib
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from support.rawhttp import Connection, Route, request_bytes


class Flooder(threading.Thread):
    def __init__(self, route, end):
        super().__init__(daemon=True)
        self._route, self._end = route, end
        self.statuses = {}
        self.waits = set()  # what Retry-After said
        self.sent = []  # when the first and the last request left

    def run(self):
        request = request_bytes(self._route, "GET", "/")
        with Connection(self._route) as connection:
            while time.monotonic() < self._end:
                self.sent = [*self.sent[:1], time.monotonic()]
                connection.send(request)
                answer = connection.read_response()
                self.statuses[answer.status] = self.statuses.get(answer.status, 0) + 1
                if answer.status == 429:
                    self.waits.add((answer.get("X-Tunnel-Error"), answer.get("Retry-After")))


def main(port, host, seconds, connections):
    end = time.monotonic() + seconds
    flooders = [Flooder(Route(port, host), end) for _ in range(connections)]
    for flooder in flooders:
        flooder.start()
    for flooder in flooders:
        flooder.join()
    statuses = {}
    for flooder in flooders:
        for status, count in flooder.statuses.items():
            statuses[status] = statuses.get(status, 0) + count
    waits = sorted(set().union(*(flooder.waits for flooder in flooders)))
    sent = [moment for flooder in flooders for moment in flooder.sent]
    print(json.dumps({"seconds": max(sent) - min(sent), "statuses": statuses, "waits": waits}))


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], float(sys.argv[3]), int(sys.argv[4]))
