package wscope.protocol.handshake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** The wrong texts that a server may hash for a key (RFC 6455 §4.2.2, step 1). */
final class AcceptInputs {
  private static final String GUID = AcceptKey.GUID;
  private static final String HEX_DIGITS = "0123456789ABCDEF";

  private final String key;
  private final List<Input> inputs = new ArrayList<>();

  private AcceptInputs(String key) {
    this.key = key;
  }

  /**
   * A wrong text.
   *
   * @param detail the wrong part, in words or as it was hashed; empty if the mistake says it
   * @param text the text, one character for each byte
   */
  record Input(AcceptMistake mistake, String detail, String text) {
    /** The text as bytes. */
    byte[] bytes() {
      return text.getBytes(ISO_8859_1);
    }
  }

  /** All wrong texts but those with a mistyped GUID. */
  static List<Input> of(String key) {
    AcceptInputs all = new AcceptInputs(key);
    all.addWrongParts();
    all.addSurplus();
    all.addEncodings();
    return all.inputs;
  }

  /** The texts with a GUID that has one slip of the finger, or that is known to be copied wrong. */
  static List<Input> withMistypedGuid(String key) {
    AcceptInputs all = new AcceptInputs(key);
    all.mistyped("258EAFA5-E914-47DA-95CA-5AB5DC11B735");
    all.mistyped("258EAFA5-E914-47DA-95CA-5AB0DC85B11");
    all.mistyped("258EAFA5-E914-47DA-95CA-C5AB0DC85B");
    all.mistyped(GUID.replace("-", ""));
    all.mistyped("{" + GUID + "}");
    all.mistyped("{" + GUID.toLowerCase(Locale.ROOT) + "}");
    for (int at = 0; at < GUID.length(); at++) {
      String before = GUID.substring(0, at);
      String after = GUID.substring(at + 1);
      all.mistyped(before + after);
      all.mistyped(before + GUID.charAt(at) + GUID.charAt(at) + after);
      for (int digit = 0; digit < HEX_DIGITS.length(); digit++) {
        all.mistyped(before + HEX_DIGITS.charAt(digit) + after);
      }
      for (int other = at + 1; other < GUID.length(); other++) {
        all.mistyped(
            before
                + GUID.charAt(other)
                + GUID.substring(at + 1, other)
                + GUID.charAt(at)
                + GUID.substring(other + 1));
      }
    }
    return all.inputs;
  }

  private void addWrongParts() {
    add(AcceptMistake.NO_GUID, "", key);
    add(AcceptMistake.NO_KEY, "", GUID);
    add(AcceptMistake.GUID_FIRST, "", GUID + key);
    String padless = key.replace("=", "");
    if (!padless.equals(key)) {
      add(AcceptMistake.KEY_WITHOUT_PADDING, "", padless + GUID);
    }
    add(AcceptMistake.KEY_IN_OTHER_CASE, "lower", key.toLowerCase(Locale.ROOT) + GUID);
    add(AcceptMistake.KEY_IN_OTHER_CASE, "upper", key.toUpperCase(Locale.ROOT) + GUID);
    add(AcceptMistake.GUID_IN_LOWER_CASE, "", key + GUID.toLowerCase(Locale.ROOT));
    add(AcceptMistake.KEY_WITH_NAME, "", "Sec-WebSocket-Key: " + key + GUID);
    add(AcceptMistake.KEY_WITH_NAME, "", "Sec-WebSocket-Key: " + key + "\r\n" + GUID);
    add(AcceptMistake.KEY_WITH_NAME, "", "Sec-WebSocket-Key: " + key);
  }

  private void addSurplus() {
    for (String before : List.of("", " ")) {
      around(before, "", before.isEmpty() ? "" : "a space before it");
      String and = before.isEmpty() ? "" : "a space before it and ";
      around(before, "\r", and + "a CR after it");
      around(before, "\n", and + "an LF after it");
      around(before, "\r\n", and + "CR LF after it");
      around(before, " ", and + "a space after it");
      around(before, "\0", and + "a NUL after it");
    }
    around("\t", "", "a tab before it");
    add(AcceptMistake.KEY_IN_QUOTES, "", '"' + key + '"' + GUID);
    add(AcceptMistake.KEY_IN_QUOTES, "", "'" + key + "'" + GUID);
    add(AcceptMistake.KEY_IN_QUOTES, "", '"' + key + GUID + '"');
    add(AcceptMistake.KEY_IN_QUOTES, "", key + '"' + GUID + '"');
    add(AcceptMistake.SURPLUS_AT_END, "a NUL", key + GUID + "\0");
    add(AcceptMistake.SURPLUS_AT_END, "an LF", key + GUID + "\n");
    add(AcceptMistake.SURPLUS_AT_END, "CR LF", key + GUID + "\r\n");
    add(AcceptMistake.SURPLUS_AT_END, "a space", key + GUID + " ");
  }

  private void around(String before, String after, String detail) {
    if (!detail.isEmpty()) {
      add(AcceptMistake.KEY_WITH_WHITESPACE, detail, before + key + after + GUID);
    }
  }

  private void addEncodings() {
    add(AcceptMistake.UTF_16, "", text((key + GUID).getBytes(UTF_16LE)));
    add(AcceptMistake.UTF_16, "", text((key + GUID).getBytes(UTF_16BE)));
    String guid = text(HexFormat.of().parseHex(GUID.replace("-", "")));
    add(AcceptMistake.GUID_AS_BYTES, "", key + guid);
    if (AcceptKey.of(key).isValid()) {
      String nonce = text(Base64.getDecoder().decode(key));
      add(AcceptMistake.KEY_DECODED, "", nonce + GUID);
      add(AcceptMistake.KEY_DECODED, "", nonce);
      add(AcceptMistake.KEY_DECODED, "", nonce + guid);
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, ISO_8859_1);
  }

  private void mistyped(String guid) {
    if (!guid.equals(GUID)) {
      add(AcceptMistake.GUID_MISTYPED, guid, key + guid);
    }
  }

  private void add(AcceptMistake mistake, String detail, String text) {
    inputs.add(new Input(mistake, detail, text));
  }
}
