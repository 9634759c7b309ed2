# python3 aiohttp-server.py: an echo server with aiohttp on a free port of 127.0.0.1, which accepts permessage-deflate and the
# subprotocol "chat" at the path /echo. Prints its port. aiohttp is a package of Debian for its own Python.
import asyncio

from aiohttp import WSMsgType, web


async def echo(request):
    websocket = web.WebSocketResponse(protocols=["chat"])
    await websocket.prepare(request)
    async for message in websocket:
        if message.type == WSMsgType.TEXT:
            await websocket.send_str(message.data)
        elif message.type == WSMsgType.BINARY:
            await websocket.send_bytes(message.data)
    return websocket


async def main():
    app = web.Application()
    app.router.add_get("/echo", echo)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    print(runner.addresses[0][1], flush=True)
    await asyncio.Event().wait()


asyncio.run(main())
