"""Visitors that mean no good: connections that stay and say little or nothing. One thread of the caller's process.

Kinds: "silent" connects and sends nothing, "head" sends one more field of a request each beat and never ends it, "body" sends
the head of a request and the beginning of a body, then nothing.
"""

import selectors
import socket
import threading
import time

BEAT_SECONDS = 1.0
POLL_SECONDS = 0.1


class Visitor:
    def __init__(self, kind, connection):
        self.kind, self.connection = kind, connection
        self.begun = time.monotonic()
        self.lived = None  # seconds until the other side closed
        self.answer = b""


class Siege:
    """Opens its connections at once, then keeps them up on a thread of its own until lift()."""

    def __init__(self, port, host, **counts):
        self._head = f"GET / HTTP/1.1\r\nHost: {host}\r\n".encode()
        self._body = f"POST / HTTP/1.1\r\nHost: {host}\r\nContent-Length: 1000000\r\n\r\nhello".encode()
        self._selector = selectors.DefaultSelector()
        self._over = threading.Event()
        self.visitors = [self._open(port, kind) for kind, count in counts.items() for _ in range(count)]
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _open(self, port, kind):
        visitor = Visitor(kind, socket.create_connection(("127.0.0.1", port), timeout=30))
        visitor.connection.setblocking(False)
        first = {"silent": b"", "head": self._head, "body": self._body}[kind]
        if first:
            visitor.connection.send(first)
        self._selector.register(visitor.connection, selectors.EVENT_READ, visitor)
        return visitor

    def _run(self):
        beat = time.monotonic() + BEAT_SECONDS
        while not self._over.is_set():
            for key, _ in self._selector.select(POLL_SECONDS):
                self._read(key.data)
            if time.monotonic() >= beat:
                beat += BEAT_SECONDS
                self._trickle()

    def _read(self, visitor):
        try:
            piece = visitor.connection.recv(65536)
        except BlockingIOError:
            return
        except OSError:
            piece = b""
        visitor.answer += piece
        if not piece:
            self._end(visitor)

    def _trickle(self):
        for visitor in self.visitors:
            if visitor.kind == "head" and visitor.lived is None:
                try:
                    visitor.connection.send(b"X-More: y\r\n")
                except BlockingIOError:
                    pass
                except OSError:
                    self._end(visitor)

    def _end(self, visitor):
        visitor.lived = time.monotonic() - visitor.begun
        self._selector.unregister(visitor.connection)
        visitor.connection.close()

    def left(self, kind=None):
        """How many connections the other side has not closed."""
        return sum(visitor.lived is None for visitor in self.visitors if kind in (None, visitor.kind))

    def longest(self, kind):
        """Seconds that the last of this kind was let live; of those that have ended."""
        return max((visitor.lived for visitor in self.visitors if visitor.kind == kind and visitor.lived is not None),
                   default=0.0)

    def statuses(self, kind):
        """{status: how many} of the answers they got; 0 for a close without one."""
        counts = {}
        for visitor in self.visitors:
            if visitor.kind == kind:
                status = int(visitor.answer[9:12] or 0)
                counts[status] = counts.get(status, 0) + 1
        return counts

    def lift(self):
        """Ends it, and what is left of the connections."""
        self._over.set()
        self._thread.join()
        for visitor in self.visitors:
            if visitor.lived is None:
                self._end(visitor)
        self._selector.close()
