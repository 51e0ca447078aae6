"""One execution environment: a real `bootstrap` process with a Runtime API of its own, frozen while it has nothing to do."""

import asyncio
import itertools
import os
import signal
import subprocess
import time

from .http import Response, Server
from .template import ACCOUNT, REGION

MAX_PAYLOAD_BYTES = 6 * 1024 * 1024
INIT_SECONDS = 10
API = "/2018-06-01/runtime/"
_numbers = itertools.count(1)


class InvocationFailed(Exception):
    """What Lambda reports as a function error: raised, timed out, exited, or answered too much."""


class Environment:
    def __init__(self, function, program, folder, credentials, variables):
        self.number = next(_numbers)
        self._function, self._folder = function, folder
        self.credentials = credentials  # (access key, secret, token)
        self._variables, self._program = variables, program
        self._server = Server(self._serve)
        self._events = asyncio.Queue()
        self._idle = asyncio.Event()
        self._answer = None
        self._request_id = None
        self._process = None
        self.alive = True
        self.init_seconds = None
        self.invocations = 0
        self.own_seconds = []  # processor time until the first invocation, then of each but the last
        self._accounted = 0.0

    @property
    def pid(self):
        return self._process.pid

    @property
    def log_path(self):
        return self._folder / f"{self._function.name}-{self.number}.log"

    async def start(self):
        """Returns when the process asks for its first invocation."""
        await self._server.start()
        access_key, secret, token = self.credentials
        variables = {**self._variables, "AWS_LAMBDA_RUNTIME_API": f"127.0.0.1:{self._server.port}", "AWS_REGION": REGION,
                     "AWS_ACCESS_KEY_ID": access_key, "AWS_SECRET_ACCESS_KEY": secret, "AWS_SESSION_TOKEN": token,
                     "AWS_LAMBDA_FUNCTION_NAME": self._function.name, "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
                     "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(self._function.memory_mib), "LANG": "en_US.UTF-8", "TZ": ":UTC",
                     "PATH": "/usr/local/bin:/usr/bin:/bin", "_HANDLER": "bootstrap", "LAMBDA_TASK_ROOT": "/var/task"}
        started = time.monotonic()
        with open(self.log_path, "wb") as log:
            self._process = subprocess.Popen([str(part) for part in self._program], stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                             cwd="/tmp", env=variables, start_new_session=True)
        await self._first_next()
        self.init_seconds = time.monotonic() - started
        return self

    async def _first_next(self):
        end = time.monotonic() + INIT_SECONDS
        while not self._idle.is_set():
            if self._process.poll() is not None or time.monotonic() > end:
                log = self.log_path.read_text(errors="replace")[-2000:]
                code = self._process.poll()
                await self.kill()
                raise InvocationFailed(f"Runtime exited or did not start (exit code {code}): {log}")
            try:
                await asyncio.wait_for(self._idle.wait(), 0.02)
            except asyncio.TimeoutError:
                pass

    async def invoke(self, payload, seconds):
        """Bytes of the answer. The process runs from here until it asks for the next event."""
        self._request_id = f"{time.time_ns():032x}"
        self._answer = asyncio.get_running_loop().create_future()
        self._idle.clear()
        self.invocations += 1
        self._account()
        self._signal(signal.SIGCONT)
        deadline = int(time.time() * 1000 + seconds * 1000)
        self._events.put_nowait((self._request_id, deadline, payload))
        try:
            return await self._await_answer(seconds)
        finally:
            self._answer = None

    def _account(self):
        """What the process did since the last time; it is frozen now."""
        used = self.cpu_seconds()
        self.own_seconds.append(used - self._accounted)
        self._accounted = used

    async def _await_answer(self, seconds):
        exited = asyncio.ensure_future(self._wait_exit())
        try:
            done, _ = await asyncio.wait({self._answer, exited}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
            if self._answer in done:
                answer = self._answer.result()
                await asyncio.wait({asyncio.ensure_future(self._idle.wait()), exited}, timeout=seconds,
                                   return_when=asyncio.FIRST_COMPLETED)
                return answer
            await self.kill()
            raise InvocationFailed("Runtime exited" if exited in done else f"Task timed out after {seconds:.2f} seconds")
        finally:
            exited.cancel()

    async def _wait_exit(self):
        while self._process.poll() is None:
            await asyncio.sleep(0.05)
        self.alive = False

    async def _serve(self, request):
        if request.target == API + "invocation/next" and request.method == "GET":
            return await self._next()
        if request.target == API + "init/error":
            return Response(202, [], b'{"status":"OK"}')
        parts = request.target.removeprefix(API + "invocation/").split("/")
        if len(parts) != 2 or parts[0] != self._request_id or self._answer is None or self._answer.done():
            return Response(403, [], b'{"errorType":"InvalidRequestID"}')
        return self._finish(parts[1], request)

    def _finish(self, kind, request):
        if kind == "response":
            if len(request.body) > MAX_PAYLOAD_BYTES:
                self._answer.set_exception(InvocationFailed("Function.ResponseSizeTooLarge"))
                return Response(413, [], b'{"errorType":"RequestEntityTooLarge"}')
            self._answer.set_result(request.body)
        elif kind == "error":
            self._answer.set_exception(InvocationFailed(f"Unhandled: {request.body[:1000].decode(errors='replace')}"))
        else:
            return Response(404)
        return Response(202, [("Content-Type", "application/json")], b'{"status":"OK"}')

    async def _next(self):
        self._idle.set()
        if self._events.empty():
            self._signal(signal.SIGSTOP)  # frozen: no timer runs, no byte is read
        request_id, deadline, payload = await self._events.get()
        headers = [("Lambda-Runtime-Aws-Request-Id", request_id), ("Lambda-Runtime-Deadline-Ms", str(deadline)),
                   ("Lambda-Runtime-Invoked-Function-Arn", f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:{self._function.name}"),
                   ("Lambda-Runtime-Trace-Id", "Root=1-00000000-000000000000000000000000;Sampled=0"),
                   ("Content-Type", "application/json")]
        return Response(200, headers, payload)

    def _signal(self, number):
        if self._process and self._process.poll() is None:
            os.kill(self._process.pid, number)

    async def kill(self):
        """As AWS ends one: at once, wherever it is."""
        self.alive = False
        if self._process and self._process.poll() is None:
            os.kill(self._process.pid, signal.SIGKILL)
            while self._process.poll() is None:
                await asyncio.sleep(0.002)
        await self._server.close()

    def status_kib(self, field):
        with open(f"/proc/{self.pid}/status", encoding="ascii") as status:
            return next(int(line.split()[1]) for line in status if line.startswith(field + ":"))

    def cpu_seconds(self):
        with open(f"/proc/{self.pid}/schedstat", encoding="ascii") as schedule:
            return int(schedule.read().split()[0]) / 1e9
