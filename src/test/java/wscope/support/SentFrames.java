package wscope.support;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;

/** The frames of a client, as a server written by hand reads them, and its replies. */
public final class SentFrames {
  private static final int TEXT = 1;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;

  private SentFrames() {}

  /** What a server does with a message of one frame. */
  public interface Messages {
    void message(boolean text, byte[] payload) throws IOException;
  }

  /** Answers pings and a Close, and passes on messages; returns after a Close or the end. */
  public static void serve(CannedServer.Peer peer, Messages messages) throws IOException {
    DataInputStream in = new DataInputStream(peer.socket().getInputStream());
    for (int first = in.read(); first >= 0; first = in.read()) {
      byte[] payload = payload(in);
      switch (first & 0xf) {
        case PING -> send(peer, PONG, payload);
        case CLOSE -> {
          send(peer, CLOSE, payload);
          return;
        }
        default -> messages.message((first & 0xf) == TEXT, payload);
      }
    }
  }

  private static byte[] payload(DataInputStream in) throws IOException {
    int length = in.read() & 0x7f;
    length = length < 126 ? length : length == 126 ? in.readUnsignedShort() : (int) in.readLong();
    byte[] key = in.readNBytes(4);
    byte[] payload = in.readNBytes(length);
    for (int i = 0; i < payload.length; i++) {
      payload[i] ^= key[i % 4];
    }
    return payload;
  }

  /** Sends a message in one frame. */
  public static void message(CannedServer.Peer peer, boolean text, byte[] payload)
      throws IOException {
    send(peer, text ? TEXT : 2, payload);
  }

  private static void send(CannedServer.Peer peer, int opcode, byte[] payload) throws IOException {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(0x80 | opcode);
    if (payload.length < 126) {
      frame.write(payload.length);
    } else {
      frame.write(127);
      for (int shift = 56; shift >= 0; shift -= 8) {
        frame.write((int) ((long) payload.length >> shift));
      }
    }
    frame.writeBytes(payload);
    OutputStream out = peer.socket().getOutputStream();
    out.write(frame.toByteArray());
    out.flush();
  }
}
