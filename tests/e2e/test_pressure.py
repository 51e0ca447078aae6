"""One slow reader, on either side, costs a window of memory and slows nobody else."""

import statistics
import threading
import time

from support.rawhttp import Connection, request_bytes
from support.waiting import SANITIZER, SLOWDOWN, Pace, in_rounds, wait_until

MIB = 1 << 20
SLOW_READ_SECONDS = 15
SLOW_READ_BYTES_PER_SECOND = 10_000
WINDOW_KIB = 4 * 1024
SLACK_KIB = 3 * 1024  # allocator pages and the buffers of the connection itself
PROBES = ("/small.bin", "/middle.bin")
PROBE_SECONDS = 3


def peaks_kib(*processes):
    return [process.status_kib("VmHWM") for process in processes]


def no_slower(alone, beside):
    return all(beside[target] <= 2 * alone[target] + 5 * SLOWDOWN for target in PROBES)


def assert_no_slower(one_round):
    alone, beside = in_rounds(one_round, no_slower)
    assert no_slower(alone, beside), (alone, beside)


def assert_within_window(before, after):
    grown = [late - early for early, late in zip(before, after)]
    print(f"relay and client grew by {grown} KiB")
    assert SANITIZER or max(grown) <= WINDOW_KIB + SLACK_KIB, grown


class SlowReader(threading.Thread):
    """Reads one body at 10 KB/s, with a receive buffer as small as the kernel allows to be no help to it."""

    def __init__(self, route):
        super().__init__(daemon=True)
        self.connection = Connection(route, receive_buffer=8192)
        self.connection.send(request_bytes(route, "GET", "/large.bin"))
        self.head = self.connection.read_final_head()
        self.read = 0
        self.failure = None

    def run(self):
        tick = Pace(0.2)
        end = time.monotonic() + SLOW_READ_SECONDS
        try:
            while time.monotonic() < end:
                self.read += len(self.connection.receive(int(SLOW_READ_BYTES_PER_SECOND * 0.2)))
                tick.beat()
        except OSError as error:
            self.failure = error
        self.connection.close()


def median_ms(route, target):
    """Median milliseconds of requests one after another over one connection."""
    taken = []
    end = time.monotonic() + PROBE_SECONDS
    with Connection(route) as connection:
        while time.monotonic() < end:
            start = time.monotonic_ns()
            assert connection.request("GET", target).status == 200
            taken.append((time.monotonic_ns() - start) / 1e6)
    assert len(taken) >= 10
    return statistics.median(taken)


def medians(route):
    return {target: median_ms(route, target) for target in PROBES}


def serve_files(lab):
    nginx = lab.nginx()
    for name, size in (("large.bin", 100 * MIB), ("small.bin", 1000), ("middle.bin", 4 * MIB)):
        with open(nginx.www / name, "wb") as file:
            file.truncate(size)
    return nginx


def test_a_slow_visitor_costs_a_window_and_slows_nobody(lab):
    relay = lab.relay()
    client = lab.tunnel(relay, serve_files(lab).port, "slow")
    route = client.routes()["subdomain"]

    def one_round():
        alone = medians(route)
        before = peaks_kib(relay.process, client.process)
        slow = SlowReader(route)
        slow.start()
        beside = medians(route)
        slow.join()
        print(f"alone {alone} ms, beside {beside} ms; slow read {slow.read} bytes")
        assert slow.failure is None and slow.head.status == 200
        assert slow.read >= SLOW_READ_BYTES_PER_SECOND * SLOW_READ_SECONDS * 0.7
        assert_within_window(before, peaks_kib(relay.process, client.process))
        return alone, beside

    assert_no_slower(one_round)


def test_a_slow_service_costs_a_window_and_slows_nobody(lab):
    """An upload that the service does not read, beside requests over the same client."""
    read_on = threading.Event()

    def handler(exchange):
        assert read_on.wait(60)
        size = sum(len(piece) for piece in exchange.body_pieces())
        exchange.respond(body=b"%d" % size)

    origin = lab.origin(handler)
    nginx = serve_files(lab)
    relay = lab.relay()
    folder = lab.new_folder("both")
    (folder / "tunnels.toml").write_text("".join(
        f'[[tunnel]]\nname = "{name}"\ntarget = {port}\nserver = "{relay.url}"\n'
        for name, port in (("fast", nginx.port), ("stuck", origin.port))))
    client = lab.ttf("start", "--config", folder / "tunnels.toml", folder=folder)
    client.wait_online(count=2)

    def one_round():
        read_on.clear()
        alone = medians(relay.subdomain("fast"))
        before = peaks_kib(relay.process, client.process)
        with Connection(relay.subdomain("stuck")) as connection:
            connection.send(request_bytes(connection.route, "POST", "/", [("Content-Length", str(100 * MIB))]))
            upload = Upload(connection, 100 * MIB)
            upload.start()
            wait_until(upload.stalled, 20, lambda: f"still flowing after {upload.sent} bytes")
            beside = medians(relay.subdomain("fast"))
            assert not upload.finished
            assert_within_window(before, peaks_kib(relay.process, client.process))
            read_on.set()
            assert connection.read_response("POST").body == b"%d" % (100 * MIB)
            upload.join(20)
        print(f"alone {alone} ms, beside {beside} ms; stalled after {upload.stalled_at} bytes")
        return alone, beside

    assert_no_slower(one_round)


class Upload(threading.Thread):
    """Sends as fast as it is taken."""

    def __init__(self, connection, size):
        super().__init__(daemon=True)
        self._connection = connection
        self._size = size
        self._last = (time.monotonic(), 0)
        self.sent = 0
        self.stalled_at = 0
        self.finished = False

    def run(self):
        block = bytes(MIB)
        while self.sent < self._size:
            self._connection.send(block)
            self.sent += MIB
        self.finished = True

    def stalled(self):
        """True when nothing was taken for a second."""
        since, count = self._last
        if self.sent != count:
            self._last = (time.monotonic(), self.sent)
        self.stalled_at = self.sent
        return time.monotonic() - since > 1 and self.sent == count
