# python3 open-client.py: lists the clients, one a line.
# python3 open-client.py NAME URL: opens a WebSocket with this client, a query and subprotocols of its own. Prints one line;
# the exit status is 1 if the WebSocket does not open. websockets is in requirements.txt, the others are packages of Debian.
import asyncio
import sys


def websocket_client(url):
    import websocket

    ws = websocket.create_connection(url + "?token=a.b.c", subprotocols=["binary", "base64"], timeout=10)
    return ws.getsubprotocol()


def aiohttp_client(url):
    import aiohttp

    async def run():
        async with aiohttp.ClientSession(headers={"Authorization": "Bearer x"}) as session:
            async with session.ws_connect(url + "ws?v=1", protocols=["graphql-transport-ws"], timeout=10) as ws:
                return ws.protocol

    return asyncio.run(run())


def websockets_client(url):
    import websockets

    async def run():
        async with websockets.connect(url + "?api_key=7", subprotocols=["ocpp2.0.1", "ocpp1.6"]) as ws:
            return ws.subprotocol

    return asyncio.run(run())


CLIENTS = {
    "websocket-client": (websocket_client, "binary"),
    "aiohttp": (aiohttp_client, "graphql-transport-ws"),
    "websockets": (websockets_client, "ocpp2.0.1"),
}

if len(sys.argv) < 3:
    print("\n".join(CLIENTS))
    sys.exit()
name, url = sys.argv[1:]
start, expected = CLIENTS[name]
try:
    protocol = start(url)
    opened = protocol == expected
    print("ok  " if opened else "FAIL", f'{name}: open, subprotocol "{protocol}"')
except Exception as error:
    opened = False
    print("FAIL", f"{name}: {error!r}")
sys.exit(0 if opened else 1)
