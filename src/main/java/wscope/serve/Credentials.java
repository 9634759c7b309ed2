package wscope.serve;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.handshake.HeaderField;

/**
 * The user and password that a client must send (Basic, RFC 7617, in UTF-8). Only a digest is kept;
 * digests have one length and are compared in constant time, so the time of a rejection reveals
 * nothing.
 */
public final class Credentials {
  private static final String SCHEME = "Basic";

  private final byte[] digest;

  private Credentials(byte[] digest) {
    this.digest = digest;
  }

  /**
   * Creates the required credentials.
   *
   * @param userAndPassword the user and the password with a colon between them; the user cannot
   *     contain a colon
   * @throws IllegalArgumentException if there is no colon; the message does not repeat the argument
   */
  public static Credentials of(String userAndPassword) {
    if (userAndPassword.indexOf(':') < 0) {
      throw new IllegalArgumentException(
          "the user and the password must have a colon between them");
    }
    if (userAndPassword.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "the user and the password must not contain control characters");
    }
    return new Credentials(sha256(userAndPassword.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Judges the Authorization fields of a request.
   *
   * @return the reason why the credentials are wrong, in words; null if they are right
   */
  @Nullable String wrong(List<HeaderField> fields) {
    if (fields.isEmpty()) {
      return "the request has no Authorization field";
    }
    if (fields.size() > 1) {
      return "the request has several Authorization fields";
    }
    String value = fields.get(0).value();
    int space = value.indexOf(' ');
    if (!(space < 0 ? value : value.substring(0, space)).equalsIgnoreCase(SCHEME)) {
      return "the Authorization field does not use the Basic scheme";
    }
    byte[] credentials = decode(value.substring(SCHEME.length()).strip());
    if (credentials == null) {
      return "the Basic credentials are not user:password in Base64";
    }
    return MessageDigest.isEqual(digest, sha256(credentials)) ? null : "wrong user or password";
  }

  /** Decodes the credentials. Returns null if they are not Base64 or have no colon. */
  private static byte @Nullable [] decode(String base64) {
    try {
      byte[] decoded = Base64.getDecoder().decode(base64.getBytes(StandardCharsets.ISO_8859_1));
      return new String(decoded, StandardCharsets.ISO_8859_1).indexOf(':') < 0 ? null : decoded;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
