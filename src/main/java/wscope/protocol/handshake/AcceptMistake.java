package wscope.protocol.handshake;

import java.util.Locale;

/** A mistake of a server that computes Sec-WebSocket-Accept (RFC 6455 §4.2.2). */
public enum AcceptMistake {
  // The value has nothing to do with this key.
  SAMPLE_VALUE,
  KEY_ECHOED,
  OTHER_KEY,
  // What is hashed.
  NO_GUID,
  NO_KEY,
  GUID_FIRST,
  KEY_DECODED,
  KEY_WITH_WHITESPACE,
  KEY_WITH_NAME,
  KEY_IN_QUOTES,
  KEY_WITHOUT_PADDING,
  KEY_IN_OTHER_CASE,
  GUID_IN_LOWER_CASE,
  GUID_AS_BYTES,
  GUID_MISTYPED,
  SURPLUS_AT_END,
  UTF_16,
  // How it is hashed, and how the hash is written.
  NOT_HASHED,
  OTHER_HASH,
  WORDS_REVERSED,
  DIGEST_AS_TEXT,
  DIGEST_CUT_AT_ZERO,
  HEX,
  BASE64_OF_HEX,
  BASE64_TWICE,
  BASE64URL,
  VALUE_WITHOUT_PADDING,
  VALUE_IN_OTHER_CASE,
  VALUE_IN_QUOTES;

  private final String id = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** The stable name for scripts: lower-case words joined by hyphens. */
  public String id() {
    return id;
  }
}
