package wscope.protocol.handshake;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import wscope.protocol.rule.Rule;
import wscope.protocol.rule.Violation;

/**
 * Derives Sec-WebSocket-Accept from Sec-WebSocket-Key (RFC 6455 §4.2.2): appends the GUID to the
 * key, hashes the result with SHA-1, and encodes the hash in base64. The text of the key is hashed,
 * so even an invalid key has an accept value.
 */
public final class AcceptKey {
  /** The text that is appended to every key (§1.3). */
  public static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  /** The number of base64 characters for 16 bytes, without the padding. */
  private static final int NONCE_CHARACTERS = 22;

  /** The number of base64 characters for the 20 bytes of SHA-1, without the padding. */
  private static final int HASH_CHARACTERS = 27;

  private final String key;

  private AcceptKey(String key) {
    this.key = key;
  }

  /** Creates the derivation for a key. Spaces around the key are removed. */
  public static AcceptKey of(String key) {
    return new AcceptKey(strip(key));
  }

  /** The key without the spaces around it, as it is hashed. */
  public String key() {
    return key;
  }

  /** The result of step 1: the key with the GUID appended. */
  public String concatenated() {
    return key + GUID;
  }

  /** The result of step 2: the SHA-1 hash, 20 bytes. */
  public byte[] sha1() {
    try {
      // One byte per character, as on the wire.
      byte[] bytes = concatenated().getBytes(StandardCharsets.ISO_8859_1);
      return MessageDigest.getInstance("SHA-1").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }

  /**
   * The result of step 3: the hash in base64, 28 characters, which is the value of
   * Sec-WebSocket-Accept.
   */
  public String value() {
    return Base64.getEncoder().encodeToString(sha1());
  }

  /** The 16 bytes of the nonce. Fails if {@link #check} finds the key malformed. */
  public byte[] nonce() {
    return Base64.getDecoder().decode(key);
  }

  /** Whether a server must accept the key. */
  public boolean isValid() {
    for (Violation violation : check()) {
      if (violation.rule().isError()) {
        return false;
      }
    }
    return true;
  }

  /** Whether the text is the base64 encoding of 20 bytes, as accept values are. */
  public boolean isAcceptValue() {
    return dataCharacters() == HASH_CHARACTERS
        && key.length() == HASH_CHARACTERS + 1
        && key.chars().limit(HASH_CHARACTERS).allMatch(c -> isBase64((char) c));
  }

  /**
   * The violations in the key, which must be the base64 encoding of 16 bytes (§4.2.1). Offsets
   * count from its first character.
   */
  public List<Violation> check() {
    int data = dataCharacters();
    for (int at = 0; at < data; at++) {
      char c = key.charAt(at);
      if (!isBase64(c)) {
        String url = c == '-' || c == '_' ? "; it belongs to base64url" : "";
        return malformed(at, characterAt(at) + ", is not in the base64 alphabet" + url);
      }
    }
    int padding = key.length() - data;
    if (data != NONCE_CHARACTERS) {
      String hash = isAcceptValue() ? "; 20 bytes are a value of Sec-WebSocket-Accept" : "";
      return malformed(key.length(), count(key.length()) + " " + size(data) + hash);
    }
    if (padding != 2) {
      String found = padding < 2 ? "the padding == is missing" : "there is more padding than ==";
      return malformed(Math.min(key.length(), NONCE_CHARACTERS + 2), found);
    }
    if ("AQgw".indexOf(key.charAt(NONCE_CHARACTERS - 1)) < 0) {
      return violations(Rule.KEY_PAD_BITS, NONCE_CHARACTERS - 1, characterAt(NONCE_CHARACTERS - 1));
    }
    return List.of();
  }

  /** The number of characters before the padding at the end. */
  private int dataCharacters() {
    int end = key.length();
    while (end > 0 && key.charAt(end - 1) == '=') {
      end--;
    }
    return end;
  }

  private static String size(int data) {
    return data % 4 == 1
        ? "cannot be base64: the length leaves one character over"
        : "of base64 hold " + data * 6 / 8 + (data * 6 / 8 == 1 ? " byte" : " bytes") + ", not 16";
  }

  private static String count(int characters) {
    return characters + (characters == 1 ? " character" : " characters");
  }

  private String characterAt(int at) {
    return "character " + (at + 1) + ", " + Ascii.show(key.charAt(at));
  }

  private static List<Violation> malformed(int at, String found) {
    return violations(Rule.KEY_MALFORMED, at, found);
  }

  private static List<Violation> violations(Rule rule, int at, String found) {
    List<Violation> violations = new ArrayList<>();
    violations.add(new Violation(rule, at, 0, found));
    return violations;
  }

  private static boolean isBase64(char c) {
    return Ascii.isLetter(c) || Ascii.isDigit(c) || c == '+' || c == '/';
  }

  private static String strip(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && isSpace(text.charAt(start))) {
      start++;
    }
    while (end > start && isSpace(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  private static boolean isSpace(char c) {
    return Ascii.isSpaceOrTab(c) || c == '\r' || c == '\n';
  }
}
