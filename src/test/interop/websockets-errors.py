"""websockets-errors.py URL QUERY...: opens a WebSocket with Python's websockets at URL for one query after another, and
prints what a user would see: the query, " | ", and the last line of the traceback; nothing for a query without an error.
The query "refused" connects to a port where nothing listens, "limit" accepts 4 bytes only."""

import socket
import sys
import traceback

from websockets.sync.client import connect

WAIT = 2  # seconds


def refused():
    """The URL of a port where nothing listens."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return f"ws://127.0.0.1:{listener.getsockname()[1]}/"


def run(url, query):
    address = refused() if query == "refused" else f"{url}?{query}" if "=" in query else url
    limit = {"max_size": 4} if query == "limit" else {}
    with connect(address, subprotocols=["chat"], close_timeout=WAIT, **limit) as client:
        client.send("hello")
        client.send("hello")
        client.ping()
        for _ in range(2):
            client.recv(timeout=WAIT)


for query in sys.argv[2:]:
    try:
        run(sys.argv[1], query)
    except Exception as error:
        lines = traceback.format_exception_only(error)
        print(query, "|", " ".join("".join(lines).split()))
