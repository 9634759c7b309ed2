package wscope.capture.packets;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** What the first bytes of a direction are. */
enum FirstBytes {
  REQUEST,
  RESPONSE,
  TLS,
  HTTP2,
  /** Too few bytes to decide. */
  UNCLEAR,
  OTHER;

  private static final String HTTP2_PREFACE = "PRI * HTTP/2.0";
  private static final String RESPONSE_START = "HTTP/1.";
  private static final int LONGEST_METHOD = 8;
  private static final int FIRST_TLS_RECORD = 0x14;
  private static final int LAST_TLS_RECORD = 0x17;
  private static final int TLS_VERSION = 3;

  static FirstBytes of(ByteBuffer bytes) {
    int length = Math.min(bytes.remaining(), HTTP2_PREFACE.length());
    String text =
        StandardCharsets.ISO_8859_1.decode(bytes.slice(bytes.position(), length)).toString();
    if (text.isEmpty() || (text.length() == 1 && isRecord(text.charAt(0)))) {
      return UNCLEAR;
    }
    if (isRecord(text.charAt(0)) && text.charAt(1) == TLS_VERSION) {
      return TLS;
    }
    if (text.equals(HTTP2_PREFACE)) {
      return HTTP2;
    }
    if (text.startsWith(RESPONSE_START)) {
      return RESPONSE;
    }
    return HTTP2_PREFACE.startsWith(text) || RESPONSE_START.startsWith(text)
        ? UNCLEAR
        : method(text);
  }

  private static boolean isRecord(int type) {
    return type >= FIRST_TLS_RECORD && type <= LAST_TLS_RECORD;
  }

  /** An HTTP method and a space. */
  private static FirstBytes method(String text) {
    int at = 0;
    while (at < text.length() && at < LONGEST_METHOD && isUpper(text.charAt(at))) {
      at++;
    }
    if (at == text.length()) {
      return UNCLEAR;
    }
    return at > 2 && text.charAt(at) == ' ' ? REQUEST : OTHER;
  }

  private static boolean isUpper(char c) {
    return c >= 'A' && c <= 'Z';
  }
}
