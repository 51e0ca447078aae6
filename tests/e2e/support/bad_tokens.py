"""Floods a relay with connection attempts that have bad tokens: python3 -m support.bad_tokens PORT COUNT, tokens one a line
on the standard input. A process of its own, so that it does not slow down whoever measures. Prints how many were refused."""

import asyncio
import sys

AT_ONCE = 50
SECONDS = 60


def request(port, token):
    return (f"GET /_tunnel/connect HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
            f"Sec-WebSocket-Protocol: tunnel.v2.msgpack\r\nAuthorization: Bearer {token}\r\n\r\n").encode()


async def attempt(port, token):
    """True when the relay says `unauthorized`."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(request(port, token))
        await reader.readuntil(b"\r\n\r\n")
        return b"unauthorized" in await reader.read(4096)
    finally:
        writer.close()


async def work(port, tokens, refused):
    for token in tokens:
        refused.append(await asyncio.wait_for(attempt(port, token), SECONDS))


async def main(port, count):
    kinds = sys.stdin.read().split()
    tokens = iter(kinds[number % len(kinds)] for number in range(count))  # shared: each takes the next
    refused = []
    await asyncio.gather(*(work(port, tokens, refused) for _ in range(AT_ONCE)))
    print(sum(refused))


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), int(sys.argv[2])))
