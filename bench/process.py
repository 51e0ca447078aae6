"""Child processes of a benchmark: started with a log, watched through /proc, ended by their own id."""

import contextlib
import ctypes
import os
import pathlib
import signal
import socket
import subprocess
import time

_PR_SET_PDEATHSIG = 1
_CPUCLOCK_SCHED = 2
_LIBC = ctypes.CDLL(None, use_errno=True)


def free_port():
    """A port nothing listens on now. Another process could take it before ours does; then readiness fails loudly."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _die_with_parent():
    _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


class Child:
    """One process and whatever it forks."""

    def __init__(self, name, argv, log, cwd=None, env=None):
        self.name = name
        self.log = pathlib.Path(log)
        with self.log.open("wb") as out:
            self._process = subprocess.Popen(
                [str(part) for part in argv], stdin=subprocess.DEVNULL, stdout=out, stderr=out, cwd=cwd,
                env={**os.environ, **(env or {})}, preexec_fn=_die_with_parent)

    def alive(self):
        return self._process.poll() is None

    def pids(self):
        return [self._process.pid, *_descendants(self._process.pid)]

    def tail(self):
        return self.log.read_text(errors="replace")[-2000:]

    def interrupt(self):
        """Asks the innermost process to end: what wraps it, such as perf, writes its figures after that."""
        os.kill(self.pids()[-1], signal.SIGTERM)

    def wait(self, seconds):
        return self._process.wait(seconds)

    def stop(self):
        if not self.alive():
            return
        self._process.terminate()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(5)


def _descendants(pid):
    children = []
    with contextlib.suppress(OSError):  # a thread may end while we look
        for task in pathlib.Path(f"/proc/{pid}/task").iterdir():
            children += [int(child) for child in (task / "children").read_text().split()]
    return children + [grandchild for child in children for grandchild in _descendants(child)]


def cpu_seconds(pids):
    """User and system time of these processes so far, as the scheduler counts it: /proc/PID/stat rounds to 10 ms."""
    total = 0
    for pid in pids:
        with contextlib.suppress(OSError):
            total += time.clock_gettime(_cpu_clock(pid))
    return total


def _cpu_clock(pid):
    """Its CPU clock: clock_getcpuclockid(3) of Linux, which Python has for threads only."""
    return ~pid << 3 | _CPUCLOCK_SCHED


def peak_memory_mib(pids):
    """Sum of the highest resident sizes; pages shared between processes count once for each."""
    total = 0
    for pid in pids:
        with contextlib.suppress(OSError):
            for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
                if line.startswith("VmHWM:"):
                    total += int(line.split()[1])
    return total / 1024


def memory_bytes(pids):
    """What these processes hold now; a page shared by several processes counts in parts (Pss)."""
    total = 0
    for pid in pids:
        for line in pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                total += int(line.split()[1]) * 1024
    return total


def settled_memory(pids):
    """The same once it stands still: within 0.5 % over five readings, or as it is after 10 s."""
    readings = [memory_bytes(pids)]
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        time.sleep(0.2)
        readings = [*readings[-4:], memory_bytes(pids)]
        if len(readings) == 5 and max(readings) <= min(readings) * 1.005:
            break
    return readings[-1]


def wait_idle(pids):
    """Until these processes rest, so that what one peer still does is not paid by the next; at most 5 s."""
    deadline = time.monotonic() + 5
    before = cpu_seconds(pids)
    while time.monotonic() < deadline:
        time.sleep(0.2)
        now = cpu_seconds(pids)
        if now - before <= 0.02:
            return
        before = now


def accepts(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def wait_until(condition, seconds, what):
    """Polls condition() until it is true; a TimeoutError that says what did not happen otherwise."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError(f"{what}: not within {seconds} s")
        time.sleep(0.05)
