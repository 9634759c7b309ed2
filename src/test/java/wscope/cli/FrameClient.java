package wscope.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

/** A client with its opening handshake behind it, which tells frames in words. */
public final class FrameClient implements AutoCloseable {
  private static final String REQUEST =
      """
      GET /chat HTTP/1.1
      Host: localhost
      Upgrade: websocket
      Connection: Upgrade
      Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
      Sec-WebSocket-Version: 13

      """
          .replace("\n", "\r\n");

  private final Socket socket;
  private final DataInputStream in;

  public FrameClient(int port) throws IOException {
    socket = new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
    socket.setSoTimeout(10_000);
    in = new DataInputStream(socket.getInputStream());
    socket.getOutputStream().write(REQUEST.getBytes(US_ASCII));
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.readByte());
    }
    assertTrue(head.toString().startsWith("HTTP/1.1 101 "), head.toString());
  }

  /** Sends a text of at most 125 bytes. */
  public void send(String text) throws IOException {
    send(0x81, text.getBytes(UTF_8));
  }

  /** The next frame: its opcode and its payload. A Close is answered. */
  public String next() throws IOException {
    int first = in.readUnsignedByte();
    int second = in.readUnsignedByte();
    int length = length(second & 0x7f);
    byte[] mask = in.readNBytes((second & 0x80) == 0 ? 0 : 4);
    byte[] payload = in.readNBytes(length);
    if (mask.length > 0) {
      apply(mask, payload);
    }
    String text = new String(payload, UTF_8);
    return switch (first) {
      case 0x81 -> (mask.length > 0 ? "masked text " : "text ") + text;
      case 0x88 -> {
        send(first, payload);
        int code = (payload[0] & 0xff) << 8 | (payload[1] & 0xff);
        yield "close " + code + " " + new String(payload, 2, length - 2, UTF_8);
      }
      case 0x89 -> "ping " + text;
      case 0x8a -> "pong " + text;
      default -> "0x" + Integer.toHexString(first) + " " + text;
    };
  }

  private int length(int sevenBits) throws IOException {
    return switch (sevenBits) {
      case 126 -> in.readUnsignedShort();
      case 127 -> Math.toIntExact(in.readLong());
      default -> sevenBits;
    };
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private void send(int first, byte[] payload) throws IOException {
    byte[] mask = {0x3d, 0x54, 0x23, 0x06};
    byte[] masked = payload.clone();
    apply(mask, masked);
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(first);
    frame.write(0x80 | masked.length);
    frame.writeBytes(mask);
    frame.writeBytes(masked);
    socket.getOutputStream().write(frame.toByteArray());
  }

  private static void apply(byte[] mask, byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] ^= mask[i % 4];
    }
  }
}
