"""Many tunnels at once against an API Gateway, the earlier system's k6 script as it should have been: ramp up, hold with
visitors at a steady rate, ramp down. Prints a report as JSON. A process of its own, so that its work delays nobody's answers.
Standard input: JSON with url, port, tokens, ramp_per_second, rate, seconds."""

import asyncio
import base64
import json
import random
import statistics
import sys
import time

import websockets

HANDSHAKE_SECONDS = 60
MAX_TRIES = 8
MAX_BEGINNING = 8
MAX_VISITING = 30  # at once: more than that only a slow machine has, and Lambda would turn them away
BODY = base64.b64encode(b"hello").decode()


class Report:
    def __init__(self):
        self.connect, self.latency, self.failures = [], [], []
        self.retries = 0

    def percentile(self, values, share):
        return round(sorted(values)[min(len(values) - 1, int(len(values) * share))] * 1000, 1) if values else None

    def as_json(self, tunnels, late):
        return json.dumps({
            "tunnels": tunnels, "established": len(self.connect), "connect_ms": self._spread(self.connect),
            "retries": self.retries, "requests": len(self.latency), "latency_ms": self._spread(self.latency), "worst_start_late_ms": round(late * 1000, 1),
            "failures": len(self.failures), "first_failures": self.failures[:5]})

    def _spread(self, values):
        return {"median": round(statistics.median(values) * 1000, 1) if values else None,
                "p99": self.percentile(values, 0.99), "max": self.percentile(values, 1)}


async def tunnel(settings, number, token, report, online):
    """One client; tries again when it is told to come later, as every client does."""
    began = time.monotonic()
    for attempt in range(MAX_TRIES):
        try:
            return await serve(settings, number, token, report, online, began)
        except websockets.InvalidStatusCode as refused:
            if refused.status_code != 429:
                report.failures.append(f"tunnel {number}: {refused!r}")
                return
            report.retries += 1
            await asyncio.sleep(random.uniform(0, 0.5 * 2 ** attempt))
        except (OSError, websockets.WebSocketException, asyncio.TimeoutError) as error:
            report.failures.append(f"tunnel {number}: {error!r}")
            return
    report.failures.append(f"tunnel {number}: refused {MAX_TRIES} times")


async def serve(settings, number, token, report, online, began):
    """ready, and an answer to every request, until the connection ends."""
    ready = json.dumps({"type": "ready", "name": f"load-{number}", "session": f"session-{number}",
                        "client": {"version": "load", "os": "test"}})
    async with websockets.connect(settings["url"], subprotocols=["tunnel.v1.json"], compression=None, max_size=None,
                                  extra_headers={"Authorization": f"Bearer {token}"}, open_timeout=HANDSHAKE_SECONDS,
                                  ping_interval=None) as link:
        await link.send(ready)
        async for text in link:
            message = json.loads(text)
            if message.get("type") == "connection_established":
                report.connect.append(time.monotonic() - began)
                online.append(number)
            elif message.get("type") == "http_request":
                await link.send(json.dumps({
                    "type": "http_response", "request_id": message["request_id"], "reply_to": message["reply_to"],
                    "status_code": 200, "headers": {"Content-Type": ["text/plain"]}, "body": BODY, "processing_time_ms": 0}))
            else:
                report.failures.append(f"tunnel {number}: {message}")


async def visit(settings, number, due, report):
    """One visitor; its time counts from when it was due."""
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", settings["port"])
        host = f"load-{number}.localhost:{settings['port']}"
        writer.write(f"GET /x HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
        answer = await reader.read()
        writer.close()
        report.latency.append(time.monotonic() - due)
        if not answer.startswith(b"HTTP/1.1 200 ") or not answer.endswith(b"hello"):
            report.failures.append(f"visitor of {number}: {answer[:200]!r}")
    except OSError as error:
        report.failures.append(f"visitor of {number}: {error!r}")


async def hold(settings, online, report):
    """Visitors at a steady rate, or as fast as the machine takes them. How late the worst one started."""
    count, late, visits = int(settings["rate"] * settings["seconds"]), 0.0, []
    room = asyncio.Semaphore(MAX_VISITING)
    began = time.monotonic()
    for visitor in range(count):
        due = began + visitor / settings["rate"]
        await asyncio.sleep(max(0, due - time.monotonic()))
        await room.acquire()
        late = max(late, time.monotonic() - due)
        visits.append(asyncio.ensure_future(visit(settings, online[visitor * 7 % len(online)], due, report)))
        visits[-1].add_done_callback(lambda _: room.release())
    await asyncio.gather(*visits)
    return late


async def main():
    settings = json.load(sys.stdin)
    report, online, links = Report(), [], []
    for number, token in enumerate(settings["tokens"]):
        while len(links) - len(online) >= MAX_BEGINNING and not report.failures:  # a slow machine ramps up more slowly
            await asyncio.sleep(0.01)
        links.append(asyncio.ensure_future(tunnel(settings, number, token, report, online)))
        await asyncio.sleep(1 / settings["ramp_per_second"])
    end = time.monotonic() + HANDSHAKE_SECONDS
    while len(online) < len(links) and not report.failures and time.monotonic() < end:
        await asyncio.sleep(0.05)
    late = await hold(settings, online, report) if online else 0.0
    for link in links:
        link.cancel()
        await asyncio.sleep(1 / settings["ramp_per_second"])
    await asyncio.gather(*links, return_exceptions=True)
    print(report.as_json(len(links), late))


asyncio.run(main())
