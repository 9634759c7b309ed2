package wscope.capture.tls;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What a ServerHello says (RFC 8446 §4.1.3, RFC 5246 §7.4.1.3).
 *
 * @param version the negotiated version, such as 0x0304
 * @param random the random number of the server
 * @param compressed whether TLS compresses, which RFC 7457 advises against
 * @param protocol the protocol that ALPN has chosen; null if none, or if the version hides it
 * @param resumed whether it accepts a pre-shared key of TLS 1.3
 */
record ServerHello(
    int version,
    HelloRandom random,
    ByteBuffer sessionId,
    int suite,
    boolean compressed,
    @Nullable String protocol,
    boolean resumed) {

  /** The random number that makes a ServerHello a HelloRetryRequest. */
  private static final HelloRandom RETRY =
      HelloRandom.of(
          HexFormat.of()
              .parseHex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c"));

  /** Reads the body of a message; null if it is malformed. */
  static @Nullable ServerHello of(ByteBuffer body) {
    Fields fields = new Fields(body);
    int version = fields.uint16();
    byte[] random = fields.bytes(HelloRandom.LENGTH);
    ByteBuffer sessionId = fields.vector8();
    int suite = fields.uint16();
    int compression = fields.uint8();
    ByteBuffer extensions = ByteBuffer.allocate(0);
    if (fields.hasMore()) {
      extensions = fields.vector16();
    }
    if (fields.isMalformed()) {
      return null;
    }
    ByteBuffer versions = Fields.extension(extensions, Extensions.SUPPORTED_VERSIONS);
    return new ServerHello(
        versions != null && versions.remaining() == 2 ? versions.getShort(0) & 0xffff : version,
        HelloRandom.of(random),
        Resumptions.name(sessionId),
        suite,
        compression != 0,
        Extensions.protocol(extensions),
        Fields.extension(extensions, Extensions.PRE_SHARED_KEY) != null);
  }

  boolean isRetry() {
    return random.equals(RETRY);
  }

  boolean is13() {
    return version == 0x0304;
  }

  boolean is12() {
    return version == 0x0303;
  }

  /** The name of the version. */
  String name() {
    return switch (version) {
      case 0x0300 -> "SSL 3.0";
      case 0x0301 -> "TLS 1.0";
      case 0x0302 -> "TLS 1.1";
      case 0x0303 -> "TLS 1.2";
      case 0x0304 -> "TLS 1.3";
      default -> "TLS of version 0x" + Integer.toHexString(0x10000 | version).substring(1);
    };
  }
}
