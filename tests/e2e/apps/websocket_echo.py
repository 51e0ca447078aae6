"""Debian's python3-websockets as a local service: python3 websocket_echo.py PORT."""

import asyncio
import sys

import websockets


async def echo(connection):
    async for message in connection:
        if message == "close please":
            await connection.close(4321, "as you wish")
        else:
            await connection.send(message)


async def main():
    async with websockets.serve(echo, "127.0.0.1", int(sys.argv[1]), subprotocols=["chat.v2", "chat.v1"],
                                max_size=1 << 24,
                                compression=None):
        await asyncio.Future()


asyncio.run(main())
