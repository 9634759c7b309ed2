"""websockets-client.py URL: checks the echo server at URL with Python's websockets, which offers permessage-deflate:
messages, ping, close. Prints one line per check; the exit status is 1 if a check fails or after 20 s."""

import asyncio
import sys

from websockets.asyncio.client import connect  # not websockets.sync: over TLS it may miss the server's Close
from websockets.exceptions import ConnectionClosedOK

SECONDS = 20
FAILED = []


def check(name, ok, detail):
    print(f"{'ok  ' if ok else 'FAIL'} {name}: {detail}")
    if not ok:
        FAILED.append(name)


def payload(size):
    return bytes((i * 31 + (i >> 8)) & 0xFF for i in range(size))


async def converse(url):
    async with connect(url, max_size=None) as client:
        check("open", True, client.protocol.extensions)
        sizes = [0, 125, 126, 127, 65535, 65536, 1 << 20]
        for message in ["héllo ☃", "", *map(payload, sizes)]:
            await client.send(message)
            back = await client.recv()
            check(type(message).__name__, back == message, f"{type(back).__name__} of length {len(back)} back")
        await (await client.ping("ping ☃"))
        check("ping", True, "pong back")
        await client.close(1000, "bye")
        try:
            check("close", False, f"a message after it: {await client.recv()!r}")
        except ConnectionClosedOK as closed:
            check("close", (closed.rcvd.code, closed.rcvd.reason) == (1000, "bye"), closed)


try:
    asyncio.run(asyncio.wait_for(converse(sys.argv[1]), SECONDS))
except Exception as error:
    check("run", False, repr(error))
sys.exit(1 if FAILED else 0)
