package wscope.bench.process;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import wscope.protocol.frame.FrameEncoder;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.Opcode;

/**
 * What a client has sent, as a file for {@code decode} and as a capture for {@code tshark}.
 *
 * @param name what it contains
 * @param messages how often it contains the message
 * @param framesOfMessage how many frames a message has
 * @param message its frames, one after another
 * @param messagesOfPacket how many messages a packet of the capture has
 */
record Capture(
    String name, int messages, int framesOfMessage, byte[] message, int messagesOfPacket) {
  private static final int KEY = 0x37fa213d;
  private static final Path DIRECTORY = Path.of("target/bench");

  /** Captures of small, large, fragmented and compressed messages. */
  static List<Capture> all() {
    return List.of(
        new Capture("small", 100_000, 1, Exchange.of(20, false).request(), 1),
        new Capture("small x 25", 137_500, 1, Exchange.of(20, false).request(), 25),
        new Capture("many x 25", 1_100_000, 1, Exchange.of(20, false).request(), 25),
        new Capture("large", 64, 1, Exchange.of(1 << 20, false).request(), 1),
        new Capture("fragmented", 4_000, 16, fragments(16, 64), 1),
        new Capture("compressed", 20_000, 1, Exchange.of(1 << 10, true).request(), 1));
  }

  /** A message in {@code count} frames of {@code bytes} bytes. */
  static byte[] fragments(int count, int bytes) {
    ByteBuffer text = ByteBuffer.wrap(Exchange.words(bytes));
    ByteBuffer out = ByteBuffer.allocate(count * (bytes + FrameHeader.LONGEST));
    for (int i = 0; i < count; i++) {
      FrameHeader header = FrameHeader.of(i == 0 ? Opcode.TEXT : Opcode.CONTINUATION, bytes);
      FrameEncoder.frame(header.fin(i == count - 1).mask(KEY), text.rewind(), out);
    }
    byte[] message = new byte[out.flip().remaining()];
    out.get(message);
    return message;
  }

  long frames() {
    return (long) messages * framesOfMessage;
  }

  long bytes() {
    return (long) messages * message.length;
  }

  boolean isCompressed() {
    return name.equals("compressed");
  }

  /** The frames alone. */
  Path file() throws IOException {
    Path file = Files.createDirectories(DIRECTORY).resolve(name + ".bin");
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      for (int i = 0; i < messages; i++) {
        out.write(message);
      }
    }
    return file;
  }

  /** The head of a request with one more header field. */
  private static String request(String field) {
    return "GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
        + field
        + "\r\n";
  }

  /** The head of the response. */
  private static String response(String field) {
    return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        + "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"
        + field
        + "\r\n";
  }

  /** The frames after an opening handshake, in TCP: packets of up to 32 KiB. */
  Path pcap() throws IOException {
    String agreed = "Sec-WebSocket-Extensions: permessage-deflate; client_no_context_takeover\r\n";
    String extension = isCompressed() ? agreed : "";
    Path file = Files.createDirectories(DIRECTORY).resolve(name + ".pcap");
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      Pcap pcap = new Pcap(out);
      pcap.fromClient(request(extension).getBytes(StandardCharsets.US_ASCII));
      pcap.fromServer(response(extension).getBytes(StandardCharsets.US_ASCII));
      for (int i = 0; i < messages; i += messagesOfPacket) {
        pcap.fromClient(repeated(Math.min(messagesOfPacket, messages - i)));
      }
    }
    return file;
  }

  private byte[] repeated(int times) {
    ByteBuffer all = ByteBuffer.allocate(times * message.length);
    for (int i = 0; i < times; i++) {
      all.put(message);
    }
    return all.array();
  }
}
