"""websockets-deflate.py URL: sends messages of all sizes and kinds with permessage-deflate (RFC 7692) and checks their
echoes, for every combination of parameters that Python's websockets can offer. Its own inflater accepts references beyond
the window if the bytes are still in its buffer; a second, strict inflater enforces the window that the server accepted.
Prints one line per combination; the exit status is 1 if an echo differs."""

import itertools
import random
import sys
import zlib

from websockets.extensions.permessage_deflate import ClientPerMessageDeflateFactory
from websockets.frames import CTRL_OPCODES, Opcode
from websockets.sync.client import connect

SECONDS = 60
TAIL = b"\x00\x00\xff\xff"
NOISE = random.Random(7692).randbytes(1 << 20)  # incompressible
WINDOWS = range(8, 16)


class StrictInflater:
    """Rejects references to bytes before the window: it inflates byte by byte, so zlib keeps only the window."""

    def __init__(self, bits):
        self.inflater = zlib.decompressobj(wbits=-bits)

    def inflate(self, data):
        out = bytearray()
        for start in range(0, len(data), 64):
            rest = data[start : start + 64]
            while True:
                byte = self.inflater.decompress(rest, 1)
                rest = self.inflater.unconsumed_tail
                out += byte
                if not byte and not rest:
                    break
        return bytes(out)


class Enforcing(ClientPerMessageDeflateFactory):
    """An extension that also inflates all data with a StrictInflater."""

    def process_response_params(self, params, accepted):
        extension = super().process_response_params(params, accepted)
        bits = extension.remote_max_window_bits
        decode = extension.decode
        extension.strict = StrictInflater(bits)

        def check(frame, **limits):
            decoded = decode(frame, **limits)
            if frame.opcode not in CTRL_OPCODES:
                if extension.remote_no_context_takeover and frame.opcode is not Opcode.CONT:
                    extension.strict = StrictInflater(bits)
                data = bytes(frame.data) + (TAIL if frame.fin else b"")
                assert frame.rsv1 and extension.strict.inflate(data) == bytes(decoded.data)
            return decoded

        extension.decode = check
        return extension


def repeated(size, distance):
    """Noise that repeats at a distance."""
    return (NOISE[:distance] * (size // distance + 1))[:size]


def messages(sizes, windows):
    for size in sizes:
        yield ("über die Grenze, " * (1 + size // 17))[:size]
        yield NOISE[:size]
        for bits in windows:
            yield repeated(size, 1 << bits)
            yield repeated(size, (1 << bits) + 1)


def echo(url, parameters, sent):
    """Sends each message and checks its echo; returns the negotiated parameters."""
    extension = Enforcing(**parameters)
    with connect(url, extensions=[extension], max_size=None, max_queue=None, compression=None) as client:
        if not client.protocol.extensions:
            return "declined"
        for number, message in enumerate(sent):
            client.send(message)
            if client.recv(timeout=SECONDS) != message:
                raise ValueError(f"the echo of message {number} differs")
        return repr(client.protocol.extensions[0])


def selftest():
    """Proves that the strict inflater detects a window that is too large."""
    deflater = zlib.compressobj(wbits=-15)
    far = deflater.compress(repeated(4096, 1025)) + deflater.flush(zlib.Z_SYNC_FLUSH)
    assert len(StrictInflater(11).inflate(far)) == 4096
    try:
        StrictInflater(10).inflate(far)
    except zlib.error:
        return
    raise AssertionError("a distance of 1025 bytes is accepted for a window of 1024")


def run(parameters, sent):
    try:
        print("ok  ", parameters, echo(sys.argv[1], parameters, list(sent)))
        return True
    except Exception as error:
        print("FAIL", parameters, repr(error))
        return False


def combinations():
    flags = [False, True]
    # zlib cannot compress with a window of 8 bits, so the client does not offer it.
    for values in itertools.product(flags, flags, [None, *WINDOWS], [None, True, *WINDOWS[1:]]):
        yield dict(
            zip(
                [
                    "server_no_context_takeover",
                    "client_no_context_takeover",
                    "server_max_window_bits",
                    "client_max_window_bits",
                ],
                values,
            )
        )


selftest()
passed = [run(parameters, messages([0, 1, 126, 600], [8, 9])) for parameters in combinations()]
for window in WINDOWS:
    large = {"server_max_window_bits": window, "client_max_window_bits": max(9, window)}
    passed.append(run(large, messages([5000, 70000], [window])))
passed.append(run({"server_max_window_bits": 9}, [repeated(1 << 20, 513), NOISE, "x" * (1 << 20)]))
sys.exit(0 if all(passed) else 1)
