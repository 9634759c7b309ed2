package wscope.input.spelling;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** What bytes are that somebody mistook for WebSocket frames, recognised by their start. */
public enum Lookalike {
  TLS("TLS records: decrypt them first, for instance with SSLKEYLOGFILE and Wireshark"),
  HTTP2("the HTTP/2 preface: WebSocket then runs inside a stream (RFC 8441)"),
  HTTP_REQUEST("an HTTP request: frames begin after the empty line of the response"),
  HTTP_RESPONSE("an HTTP response: frames follow its empty line only if its status is 101"),
  GZIP("gzip data: decompress it first"),
  ZIP("a ZIP archive, not frames"),
  PNG("a PNG image: perhaps a message payload without its frame header"),
  JSON("JSON text: perhaps a message payload without its frame header"),
  UTF16("UTF-16 text, as PowerShell writes it: save it as UTF-8"),
  IPV4("an IPv4 packet: frames begin after the IP and TCP headers"),
  PCAP("a capture file: extract the bytes of one direction first, for instance with tshark"),
  HIXIE("frames of the drafts hixie-75 and hixie-76: 00, UTF-8 text, ff");

  private static final int LEAST_IPV4_HEADER = 20;
  private static final int IPV4_WITHOUT_OPTIONS = 0x45;

  /** How those that are certain begin. */
  private static final String[] MAGIC = {
    "\u0014\u0003\u0003",
    "\u0015\u0003\u0003",
    "\u0016\u0003\u0001",
    "\u0017\u0003\u0003",
    "PRI * HTTP/2",
    "\u001f\u008b\u0008",
    "PK\u0003\u0004",
    "\u0089PNG",
    "\u00ff\u00fe",
    "\u00fe\u00ff",
    "\u00d4\u00c3\u00b2\u00a1",
    "\u00a1\u00b2\u00c3\u00d4",
    "\n\r\r\n"
  };

  private final String hint;

  Lookalike(String hint) {
    this.hint = hint;
  }

  /** What they look like and what to do, worded to follow "this looks like". */
  public String hint() {
    return hint;
  }

  /**
   * Recognises what bytes look like.
   *
   * @param first bytes of a stream, between position and limit, which do not move; 64 are enough
   * @return null if they look like none of these
   */
  public static @Nullable Lookalike of(ByteBuffer first) {
    if (isTls(first)) {
      return TLS;
    }
    if (starts(first, "PRI * HTTP/2")) {
      return HTTP2;
    }
    if (starts(first, "HTTP/1.")) {
      return HTTP_RESPONSE;
    }
    if (isRequest(first)) {
      return HTTP_REQUEST;
    }
    return ofFile(first);
  }

  /**
   * Whether a record of TLS begins (RFC 8446 §5.1): its type, from change_cipher_spec to
   * application_data, and its version. As a frame, it would have RSV3 and a reserved opcode.
   */
  private static boolean isTls(ByteBuffer first) {
    return at(first, 0) >= 0x14
        && at(first, 0) <= 0x17
        && at(first, 1) == 3
        && at(first, 2) >= 0
        && at(first, 2) <= 4;
  }

  /** Whether such bytes are certainly no frames, so that reading them as frames would mislead. */
  public boolean isCertain() {
    return switch (this) {
      case HTTP_REQUEST, HTTP_RESPONSE, JSON, HIXIE -> false;
      default -> true;
    };
  }

  /**
   * Whether more bytes are needed to recognise one that is certain.
   *
   * @param first bytes of a stream, between position and limit
   */
  public static boolean needsMore(ByteBuffer first) {
    for (String magic : MAGIC) {
      boolean matches = first.remaining() < magic.length();
      for (int i = 0; matches && i < first.remaining(); i++) {
        matches = at(first, i) == magic.charAt(i);
      }
      if (matches) {
        return true;
      }
    }
    return at(first, 0) == IPV4_WITHOUT_OPTIONS && first.remaining() < LEAST_IPV4_HEADER;
  }

  private static @Nullable Lookalike ofFile(ByteBuffer first) {
    if (starts(first, "\u001f\u008b\u0008")) {
      return GZIP;
    }
    if (starts(first, "PK\u0003\u0004") || starts(first, "PK\u0005\u0006")) {
      return ZIP;
    }
    if (starts(first, "\u0089PNG")) {
      return PNG;
    }
    if (starts(first, "\u00ff\u00fe") || starts(first, "\u00fe\u00ff")) {
      return UTF16;
    }
    if (starts(first, "\u00d4\u00c3\u00b2\u00a1")
        || starts(first, "\u00a1\u00b2\u00c3\u00d4")
        || starts(first, "\n\r\r\n")) {
      return PCAP;
    }
    if (isIpv4WithTcp(first)) {
      return IPV4;
    }
    return isJson(first) ? JSON : isHixie(first) ? HIXIE : null;
  }

  private static boolean isRequest(ByteBuffer first) {
    for (String method : new String[] {"GET ", "POST ", "PUT ", "HEAD ", "OPTIONS ", "CONNECT "}) {
      if (starts(first, method)) {
        return true;
      }
    }
    return false;
  }

  /** Version 4, no options, protocol 6, and a total length that is not zero. */
  private static boolean isIpv4WithTcp(ByteBuffer first) {
    return at(first, 0) == IPV4_WITHOUT_OPTIONS
        && first.remaining() >= LEAST_IPV4_HEADER
        && at(first, 9) == 6
        && (at(first, 2) << 8 | at(first, 3)) > LEAST_IPV4_HEADER;
  }

  private static boolean isJson(ByteBuffer first) {
    int open = at(first, 0);
    int next = at(first, 1) == ' ' || at(first, 1) == '\n' ? at(first, 2) : at(first, 1);
    return (open == '{' && (next == '"' || next == '}'))
        || (open == '[' && (next == '"' || next == '{' || next == '['));
  }

  /** 00, then text without control characters up to ff. */
  private static boolean isHixie(ByteBuffer first) {
    if (at(first, 0) != 0) {
      return false;
    }
    int index = 1;
    while (at(first, index) >= ' ' && at(first, index) != 0xff) {
      index++;
    }
    return index > 1 && at(first, index) == 0xff;
  }

  /** Whether the bytes begin with these characters of ISO 8859-1. */
  private static boolean starts(ByteBuffer first, String expected) {
    for (int i = 0; i < expected.length(); i++) {
      if (at(first, i) != expected.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** The byte at an index from the position, or -1. */
  private static int at(ByteBuffer bytes, int index) {
    return index < bytes.remaining() ? bytes.get(bytes.position() + index) & 0xff : -1;
  }
}
