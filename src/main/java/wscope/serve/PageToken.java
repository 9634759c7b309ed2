package wscope.serve;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The secret of a server's own test page, with which the page watches all connections. Only pages
 * for this machine contain it, and a page of another origin cannot read them.
 *
 * @param text 32 lowercase hex digits
 */
record PageToken(String text) {
  /** Creates a token that nobody can guess. */
  static PageToken random() {
    byte[] bytes = new byte[16];
    new SecureRandom().nextBytes(bytes);
    return new PageToken(HexFormat.of().formatHex(bytes));
  }

  /** Whether this is the token, in a time that does not depend on the equal digits. */
  boolean is(String token) {
    return MessageDigest.isEqual(text.getBytes(US_ASCII), token.getBytes(US_ASCII));
  }

  /** Hides the secret. */
  @Override
  public String toString() {
    return "PageToken";
  }
}
