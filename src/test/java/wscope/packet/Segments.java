package wscope.packet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;

/** Segments between a client, 10.0.0.1 port 5000, and a server, 10.0.0.2 port 80. */
final class Segments {
  static final TcpEndpoint CLIENT = TcpEndpoint.of(new byte[] {10, 0, 0, 1}, 5000);
  static final TcpEndpoint SERVER = TcpEndpoint.of(new byte[] {10, 0, 0, 2}, 80);
  static final int SYN = TcpSegment.SYN;
  static final int FIN = TcpSegment.FIN;
  static final int RST = TcpSegment.RST;
  static final int ACK = TcpSegment.ACK;

  private Segments() {}

  static TcpSegment fromClient(long sequence, String payload) {
    return fromClient(sequence, ACK, payload);
  }

  static TcpSegment fromClient(long sequence, int flags, String payload) {
    return segment(CLIENT, SERVER, sequence, flags, payload, 0);
  }

  static TcpSegment fromServer(long sequence, String payload) {
    return fromServer(sequence, ACK, payload);
  }

  static TcpSegment fromServer(long sequence, int flags, String payload) {
    return segment(SERVER, CLIENT, sequence, flags, payload, 0);
  }

  /** A segment with an acknowledgment; those of the other methods have none. */
  static TcpSegment acknowledging(TcpSegment segment, long number) {
    return new TcpSegment(
        segment.source(),
        segment.destination(),
        segment.sequence(),
        number & 0xffffffffL,
        segment.flags(),
        segment.payload(),
        segment.missing());
  }

  /** A segment from the client whose last bytes the capture does not have. */
  static TcpSegment cut(long sequence, int flags, String payload, int missing) {
    return segment(CLIENT, SERVER, sequence, flags, payload, missing);
  }

  static TcpSegment segment(
      TcpEndpoint source,
      TcpEndpoint destination,
      long sequence,
      int flags,
      String payload,
      int missing) {
    ByteBuffer bytes = ByteBuffer.wrap(payload.getBytes(ISO_8859_1));
    return new TcpSegment(source, destination, sequence & 0xffffffffL, -1, flags, bytes, missing);
  }
}
