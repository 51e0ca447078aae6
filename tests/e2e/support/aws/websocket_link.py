"""One client's connection at the WebSocket API: handshake, frames, and the limits for which API Gateway closes it."""

import asyncio
import http
import time

from websockets.frames import Opcode
from websockets.http11 import Request
from websockets.server import ServerConnection

MAX_FRAME_BYTES = 32 * 1024
MAX_MESSAGE_BYTES = 128 * 1024
IDLE_SECONDS = 600
LIFETIME_SECONDS = 2 * 3600
READ_BYTES = 64 * 1024


class Link:
    def __init__(self, gateway, reader, writer, connection_id):
        self._gateway, self._reader, self._writer = gateway, reader, writer
        self.id = connection_id
        self.since = int(time.time() * 1000)
        self.peer = writer.get_extra_info("peername")[0]
        self.host = self.user_agent = ""
        self.authorizer = None
        # The size of a frame is looked at here, that of a message by the library: both end with 1009.
        self._protocol = ServerConnection(max_size=MAX_MESSAGE_BYTES)
        self._pieces = []
        self._open = False
        self._died = (1006, "")

    async def run(self):
        try:
            await asyncio.wait_for(self._read_all(), LIFETIME_SECONDS)
        except asyncio.TimeoutError:
            await self.shut(1001, "Going away")
        except (OSError, asyncio.CancelledError):
            pass
        except (ValueError, EOFError):
            pass  # no WebSocket handshake: a stranger who asks every port
        finally:
            self._writer.close()
            await self._gateway.closed(self, *self._died)

    async def _read_all(self):
        while True:
            wait = IDLE_SECONDS if self._open else 30
            try:
                data = await asyncio.wait_for(self._reader.read(READ_BYTES), wait)
            except asyncio.TimeoutError:
                await self.shut(1001, "Going away")
                return
            if data:
                self._protocol.receive_data(data)
            else:
                self._protocol.receive_eof()
            for event in self._protocol.events_received():
                await self._take(event)
            await self._flush()
            if not data or self._protocol.close_expected():
                self._died = (self._protocol.close_rcvd.code, self._protocol.close_rcvd.reason) if self._protocol.close_rcvd \
                    else (self._protocol.close_sent.code, "") if self._protocol.close_sent else self._died
                return

    async def _take(self, event):
        if isinstance(event, Request):
            await self._handshake(event)
        elif event.opcode in (Opcode.TEXT, Opcode.CONT):
            self._take_frame(event)
        elif event.opcode is Opcode.BINARY:
            self._protocol.fail(1003, "binary is not supported")

    def _take_frame(self, frame):
        if len(frame.data) > MAX_FRAME_BYTES:
            self._protocol.fail(1009, "a frame is larger than 32 KB")
            return
        self._pieces.append(frame.data)
        self._gateway.measured(len(frame.data))
        if frame.fin:
            message = b"".join(self._pieces)
            self._pieces = []
            self._gateway.measured(0, len(message))
            self._gateway.message(self, message.decode())

    async def _handshake(self, request):
        self.host = request.headers.get("Host", "")
        self.user_agent = request.headers.get("User-Agent", "")
        status, subprotocol = await self._gateway.connect(self, request)
        if status != 101:
            self._protocol.send_response(self._protocol.reject(http.HTTPStatus(status), ""))
            return
        response = self._protocol.accept(request)
        if subprotocol:
            response.headers["Sec-WebSocket-Protocol"] = subprotocol
        self._protocol.send_response(response)
        self._open = True
        await self._flush()
        self._gateway.opened(self)

    async def send(self, text):
        """One message in frames of 32 KB at most, as API Gateway itself sends it."""
        data = text.encode()
        pieces = [data[at:at + MAX_FRAME_BYTES] for at in range(0, len(data), MAX_FRAME_BYTES)] or [b""]
        if not self._open or self._protocol.close_sent:
            return
        self._protocol.send_text(pieces[0], fin=len(pieces) == 1)
        for number, piece in enumerate(pieces[1:], 2):
            self._protocol.send_continuation(piece, fin=number == len(pieces))
        self._gateway.measured(max(len(piece) for piece in pieces), len(data))
        await self._flush()

    async def shut(self, code, reason):
        if not self._protocol.close_sent:
            self._protocol.send_close(code, reason)
            self._died = (code, reason)
            await self._flush()

    def abort(self):
        self._writer.transport.abort()

    def unsent(self):
        return self._writer.transport.get_write_buffer_size()

    async def _flush(self):
        for data in self._protocol.data_to_send():
            if data:
                self._writer.write(data)
            elif self._writer.can_write_eof():
                self._writer.write_eof()
        if self.unsent() < READ_BYTES:
            await self._writer.drain()
