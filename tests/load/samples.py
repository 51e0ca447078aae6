"""What a process holds, from /proc."""

import os
import pathlib
import re

from process import cpu_seconds


def sample(pid):
    """Resident memory (of it what no file backs, and the highest so far) in KiB, descriptors, CPU seconds."""
    status = pathlib.Path(f"/proc/{pid}/status").read_text()

    def kib(name):
        return int(re.search(rf"^{name}:\s+(\d+) kB", status, re.MULTILINE).group(1))

    return {"rss_kib": kib("VmRSS"), "anon_kib": kib("RssAnon"), "peak_kib": kib("VmHWM"),
            "descriptors": len(os.listdir(f"/proc/{pid}/fd")), "cpu_s": cpu_seconds([pid])}
