package wscope.capture.packets;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import wscope.protocol.Vectors;

/** A TCP connection from 10.0.0.1:1000 to 10.0.0.2:80, as packets of IPv4 (RFC 791, RFC 9293). */
final class Talk {
  static final String REQUEST =
      """
      GET /chat?a=1 HTTP/1.1\r
      Host: a\r
      Upgrade: websocket\r
      Connection: Upgrade\r
      Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
      Sec-WebSocket-Version: 13\r
      \r
      """;
  static final String RESPONSE =
      """
      HTTP/1.1 101 Switching Protocols\r
      Upgrade: websocket\r
      Connection: Upgrade\r
      Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r
      \r
      """;

  private static final int FIN = 1;
  private static final int SYN = 2;
  private static final int RST = 4;
  private static final int ACK = 16;

  /** The packets, each with an IP header and no link layer. */
  final List<byte[]> packets = new ArrayList<>();

  private final int clientPort;
  private int client;
  private int server;

  Talk() {
    this(1000, 0xfffffff0);
  }

  /**
   * Begins a connection.
   *
   * @param sequence the first sequence number of both ends
   */
  Talk(int clientPort, int sequence) {
    this.clientPort = clientPort;
    client = sequence;
    server = sequence;
  }

  /** The three packets that open a connection. */
  Talk open() {
    packets.add(packet(true, client++, SYN, new byte[0]));
    packets.add(packet(false, server++, SYN | ACK, new byte[0]));
    packets.add(packet(true, client, ACK, new byte[0]));
    return this;
  }

  /** The packets of a WebSocket that opens. */
  Talk upgrade() {
    return open().client(REQUEST).server(RESPONSE);
  }

  Talk client(String bytes) {
    return client(bytes.getBytes(ISO_8859_1));
  }

  Talk client(byte[] bytes) {
    packets.add(packet(true, client, ACK, bytes));
    client += bytes.length;
    return this;
  }

  Talk server(String bytes) {
    return server(bytes.getBytes(ISO_8859_1));
  }

  Talk server(byte[] bytes) {
    packets.add(packet(false, server, ACK, bytes));
    server += bytes.length;
    return this;
  }

  Talk clientFrames(String frames) {
    return client(Vectors.bytes(frames));
  }

  Talk serverFrames(String frames) {
    return server(Vectors.bytes(frames));
  }

  /** The last bytes of the client once more, which may differ. */
  Talk clientAgain(byte[] bytes) {
    packets.add(packet(true, client - bytes.length, ACK, bytes));
    return this;
  }

  /** The last bytes of the server once more, which may differ. */
  Talk serverAgain(byte[] bytes) {
    packets.add(packet(false, server - bytes.length, ACK, bytes));
    return this;
  }

  /** Bytes that the capture does not have. */
  Talk lostFromClient(int count) {
    client += count;
    return this;
  }

  /** The capture does not have the last packet. */
  Talk lost() {
    packets.remove(packets.size() - 1);
    return this;
  }

  Talk end(boolean byClient) {
    packets.add(packet(byClient, byClient ? client++ : server++, FIN | ACK, new byte[0]));
    return this;
  }

  Talk reset(boolean byClient) {
    packets.add(packet(byClient, byClient ? client : server, RST, new byte[0]));
    return this;
  }

  private byte[] packet(boolean fromClient, int sequence, int flags, byte[] payload) {
    ByteBuffer out = ByteBuffer.allocate(40 + payload.length);
    out.put((byte) 0x45).put((byte) 0).putShort((short) out.capacity()).putInt(0);
    out.put((byte) 64).put((byte) 6).putShort((short) 0);
    out.putInt(fromClient ? 0x0a000001 : 0x0a000002).putInt(fromClient ? 0x0a000002 : 0x0a000001);
    out.putShort((short) (fromClient ? clientPort : 80));
    out.putShort((short) (fromClient ? 80 : clientPort));
    int acknowledgment = (flags & ACK) == 0 ? 0 : fromClient ? server : client;
    out.putInt(sequence)
        .putInt(acknowledgment)
        .put((byte) 0x50)
        .put((byte) flags)
        .putShort((short) 100);
    return out.putInt(0).put(payload).array();
  }
}
