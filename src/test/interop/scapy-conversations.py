#!/usr/bin/python3
"""Writes random WebSocket conversations as packets, and beside them what was sent.

scapy-conversations.py SEED COUNT CAPTURE TRUTH

Each line of TRUTH is a conversation: its client's port, the names of what its packets have been
through, and its frames: sender, FIN, RSV, opcode, masking key, length, payload.
"""
import random
import sys

from scapy.all import (Dot1Q, Ether, IP, IPv6, IPv6ExtHdrDestOpt, IPv6ExtHdrHopByHop, PadN, Raw,
                       RawPcapWriter, TCP, fragment)

REQUEST = (b"GET /chat HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
           b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n")
RESPONSE = (b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            b"Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n")
KINDS = ("reordered", "duplicated", "overlapping", "fragmented", "vlan", "extension-headers",
         "keep-alive", "window-probe")


def frame(opcode, payload, masked, fin=True):
    first = bytes([(0x80 if fin else 0) | opcode])
    mask = 0x80 if masked else 0
    if len(payload) < 126:
        length = bytes([mask | len(payload)])
    else:
        length = bytes([mask | 126]) + len(payload).to_bytes(2, "big")
    if not masked:
        return first + length + payload, "none"
    key = random.randbytes(4)
    return (first + length + key + bytes(b ^ key[i % 4] for i, b in enumerate(payload)), key.hex())


def message(masked):
    """The frames of one message or control frame, each with its description."""
    kind = random.randrange(8)
    if kind == 0:
        parts = [(9 + random.randrange(2), True, random.randbytes(random.randrange(30)))]
    else:
        size = random.choice((0, 1, 5, 40, 125, 126, 200, 900, 2000))
        text = kind < 5
        payload = ("".join(random.choice("abc{}\":, \u00e4\u20ac") for _ in range(size)).encode()
                   if text else random.randbytes(size))
        opcode = 1 if text else 2
        if kind == 1 and len(payload) > 3:
            cut = len(payload) // 3
            parts = [(opcode, False, payload[:cut]), (0, False, payload[cut:2 * cut]),
                     (0, True, payload[2 * cut:])]
        else:
            parts = [(opcode, True, payload)]
    sender = "client" if masked else "server"
    for opcode, fin, payload in parts:
        data, key = frame(opcode, payload, masked, fin)
        yield data, "%s %d 0 %d %s %d %s" % (
            sender, fin, opcode, key, len(payload), payload.hex() or "-")


class Conversation:
    def __init__(self, number):
        self.port = 1024 + number
        self.kinds = [kind for kind in KINDS if random.random() < 0.2]
        self.lost = random.random() < 0.1
        self.v6 = "extension-headers" in self.kinds
        if self.v6 and "fragmented" in self.kinds:
            self.kinds.remove("fragmented")
        self.sequence = {True: random.getrandbits(32), False: random.getrandbits(32)}
        self.packets = []
        self.frames = []

    def segment(self, client, sequence, flags, data=b""):
        ports = (self.port, 80) if client else (80, self.port)
        acknowledgment = 0 if flags == "S" else self.sequence[not client]
        tcp = TCP(sport=ports[0], dport=ports[1], seq=sequence & 0xffffffff,
                  ack=acknowledgment & 0xffffffff, flags=flags, window=60000)
        if data:
            tcp.add_payload(Raw(data))
        if self.v6:
            ends = ("fd00::1", "fd00::2")
            ip = IPv6(src=ends[not client], dst=ends[client])
            # add_payload does not copy, as "/" does.
            if random.random() < 0.5:
                ip.add_payload(IPv6ExtHdrHopByHop(options=[PadN(optdata=b"\0" * 4)]))
            ip.add_payload(IPv6ExtHdrDestOpt(options=[PadN(optdata=b"\0" * 4)]))
            ip.add_payload(tcp)
            return [ip]
        ends = ("10.0.0.1", "10.0.0.2")
        ip = IP(src=ends[not client], dst=ends[client], id=random.getrandbits(16))
        ip.add_payload(tcp)
        if "fragmented" in self.kinds and len(data) > 80 and random.random() < 0.5:
            parts = fragment(ip, fragsize=64 + 8 * random.randrange(8))
            random.shuffle(parts)
            return parts
        return [ip]

    def add(self, client, sequence, flags, data=b""):
        self.packets.append((client, self.segment(client, sequence, flags, data)))

    def send(self, client, data):
        """Sends bytes in segments of random lengths."""
        at = 0
        while at < len(data):
            count = min(len(data) - at, random.choice((1, 20, 300, 1400)))
            start = self.sequence[client] + at
            piece = data[at:at + count]
            self.add(client, start, "PA", piece)
            if "duplicated" in self.kinds and random.random() < 0.3:
                self.add(client, start, "PA", piece)
            if "overlapping" in self.kinds and at > 5 and random.random() < 0.3:
                back = random.randrange(1, 5)
                self.add(client, start - back, "PA", data[at - back:at + count])
            at += count
        self.sequence[client] += len(data)
        self.add(not client, self.sequence[not client], "A")
        if "keep-alive" in self.kinds and random.random() < 0.3:
            self.add(client, self.sequence[client] - 1, "A", random.choice((b"", b"\0")))
            self.add(not client, self.sequence[not client], "A")

    def write(self):
        self.add(True, self.sequence[True], "S")
        self.sequence[True] += 1
        self.add(False, self.sequence[False], "SA")
        self.sequence[False] += 1
        self.add(True, self.sequence[True], "A")
        self.send(True, REQUEST)
        self.send(False, RESPONSE)
        start = len(self.packets)
        for _ in range(random.randrange(1, 6)):
            client = random.random() < 0.5
            data = b""
            for _ in range(random.randrange(1, 4)):
                for one, shown in message(client):
                    data += one
                    self.frames.append(shown)
            if "window-probe" in self.kinds and random.random() < 0.4:
                # The receiver has no room: one byte of what comes next, then all of it.
                self.add(client, self.sequence[client], "A", data[:1])
                self.add(not client, self.sequence[not client], "A")
            self.send(client, data)
        for client in (True, False):
            data, key = frame(8, b"\x03\xe8", client)
            self.frames.append("%s 1 0 8 %s 2 03e8" % ("client" if client else "server", key))
            self.send(client, data)
        end = len(self.packets)
        for client in (False, True):
            self.add(client, self.sequence[client], "FA")
            self.sequence[client] += 1
            self.add(not client, self.sequence[not client], "A")
        if "reordered" in self.kinds:
            for at in range(start, end - 1):
                if random.random() < 0.2:
                    self.packets[at:at + 2] = self.packets[at + 1], self.packets[at]
        if self.lost:
            at = random.randrange(start, end - 1)
            del self.packets[at:at + random.randrange(1, 3)]
        return self

    def link(self):
        """The bytes before each IP packet."""
        link = Ether(src="02:00:00:00:00:01", dst="02:00:00:00:00:02")
        last = link
        if "vlan" in self.kinds:
            last = Dot1Q(vlan=7)
            link.type = 0x8100
            link.add_payload(last)
        last.type = 0x86dd if self.v6 else 0x0800
        return bytes(link)


def main():
    seed, count, capture, truth = sys.argv[1:]
    random.seed(int(seed))
    timed = []
    with open(truth, "w", encoding="ascii") as out:
        for number in range(int(count)):
            one = Conversation(number).write()
            names = ",".join((["lost"] if one.lost else []) + one.kinds) or "plain"
            out.write("%d;%s;%s\n" % (one.port, names, ";".join(one.frames)))
            link = one.link()
            for index, (_, parts) in enumerate(one.packets):
                for part in parts:
                    timed.append((number * 3000 + index * 1000, link + bytes(part)))
    timed.sort(key=lambda each: each[0])
    writer = RawPcapWriter(capture, linktype=1)
    writer.write_header(None)
    for micros, packet in timed:
        writer.write_packet(packet, sec=1764398000 + micros // 1000000, usec=micros % 1000000)
    writer.close()


main()
