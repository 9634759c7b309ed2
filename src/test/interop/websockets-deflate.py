"""websockets-deflate.py URL: has messages of all sizes and kinds echoed through permessage-deflate (RFC 7692), with
every combination of the parameters that Python's websockets can offer. Beside its own inflater, which lets a copy begin
beyond the window where that is still in its buffer, another one enforces the window that the server agreed to.
One line per combination; status 1 on any difference."""

import itertools
import random
import sys
import zlib

from websockets.extensions.permessage_deflate import ClientPerMessageDeflateFactory
from websockets.frames import CTRL_OPCODES, Opcode
from websockets.sync.client import connect

SECONDS = 60
TAIL = b"\x00\x00\xff\xff"
NOISE = random.Random(7692).randbytes(1 << 20)  # cannot be compressed
WINDOWS = range(8, 16)


class StrictInflater:
    """Refuses what refers to bytes before the window: it inflates byte by byte, so that zlib has only its window."""

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
    """An extension that has all data inflated by a StrictInflater, too."""

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
    """Noise that comes again after a distance."""
    return (NOISE[:distance] * (size // distance + 1))[:size]


def messages(sizes, windows):
    for size in sizes:
        yield ("über die Grenze, " * (1 + size // 17))[:size]
        yield NOISE[:size]
        for bits in windows:
            yield repeated(size, 1 << bits)
            yield repeated(size, (1 << bits) + 1)


def echo(url, parameters, sent):
    """Sends and receives by turns; gives what was agreed on."""
    extension = Enforcing(**parameters)
    with connect(url, extensions=[extension], max_size=None, max_queue=None, compression=None) as client:
        if not client.protocol.extensions:
            return "declined"
        for number, message in enumerate(sent):
            client.send(message)
            if client.recv(timeout=SECONDS) != message:
                raise ValueError(f"message {number} came back otherwise")
        return repr(client.protocol.extensions[0])


def selftest():
    """An inflater that would not notice a large window would prove nothing."""
    deflater = zlib.compressobj(wbits=-15)
    far = deflater.compress(repeated(4096, 1025)) + deflater.flush(zlib.Z_SYNC_FLUSH)
    assert len(StrictInflater(11).inflate(far)) == 4096
    try:
        StrictInflater(10).inflate(far)
    except zlib.error:
        return
    raise AssertionError("a distance of 1025 bytes goes through a window of 1024")


def run(parameters, sent):
    try:
        print("ok  ", parameters, echo(sys.argv[1], parameters, list(sent)))
        return True
    except Exception as error:
        print("FAIL", parameters, repr(error))
        return False


def combinations():
    flags = [False, True]
    # Nobody's zlib compresses with a window of 8 bits, so that the client does not offer it.
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
