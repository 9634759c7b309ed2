package wscope.input.spelling;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;

/** Spells bytes out, as tools and people do; a spelling has many ways, and chance takes one. */
final class Speller {
  private final Random random;

  Speller(Random random) {
    this.random = random;
  }

  /** Some bytes as text, each of its characters one byte. */
  String spell(byte[] bytes, Spelling spelling) {
    return switch (spelling) {
      case HEX -> hex(bytes);
      case DECIMAL -> decimals(bytes);
      case BITS -> bits(bytes);
      case ESCAPED -> literal(bytes);
      case BASE64 -> base64(bytes);
      case DUMP -> dump(bytes);
      case RAW -> new String(bytes, ISO_8859_1);
    };
  }

  private String hex(byte[] bytes) {
    String blank = new String[] {"", " ", ", ", "\n", ":"}[random.nextInt(5)];
    String prefix = blank.isEmpty() || random.nextBoolean() ? "" : "0x";
    HexFormat format = HexFormat.ofDelimiter(blank).withPrefix(prefix);
    return (random.nextBoolean() ? format.withUpperCase() : format).formatHex(bytes);
  }

  private String decimals(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    boolean signed = random.nextBoolean();
    for (byte b : bytes) {
      text.append(signed ? b : b & 0xff).append(random.nextBoolean() ? ", " : "\n");
    }
    return text.toString();
  }

  private String bits(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    for (byte b : bytes) {
      text.append(Integer.toBinaryString(0x100 | (b & 0xff)), 1, 9);
      text.append(random.nextBoolean() ? " " : "");
    }
    return text.toString();
  }

  /** Any escape where one is needed, and sometimes where none is. */
  private String literal(byte[] bytes) {
    StringBuilder text = new StringBuilder("\"");
    for (byte b : bytes) {
      boolean plain = b >= ' ' && b < 0x7f && b != '\\' && b != '"';
      int way = random.nextInt(plain ? 4 : 3);
      String octal = Integer.toOctalString(0x200 | (b & 0xff)).substring(1);
      String hex = HexFormat.of().toHexDigits(b);
      text.append(
          switch (way) {
            case 0 -> "\\x" + hex;
            case 1 -> "\\" + octal;
            case 2 -> "\\u00" + hex;
            default -> (char) b;
          });
    }
    return text.append('"').toString();
  }

  private String base64(byte[] bytes) {
    return switch (random.nextInt(3)) {
      case 0 -> Base64.getEncoder().encodeToString(bytes);
      case 1 -> Base64.getMimeEncoder().encodeToString(bytes);
      default -> Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    };
  }

  /** As xxd or curl --trace write it, or as hexdump -C does. */
  private String dump(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    int way = random.nextInt(3);
    for (int at = 0; at < bytes.length; at += 16) {
      int count = Math.min(16, bytes.length - at);
      String offset = HexFormat.of().toHexDigits(at);
      text.append(way == 1 ? offset.substring(4) : offset).append(way == 2 ? "  " : ": ");
      for (int i = 0; i < 16; i++) {
        text.append(i < count ? HexFormat.of().toHexDigits(bytes[at + i]) : "  ");
        text.append(way == 2 && i == 7 ? "  " : way == 0 && i % 2 == 0 ? "" : " ");
      }
      text.append(way == 2 ? " |" : way == 0 ? " " : "");
      for (int i = 0; i < count; i++) {
        byte b = bytes[at + i];
        text.append(b > ' ' && b < 0x7f ? (char) b : '.');
      }
      text.append(way == 2 ? "|\n" : "\n");
    }
    return text.toString();
  }
}
