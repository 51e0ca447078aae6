"""A WebSocket client's connection with nothing hidden: what it sends, and how it is cut into frames, is the test's choice."""

import queue
import socket
import threading
import urllib.parse

from websockets.client import ClientConnection
from websockets.exceptions import InvalidState
from websockets.frames import Opcode
from websockets.http11 import Response
from websockets.uri import parse_uri

MAX_FRAME_BYTES = 32 * 1024
TIMEOUT = 30


class HandshakeRefused(Exception):
    def __init__(self, status):
        super().__init__(f"handshake answered with {status}")
        self.status = status


class V1Socket:
    def __init__(self, url, token=None, subprotocol="tunnel.v1.json", headers=()):
        parts = urllib.parse.urlsplit(url)
        self._socket = socket.create_connection((parts.hostname, parts.port), timeout=TIMEOUT)
        offered = subprotocol.split(",") if subprotocol else None
        self._protocol = ClientConnection(parse_uri(url), subprotocols=offered, max_size=None)
        self._lock = threading.Lock()
        self.frames = []  # payload size of every data frame received
        self._texts = queue.Queue()
        self.closed = threading.Event()
        request = self._protocol.connect()
        if token is not None:
            request.headers["Authorization"] = f"Bearer {token}"
        for name, value in headers:
            request.headers[name] = value
        self._protocol.send_request(request)
        self._flush()
        self.response = self._await_response()
        self._socket.settimeout(None)
        self._thread = threading.Thread(target=self._read_all, daemon=True)
        self._thread.start()

    def _await_response(self):
        while True:
            data = self._socket.recv(65536)
            if data:
                self._protocol.receive_data(data)
            else:
                self._protocol.receive_eof()
            for event in self._protocol.events_received():
                if isinstance(event, Response):
                    if self._protocol.handshake_exc is not None and event.status_code == 101:
                        raise self._protocol.handshake_exc
                    if event.status_code != 101:
                        self._socket.close()
                        raise HandshakeRefused(event.status_code)
                    return event
            if not data:
                raise HandshakeRefused(0)

    @property
    def subprotocol(self):
        return self.response.headers.get("Sec-WebSocket-Protocol")

    def _flush(self):
        for data in self._protocol.data_to_send():
            if data:
                self._socket.sendall(data)

    def _read_all(self):
        pieces = []
        try:
            while data := self._socket.recv(65536):
                with self._lock:
                    self._protocol.receive_data(data)
                    events = self._protocol.events_received()
                    self._flush()
                for event in events:
                    if event.opcode in (Opcode.TEXT, Opcode.CONT):
                        self.frames.append(len(event.data))
                        pieces.append(event.data)
                        if event.fin:
                            self._texts.put(b"".join(pieces).decode())
                            pieces = []
        except OSError:
            pass
        self.closed.set()
        self._texts.put(None)

    def send(self, text, frame_bytes=MAX_FRAME_BYTES):
        """One message in frames of at most that size."""
        data = text.encode()
        pieces = [data[at:at + frame_bytes] for at in range(0, len(data), frame_bytes)] or [b""]
        with self._lock:
            self._protocol.send_text(pieces[0], fin=len(pieces) == 1)
            for number, piece in enumerate(pieces[1:], 2):
                self._protocol.send_continuation(piece, fin=number == len(pieces))
            self._flush()

    def send_binary(self, data):
        with self._lock:
            self._protocol.send_binary(data)
            self._flush()

    def receive(self, seconds=TIMEOUT):
        """The next message; None once the connection has ended."""
        return self._texts.get(timeout=seconds)

    def wait_closed(self, seconds=TIMEOUT):
        """The close code that came; None when the connection just ended."""
        assert self.closed.wait(seconds), "the connection is still open"
        received = self._protocol.close_rcvd
        return received.code if received else None

    def close(self, code=1000):
        with self._lock:
            try:
                self._protocol.send_close(code)
                self._flush()
            except (OSError, InvalidState):
                pass  # it has ended already
        self.closed.wait(5)
        self._socket.close()

    def vanish(self):
        """No close frame, as when a cable is pulled and the network says so."""
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
