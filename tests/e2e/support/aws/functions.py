"""A Lambda function: its execution environments, never more than its reserved concurrency, one event at a time in each."""

import asyncio
import random

from .environment import MAX_PAYLOAD_BYTES, Environment, InvocationFailed


class Throttled(Exception):
    """All environments that the reserved concurrency allows are busy."""


class TooLarge(Exception):
    """The event is over what Lambda takes."""


class LambdaFunction:
    def __init__(self, described, program, folder, variables, admit, concurrency=None):
        self.name, self.memory_mib = described.name, described.memory_mib
        self.concurrency = concurrency or described.concurrency
        self.timeout = described.timeout
        self._program, self._folder, self._variables, self._admit = program, folder, variables, admit
        self._idle = []
        self.environments = []
        self._starting = 0
        self._running = set()
        self.rotate = False  # take the one that rested longest, and not the warmest
        self.failures = []
        self.throttles = 0

    async def invoke(self, payload, patience=None):
        """Bytes of the answer. Whoever waited no longer than `patience` does not end the invocation: as in AWS, it runs on."""
        if len(payload) > MAX_PAYLOAD_BYTES:
            raise TooLarge()
        running = asyncio.ensure_future(self._run(payload))
        self._running.add(running)
        running.add_done_callback(self._done)
        return await asyncio.wait_for(asyncio.shield(running), patience)

    def _done(self, running):
        self._running.discard(running)
        if not running.cancelled():
            running.exception()  # seen: nobody may be waiting any more

    async def _run(self, payload):
        environment = await self._take()
        try:
            return await environment.invoke(payload, self.timeout)
        except InvocationFailed as failed:
            self.failures.append(str(failed))
            raise
        finally:
            if environment.alive:
                self._idle.append(environment)
            else:
                self._forget(environment)

    async def _take(self):
        while self._idle:
            environment = self._idle.pop(0 if self.rotate else -1)
            if environment.alive:
                return environment
        if len(self.environments) + self._starting >= self.concurrency:
            self.throttles += 1
            raise Throttled(self.name)
        self._starting += 1
        try:
            return await self._start()
        finally:
            self._starting -= 1

    async def start_another(self):
        """An environment for a burst to come."""
        environment = await self._start()
        self._idle.insert(0, environment)
        return environment

    async def _start(self):
        environment = Environment(self, self._program, self._folder, self._admit(), self._variables)
        try:
            await environment.start()
        except InvocationFailed as failed:
            self.failures.append(str(failed))
            raise
        self.environments.append(environment)
        return environment

    def _forget(self, environment):
        if environment in self.environments:
            self.environments.remove(environment)

    async def reap(self, share=1.0):
        """AWS takes idle environments away whenever it likes, with no word to them."""
        count = round(len(self._idle) * share)
        for environment in random.sample(self._idle, count):
            self._idle.remove(environment)
            self._forget(environment)
            await environment.kill()
        return count

    async def close(self):
        for running in list(self._running):
            running.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)
        for environment in list(self.environments):
            await environment.kill()
        self.environments.clear()
        self._idle.clear()

    def log_text(self):
        return "".join(path.read_text(errors="replace") for path in sorted(self._folder.glob(f"{self.name}-*.log")))
