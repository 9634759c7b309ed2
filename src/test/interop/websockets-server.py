# python3 websockets-server.py: an echo server with Python's websockets on a free port of 127.0.0.1, which accepts
# permessage-deflate and the subprotocol "chat", and rejects all paths but /echo. Prints its port.
import asyncio
import http
import logging

from websockets.asyncio.server import serve


def check_path(connection, request):
    if request.path != "/echo":
        return connection.respond(http.HTTPStatus.NOT_FOUND, "only /echo\n")
    return None


def select(connection, offered):
    return "chat" if "chat" in offered else None


async def echo(websocket):
    async for message in websocket:
        await websocket.send(message)


async def main():
    # A handshake that breaks a rule is no reason for a stack trace.
    logging.getLogger("websockets").setLevel(logging.CRITICAL)
    async with serve(echo, "127.0.0.1", 0, select_subprotocol=select, process_request=check_path) as server:
        print(server.sockets[0].getsockname()[1], flush=True)
        await server.serve_forever()


asyncio.run(main())
