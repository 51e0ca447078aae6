"""tunnel_load, the load generator, as its driver sees it: commands go in as lines, answers come out as lines of JSON."""

import itertools
import json
import os
import select
import subprocess
import time

from process import cpu_seconds

STOP_SECONDS = 10


class GeneratorError(Exception):
    pass


class Generator:
    """One process with all tunnels and visitors of a scenario. It ends when its input does, so also with the driver."""

    def __init__(self, program, port, log, **settings):
        self.log = log
        argv = [str(program), f"port={port}", *_words(settings)]
        with log.open("wb") as errors:
            self._process = subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors)
        self.pid = self._process.pid
        self._ids = itertools.count(1)
        self._input = b""
        self._messages = []

    def start(self, verb, /, **settings):
        """Gives a command; its id is what finish() takes."""
        number = next(self._ids)
        line = " ".join([verb, f"id={number}", *_words(settings)])
        self._process.stdin.write(line.encode() + b"\n")
        self._process.stdin.flush()
        return number

    def finish(self, number, patience, interim=None, meanwhile=None):
        """Waits for a command's last answer. interim() gets the figures on the way, meanwhile() is called every second."""
        deadline = time.monotonic() + patience
        while True:
            message = self._take(number)
            if message is None:
                if time.monotonic() > deadline:
                    raise GeneratorError(f"no answer within {patience} s")
                if not self._read(1.0) and meanwhile:
                    meanwhile()
            elif message["event"] == "done":
                return message
            elif interim:
                interim(message)

    def ask(self, verb, patience, /, **settings):
        return self.finish(self.start(verb, **settings), patience)

    def cpu_seconds(self):
        return cpu_seconds([self.pid])

    def _take(self, number):
        for message in self._messages:
            if message["id"] == number:
                self._messages.remove(message)
                return message
        return None

    def _read(self, seconds):
        """Reads what there is; whether anything was."""
        if not select.select([self._process.stdout], [], [], seconds)[0]:
            return False
        chunk = os.read(self._process.stdout.fileno(), 1 << 20)
        if not chunk:
            raise GeneratorError(f"the generator ended: {self.log.read_text(errors='replace')[-2000:]}")
        *lines, self._input = (self._input + chunk).split(b"\n")
        self._messages += [json.loads(line) for line in lines]
        return True

    def stop(self):
        self._process.stdin.close()
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process.stdout.close()


def _words(settings):
    return [f"{key}={value}" for key, value in settings.items() if value is not None]
