"""websockets-faults.py URL FAULT...: asks the server at URL for one fault after the other, and tells how Python's
websockets takes each: a line with the fault, " | " and the reason that it closes with, or the error that the handshake
fails with; "taken" if there was no error; "waits" if what it sent was not answered."""

import sys

from websockets.exceptions import ConnectionClosed, InvalidHandshake
from websockets.extensions.permessage_deflate import ClientPerMessageDeflateFactory
from websockets.sync.client import connect

WAIT = 2  # seconds

# The offer of permessage-deflate that a fault needs to be seen, where the usual one will not do.
OFFERS = {
    "deflate-parameter-not-offered": {"client_max_window_bits": None},
    "deflate-offer-ignored": {"server_no_context_takeover": True},
}


def outcome(url):
    fault = url.rpartition("=")[2]
    offer = ClientPerMessageDeflateFactory(**OFFERS.get(fault, {}))
    try:
        with connect(url, subprotocols=["chat"], extensions=[offer], close_timeout=WAIT) as client:
            client.send("hello")
            client.send("hello")
            answered = client.ping()
            for _ in range(2):
                client.recv(timeout=WAIT)
            return "taken" if answered.wait(WAIT) else "waits"
    except TimeoutError:
        return "waits"
    except ConnectionClosed as closed:
        return closed.sent.reason or "taken"
    except InvalidHandshake as error:
        return str(error)


for name in sys.argv[2:]:
    print(name, "|", outcome(f"{sys.argv[1]}?fault={name}"))
