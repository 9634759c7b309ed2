"""websockets-faults.py URL FAULT...: asks the server at URL for one fault after another, and prints how Python's
websockets reacts: the fault, " | ", and the reason in its Close, or the error with which the handshake fails; "accepted"
if there is no error; "waits" if a reply is missing."""

import sys

from websockets.exceptions import ConnectionClosed, InvalidHandshake
from websockets.extensions.permessage_deflate import ClientPerMessageDeflateFactory
from websockets.sync.client import connect

WAIT = 2  # seconds

# The offers of permessage-deflate for faults that do not show with the usual offer.
OFFERS = {
    "deflate-parameter-not-offered": {"client_max_window_bits": None},
    "deflate-client-window-raised": {"client_max_window_bits": 10},
    "deflate-offer-ignored": {"server_no_context_takeover": True},
}


def outcome(url):
    fault = url.rpartition("=")[2]
    offer = ClientPerMessageDeflateFactory(**OFFERS.get(fault, {}))
    try:
        with connect(url, subprotocols=["chat"], extensions=[offer], close_timeout=WAIT) as client:
            client.send("hello")
            client.send("hello")
            pong = client.ping()
            for _ in range(2):
                client.recv(timeout=WAIT)
            return "accepted" if pong.wait(WAIT) else "waits"
    except TimeoutError:
        return "waits"
    except ConnectionClosed as closed:
        return closed.sent.reason or "accepted"
    except InvalidHandshake as error:
        return str(error)


for name in sys.argv[2:]:
    print(name, "|", outcome(f"{sys.argv[1]}?fault={name}"))
