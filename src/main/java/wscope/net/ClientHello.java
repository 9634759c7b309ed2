package wscope.net;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client says about its server at the beginning of TLS (RFC 8446 §4.1.2).
 *
 * @param host the server name (RFC 6066 §3), as received; null if there is none
 * @param protocols the protocols that the client offers (RFC 7301), its preferred one first
 */
public record ClientHello(@Nullable String host, List<String> protocols) {
  /** The number of bytes that are looked at. Usual messages have fewer than 2000. */
  static final int MOST_BYTES = 32 << 10;

  /** A message that cannot be read, or that says nothing. */
  private static final ClientHello SILENT = new ClientHello(null, List.of());

  private static final int HANDSHAKE = 22;
  private static final int CLIENT_HELLO = 1;
  private static final int RECORD_HEADER = 5;
  private static final int MESSAGE_HEADER = 4;
  private static final int VERSION_AND_RANDOM = 34;
  private static final int SERVER_NAME = 0;
  private static final int PROTOCOLS = 16;

  /**
   * Reads the message, which may be spread over several records, without consuming it. A message
   * that is malformed or too long says nothing; TLS itself will reject it.
   *
   * @param arrived the first bytes of the connection, from position to limit
   * @return the message; null until it has arrived
   */
  public static @Nullable ClientHello read(ByteBuffer arrived) {
    ByteBuffer records = arrived.slice();
    ByteBuffer message = ByteBuffer.allocate(Math.min(records.remaining(), MOST_BYTES));
    boolean malformed = false;
    while (!malformed && !isWhole(message) && records.remaining() >= RECORD_HEADER) {
      malformed = records.get(records.position()) != HANDSHAKE;
      int length = records.getShort(records.position() + 3) & 0xffff;
      records.position(records.position() + RECORD_HEADER);
      int count = Math.min(Math.min(length, records.remaining()), message.remaining());
      message.put(message.position(), records, records.position(), count);
      message.position(message.position() + count);
      records.position(records.position() + count);
    }
    if (!malformed && !isWhole(message)) {
      return arrived.remaining() < MOST_BYTES ? null : SILENT;
    }
    return malformed ? SILENT : parsed(message.flip());
  }

  /** Whether a message has arrived, up to the position of its buffer. */
  private static boolean isWhole(ByteBuffer message) {
    return message.position() >= MESSAGE_HEADER
        && message.position() >= MESSAGE_HEADER + (message.getInt(0) & 0xffffff);
  }

  private static ClientHello parsed(ByteBuffer message) {
    if (message.get() != CLIENT_HELLO) {
      return SILENT;
    }
    message.position(MESSAGE_HEADER);
    // The session ID, the cipher suites and the compression methods precede the extensions.
    boolean readable =
        part(message, VERSION_AND_RANDOM) != null
            && vector(message, 1) != null
            && vector(message, 2) != null
            && vector(message, 1) != null;
    ByteBuffer extensions = readable ? vector(message, 2) : null;
    return extensions == null ? SILENT : of(extensions);
  }

  private static ClientHello of(ByteBuffer extensions) {
    String host = null;
    List<String> protocols = List.of();
    while (extensions.remaining() >= 4) {
      int type = extensions.getShort() & 0xffff;
      ByteBuffer extension = vector(extensions, 2);
      if (extension == null) {
        return SILENT;
      }
      if (type == SERVER_NAME) {
        host = host(extension);
      } else if (type == PROTOCOLS) {
        protocols = protocols(extension);
      }
    }
    return new ClientHello(host, protocols);
  }

  private static @Nullable String host(ByteBuffer extension) {
    ByteBuffer list = vector(extension, 2);
    if (list == null || list.remaining() < 3 || list.get() != 0) {
      return null;
    }
    ByteBuffer name = vector(list, 2);
    return name == null ? null : text(name);
  }

  private static List<String> protocols(ByteBuffer extension) {
    List<String> protocols = new ArrayList<>();
    ByteBuffer list = vector(extension, 2);
    while (list != null && list.hasRemaining()) {
      ByteBuffer name = vector(list, 1);
      if (name == null) {
        return List.of();
      }
      protocols.add(text(name));
    }
    return List.copyOf(protocols);
  }

  private static String text(ByteBuffer bytes) {
    return StandardCharsets.ISO_8859_1.decode(bytes).toString();
  }

  /** Takes a vector: its length in some bytes, then its content. Returns null if it is cut. */
  private static @Nullable ByteBuffer vector(ByteBuffer in, int lengthBytes) {
    if (in.remaining() < lengthBytes) {
      return null;
    }
    int length = lengthBytes == 1 ? in.get() & 0xff : in.getShort() & 0xffff;
    return part(in, length);
  }

  private static @Nullable ByteBuffer part(ByteBuffer in, int length) {
    if (in.remaining() < length) {
      return null;
    }
    ByteBuffer part = in.slice(in.position(), length);
    in.position(in.position() + length);
    return part;
  }
}
