# python3 websockets-echo-client.py URL: connects with Python's websockets, returns each message, and ends when the connection ends.
import asyncio
import sys

from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException


async def main():
    try:
        async with connect(sys.argv[1], proxy=None) as websocket:
            async for message in websocket:
                await websocket.send(message)
    except (WebSocketException, OSError) as error:
        print(error)


asyncio.run(main())
