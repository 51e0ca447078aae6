"""Instructions per request of relay and client: two runs, of N and of 2 N requests, so that starting and stopping cancel
out. Hardware counters (perf stat) where the machine has them, callgrind where it does not, as in most virtual machines.
"""

import re
import shutil
import subprocess

from load import run_requests
from measure import CONNECTIONS
from peers import Ours

LOADS = {"1 connection": 1, f"{CONNECTIONS} connections": CONNECTIONS}
SECONDS = 300  # for one run: callgrind is some 50 times slower than the machine


class Perf:
    """Counts what runs in user space, as callgrind does."""
    name = "perf"
    requests = 20_000

    def __init__(self, event="instructions:u"):
        self._event = event

    def works(self):
        if not shutil.which("perf"):
            return False
        said = subprocess.run(["perf", "stat", "-x,", "-e", self._event, "true"], capture_output=True, text=True, check=False)
        return said.returncode == 0 and re.search(r"^\d", said.stderr, re.MULTILINE) is not None

    def prefix(self, output):
        return ["perf", "stat", "-x,", "-e", self._event, "-o", output, "--"]

    @staticmethod
    def read(text):
        return int(re.search(r"^(\d+)[.,]", text, re.MULTILINE).group(1))


class Callgrind:
    name = "callgrind"
    requests = 1_000

    def works(self):
        return shutil.which("valgrind") is not None

    def prefix(self, output):
        return ["valgrind", "--tool=callgrind", "--fair-sched=yes", f"--callgrind-out-file={output}"]

    @staticmethod
    def read(text):
        return int(re.search(r"^(?:totals|summary): (\d+)", text, re.MULTILINE).group(1))


def choose_tool():
    return next((tool for tool in (Perf(), Callgrind()) if tool.works()), None)


class Counted(Ours):
    """Relay and client, each under the counting tool."""

    def __init__(self, tool, origin, folder, programs):
        super().__init__(origin, folder, programs)
        self._tool = tool

    def output(self, name):
        return self.folder / f"{name}.count"

    def wrap(self, name):
        return self._tool.prefix(self.output(name))

    def finish(self):
        """Ends both, the client first; what each executed in all."""
        for child in reversed(self.children):
            child.interrupt()
            child.wait(60)
        return {child.name: self._tool.read(self.output(child.name).read_text()) for child in self.children}


def count_run(tool, origin, folder, programs, connections, total):
    """Instructions of each process for a whole life with `total` requests."""
    folder.mkdir()
    peer = Counted(tool, origin, folder, programs)
    try:
        peer.start()
        run_requests(peer, connections, total, SECONDS)
        return peer.finish()
    except Exception as error:
        raise SystemExit(f"instructions: {error}\n{peer.logs()}") from error
    finally:
        peer.stop()


def per_request(once, twice, requests):
    return {name: (twice[name] - once[name]) / requests for name in once}


def measure_instructions(tool, origin, folder, programs, note):
    processes = {}
    for load, connections in LOADS.items():
        counts = []
        for total in (tool.requests, 2 * tool.requests):
            note(f"{tool.name}: {total} requests, {load}")
            counts.append(count_run(tool, origin, folder / f"{connections}-{total}", programs, connections, total))
        for name, value in per_request(*counts, tool.requests).items():
            processes.setdefault(name, {})[load] = value
    return {"tool": tool.name, "requests": tool.requests, "processes": processes}
