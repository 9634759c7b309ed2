package wscope.protocol.handshake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** The wrong ways to hash a text and to write the hash (RFC 6455 §4.2.2, steps 2 and 3). */
final class AcceptForms {
  private static final HexFormat UPPER = HexFormat.of().withUpperCase();

  /** A hash that is cut shorter than this could be any value. */
  private static final int SHORTEST_CUT = 6;

  private static final List<Form> ALL = new ArrayList<>();

  static {
    hex(AcceptMistake.HEX, "", "SHA-1", AcceptMistake.BASE64_OF_HEX);
    add(AcceptMistake.BASE64_TWICE, bytes -> base64(right(bytes).getBytes(ISO_8859_1)));
    add(AcceptMistake.VALUE_WITHOUT_PADDING, bytes -> right(bytes).replace("=", ""));
    add(AcceptMistake.BASE64URL, bytes -> url(right(bytes)));
    add(AcceptMistake.BASE64URL, bytes -> url(right(bytes)).replace("=", ""));
    add(AcceptMistake.VALUE_IN_OTHER_CASE, bytes -> right(bytes).toLowerCase(Locale.ROOT));
    add(AcceptMistake.VALUE_IN_OTHER_CASE, bytes -> right(bytes).toUpperCase(Locale.ROOT));
    add(AcceptMistake.VALUE_IN_QUOTES, bytes -> '"' + right(bytes) + '"');
    add(AcceptMistake.VALUE_IN_QUOTES, bytes -> "'" + right(bytes) + "'");
    for (String hash : List.of("MD5", "SHA-256", "SHA-512", "SHA-384", "SHA-224")) {
      add(AcceptMistake.OTHER_HASH, hash, bytes -> base64(digest(hash, bytes)));
      hex(AcceptMistake.OTHER_HASH, hash, hash, AcceptMistake.OTHER_HASH);
    }
    add(AcceptMistake.WORDS_REVERSED, bytes -> base64(reversed(sha1(bytes), 4)));
    add(AcceptMistake.WORDS_REVERSED, bytes -> base64(reversed(sha1(bytes), 20)));
    add(AcceptMistake.DIGEST_AS_TEXT, bytes -> base64(text(sha1(bytes))));
    add(
        AcceptMistake.DIGEST_AS_TEXT,
        bytes -> base64(new String(sha1(bytes), UTF_8).getBytes(UTF_8)));
    add(AcceptMistake.DIGEST_CUT_AT_ZERO, bytes -> base64(cut(sha1(bytes))));
    add(AcceptMistake.NOT_HASHED, bytes -> new String(bytes, ISO_8859_1));
    add(AcceptMistake.NOT_HASHED, AcceptForms::base64);
  }

  private AcceptForms() {}

  /**
   * A wrong form.
   *
   * @param detail the name of a wrong hash; otherwise empty
   */
  record Form(AcceptMistake mistake, String detail, Function<byte[], String> function) {
    /** The value for a text. */
    String of(byte[] text) {
      return function.apply(text);
    }
  }

  static List<Form> all() {
    return ALL;
  }

  /** The right form: SHA-1 in base64. */
  static String right(byte[] text) {
    return base64(sha1(text));
  }

  private static void add(AcceptMistake mistake, Function<byte[], String> function) {
    add(mistake, "", function);
  }

  private static void add(AcceptMistake mistake, String detail, Function<byte[], String> function) {
    ALL.add(new Form(mistake, detail, function));
  }

  /** Adds a hash in hexadecimal, and the same in base64. */
  private static void hex(AcceptMistake inHex, String detail, String hash, AcceptMistake inBase64) {
    for (HexFormat format : List.of(HexFormat.of(), UPPER)) {
      Function<byte[], String> hex = bytes -> format.formatHex(digest(hash, bytes));
      add(inHex, detail, hex);
      add(inBase64, detail, bytes -> base64(hex.apply(bytes).getBytes(ISO_8859_1)));
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static String url(String base64) {
    return base64.replace('+', '-').replace('/', '_');
  }

  /** The bytes as a text of one character each, which is then encoded in UTF-8. */
  private static byte[] text(byte[] bytes) {
    return new String(bytes, ISO_8859_1).getBytes(UTF_8);
  }

  /** The bytes before the first zero, as a function for C strings sees them. */
  private static byte[] cut(byte[] bytes) {
    int end = 0;
    while (end < bytes.length && bytes[end] != 0) {
      end++;
    }
    return end < SHORTEST_CUT ? bytes : Arrays.copyOf(bytes, end);
  }

  /** Reverses the bytes of each word. */
  private static byte[] reversed(byte[] bytes, int word) {
    byte[] reversed = new byte[bytes.length];
    for (int at = 0; at < bytes.length; at++) {
      reversed[at] = bytes[at - at % word + word - 1 - at % word];
    }
    return reversed;
  }

  private static byte[] sha1(byte[] text) {
    return digest("SHA-1", text);
  }

  private static byte[] digest(String algorithm, byte[] text) {
    try {
      return MessageDigest.getInstance(algorithm).digest(text);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has " + algorithm, e);
    }
  }
}
