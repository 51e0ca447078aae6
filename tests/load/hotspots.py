"""Where a process spends its CPU time, by perf's clock samples: works in containers and virtual machines, too."""

import re
import shutil
import subprocess

FREQUENCY = 499  # samples a second: not in step with anything
SHOWN = 12  # symbols


class Profile:
    """Samples one process from now until read()."""

    def __init__(self, pid, folder):
        self._data = folder / "perf.data"
        self._process = None
        if shutil.which("perf"):
            self._process = subprocess.Popen(
                ["perf", "record", "-q", "-e", "cpu-clock", "-F", str(FREQUENCY), "-p", str(pid), "-o", str(self._data)],
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def read(self):
        """{"programs": [(percent, name)], "symbols": [...]}, or None without perf."""
        if not self._process:
            return None
        self._process.terminate()
        self._process.wait(30)
        return {"programs": self._report("dso"), "symbols": self._report("dso,symbol")[:SHOWN]}

    def _report(self, keys):
        done = subprocess.run(["perf", "report", "-i", str(self._data), "--no-children", "--sort", keys, "--stdio", "-q"],
                              capture_output=True, text=True, timeout=120, check=False)
        return parse(done.stdout)


def parse(text):
    """[(percent, what)] of perf's report."""
    rows = []
    for line in text.splitlines():
        found = re.match(r"\s*([\d.]+)%\s+(.*\S)", line)
        if found:
            rows.append((float(found.group(1)), re.sub(r"\s+", " ", found.group(2))[:100]))
    return rows


def render(profile):
    if not profile:
        return ["no profile: perf is not installed (package linux-perf)"]
    programs = ", ".join(f"{percent:.0f} % {name}" for percent, name in profile["programs"] if percent >= 1)
    return [f"the relay's CPU time: {programs}", *(f"  {percent:5.1f} % {name}" for percent, name in profile["symbols"])]
