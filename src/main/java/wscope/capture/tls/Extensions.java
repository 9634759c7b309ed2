package wscope.capture.tls;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The extensions of the handshake that are read (RFC 8446 §4.2). */
final class Extensions {
  static final int SERVER_NAME = 0;
  static final int ALPN = 16;
  static final int SESSION_TICKET = 35;
  static final int PRE_SHARED_KEY = 41;
  static final int EARLY_DATA = 42;
  static final int SUPPORTED_VERSIONS = 43;
  static final int ENCRYPTED_CLIENT_HELLO = 0xfe0d;

  private static final int HOST_NAME = 0;
  private static final int DELETE = 0x7f;

  /** The length of the longest name of a server that is kept; a name in DNS has at most 253. */
  private static final int LONGEST_NAME = 255;

  private Extensions() {}

  /** The name of the server that a client asks for (RFC 6066 §3); null without it. */
  static @Nullable String serverName(ByteBuffer list) {
    ByteBuffer extension = Fields.extension(list, SERVER_NAME);
    if (extension == null) {
      return null;
    }
    Fields names = new Fields(new Fields(extension).vector16());
    while (names.hasMore()) {
      int type = names.uint8();
      ByteBuffer name = names.vector16();
      if (type == HOST_NAME && !names.isMalformed()) {
        return name.remaining() <= LONGEST_NAME
            ? text(name)
            : text(name.slice(0, LONGEST_NAME)) + "...";
      }
    }
    return null;
  }

  /** The protocol that a server has chosen (RFC 7301 §3.1); null without it. */
  static @Nullable String protocol(ByteBuffer list) {
    ByteBuffer extension = Fields.extension(list, ALPN);
    if (extension == null) {
      return null;
    }
    Fields names = new Fields(new Fields(extension).vector16());
    ByteBuffer name = names.vector8();
    return names.isMalformed() || !name.hasRemaining() ? null : text(name);
  }

  /** A text in ASCII. Other bytes, which no name should have, are escaped. */
  private static String text(ByteBuffer bytes) {
    StringBuilder text = new StringBuilder();
    for (int i = bytes.position(); i < bytes.limit(); i++) {
      int next = bytes.get(i) & 0xff;
      if (next > ' ' && next < DELETE && next != '\\') {
        text.append((char) next);
      } else {
        text.append("\\x").append(Integer.toHexString(0x100 | next), 1, 3);
      }
    }
    return text.toString();
  }
}
