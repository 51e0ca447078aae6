"""A child process: its output in files, a process group of its own, ended by its id and by nothing else."""

import os
import pathlib
import re
import signal
import subprocess

from .waiting import SLOWDOWN, wait_until

SANITIZER_REPORT = re.compile(r"ERROR: \w+Sanitizer|WARNING: ThreadSanitizer|runtime error:")


class Process:
    def __init__(self, name, argv, folder, env=None):
        self.name = name
        self.stdout_path = folder / f"{name}.out"
        self.stderr_path = folder / f"{name}.err"
        merged = {key: value for key, value in {**os.environ, **(env or {})}.items() if value is not None}
        with open(self.stdout_path, "ab") as out, open(self.stderr_path, "ab") as err:
            self._popen = subprocess.Popen([str(part) for part in argv], stdin=subprocess.DEVNULL, stdout=out,
                                           stderr=err,
                                           cwd=folder, env=merged, start_new_session=True)

        self._killed = False

    @property
    def pid(self):
        return self._popen.pid

    def running(self):
        return self._popen.poll() is None

    def stderr(self):
        return self.stderr_path.read_text(errors="replace")

    def wait_exit(self, seconds=20):
        wait_until(lambda: not self.running(), seconds, lambda: f"{self.name} did not exit: {self.tail()}")
        return self._popen.returncode

    def terminate(self):
        if self.running():
            os.kill(self.pid, signal.SIGTERM)

    def kill9(self):
        """The whole group at once, as a crash of the machine would: workers of a server do not outlive it."""
        self._killed = True
        if self.running():
            os.killpg(self.pid, signal.SIGKILL)
            self._popen.wait(timeout=10 * SLOWDOWN)
            wait_until(lambda: not self._members(), 10, f"{self.name}: not all of its processes ended")

    def crash(self, number=signal.SIGSEGV, seconds=20):
        """By a signal that would leave a core file."""
        self._killed = True
        os.kill(self.pid, number)
        wait_until(lambda: not self.running(), seconds, lambda: f"{self.name} survives signal {number}")
        assert self._popen.returncode == -number, f"{self.name} ended with {self._popen.returncode}"

    def stop(self, seconds=15):
        """Ends it the polite way; by force, and with a failure, when that does not work."""
        self.terminate()
        try:
            return self._popen.wait(timeout=seconds * SLOWDOWN)
        except subprocess.TimeoutExpired:
            self.kill9()
            raise AssertionError(f"{self.name} ignored SIGTERM for {seconds * SLOWDOWN} s: {self.tail()}") from None
        finally:
            self._end_group()

    def _members(self):
        """Ids of the processes in the group that still run; one that ended may wait for its parent to notice."""
        members = []
        for stat in pathlib.Path("/proc").glob("[0-9]*/stat"):
            try:
                state, _, group = stat.read_text().rpartition(")")[2].split()[:3]
            except (OSError, ValueError):  # gone meanwhile
                continue
            if int(group) == self.pid and state not in "ZX":
                members.append(int(stat.parent.name))
        return members

    def _end_group(self):
        """What the process started itself and did not end."""
        try:
            os.killpg(self.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass

    def check_health(self):
        """No sanitizer report, and no end by a signal that the test did not send."""
        code = self._popen.returncode
        assert self._killed or code in (None, -signal.SIGTERM) or code >= 0, f"{self.name} crashed with signal {-code}: {self.tail()}"
        report = SANITIZER_REPORT.search(self.stderr())
        assert not report, f"{self.name}: {self.stderr()[report.start():][:6000]}"

    def tail(self, characters=3000):
        return self.stderr()[-characters:]

    def status_kib(self, field):
        """VmRSS or VmHWM (the peak of VmRSS) in KiB."""
        with open(f"/proc/{self.pid}/status", encoding="ascii") as status:
            for line in status:
                if line.startswith(field + ":"):
                    return int(line.split()[1])
        raise AssertionError(f"no {field} for {self.name}")
