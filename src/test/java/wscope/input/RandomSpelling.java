package wscope.input;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import java.util.StringJoiner;

/** Bytes as people and tools spell them out, on one line or as the rows of a dump. */
final class RandomSpelling {
  private static final int ROW = 16;

  private final Random random;

  RandomSpelling(Random random) {
    this.random = random;
  }

  /** In one line. */
  String line(byte[] bytes) {
    String base64 = Base64.getEncoder().encodeToString(bytes);
    return switch (random.nextInt(isWord(base64) ? 10 : 11)) {
      case 0 -> hex(bytes, "", random.nextBoolean() ? " " : ", ");
      case 1 -> hex(bytes, "", separator(bytes.length));
      case 2 -> hex(bytes, "0x", random.nextBoolean() ? " " : ", ");
      case 3 -> "unsigned char frame[] = { " + hex(bytes, "0x", ", ") + " };";
      case 4 -> "<Buffer " + HexFormat.ofDelimiter(" ").formatHex(bytes) + ">";
      case 5 -> "[" + decimals(bytes, false, ", ") + "]";
      case 6 -> "[" + decimals(bytes, true, random.nextBoolean() ? ", " : ",") + "]";
      case 7 -> "{\"type\":\"Buffer\",\"data\":[" + decimals(bytes, false, ",") + "]}";
      case 8 -> pythonBytes(bytes);
      case 9 -> "bytes([" + decimals(bytes, false, ", ") + "])";
      default -> "\"data\": \"" + base64 + "\"";
    };
  }

  /** Whether base64 may be any word: it is short, or has nothing but letters. */
  private static boolean isWord(String base64) {
    return base64.length() < 16 || base64.chars().allMatch(Character::isLetter);
  }

  /** As long as a digest or a MAC address, a single word of digits is one. */
  private String separator(int count) {
    boolean identifier =
        switch (count) {
          case 6, 16, 20, 28, 32, 48, 64 -> true;
          default -> false;
        };
    return identifier ? " " : new String[] {"", ":", "-", "  "}[random.nextInt(4)];
  }

  private String hex(byte[] bytes, String prefix, String separator) {
    HexFormat format = HexFormat.ofDelimiter(separator).withPrefix(prefix);
    return (random.nextBoolean() ? format.withUpperCase() : format).formatHex(bytes);
  }

  private static String decimals(byte[] bytes, boolean signed, String separator) {
    StringJoiner text = new StringJoiner(separator);
    for (byte b : bytes) {
      text.add(Integer.toString(signed ? b : b & 0xff));
    }
    return text.toString();
  }

  /** As {@code repr} prints bytes in Python 3. */
  private static String pythonBytes(byte[] bytes) {
    boolean single = false;
    boolean twofold = false;
    for (byte b : bytes) {
      single |= b == '\'';
      twofold |= b == '"';
    }
    char quote = single && !twofold ? '"' : '\'';
    StringBuilder text = new StringBuilder("b").append(quote);
    for (byte b : bytes) {
      switch (b) {
        case '\t' -> text.append("\\t");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        default -> {
          if (b == '\\' || b == quote) {
            text.append('\\').append((char) b);
          } else if (b >= ' ' && b < 0x7f) {
            text.append((char) b);
          } else {
            text.append("\\x").append(HexFormat.of().toHexDigits(b));
          }
        }
      }
    }
    return text.append(quote).toString();
  }

  /**
   * In rows, as {@code xxd}, {@code hexdump -C} and {@code od} print them. If the first row does
   * not end the first fragment of a message, the rows have offsets: without them, that row may be
   * anything.
   */
  String rows(byte[] bytes) {
    boolean fragment = bytes[0] >= 0 && bytes.length > ROW;
    int tool = random.nextInt(fragment ? 4 : 5);
    StringBuilder text = new StringBuilder();
    for (int at = 0; at < bytes.length; at += ROW) {
      int end = Math.min(bytes.length, at + ROW);
      row(text, bytes, at, end, tool);
    }
    switch (tool) {
      case 1 -> text.append(String.format("%08x%n", bytes.length));
      case 2 -> text.append(String.format("%06x%n", bytes.length));
      case 3 -> text.append(String.format("%07o%n", bytes.length));
      default -> {}
    }
    return text.toString().replace("\r", "");
  }

  private static void row(StringBuilder text, byte[] bytes, int from, int to, int tool) {
    switch (tool) {
      case 0 -> {
        text.append(String.format("%08x: ", from));
        for (int i = from; i < from + ROW; i++) {
          text.append(i < to ? HexFormat.of().toHexDigits(bytes[i]) : "  ");
          text.append(i % 2 == 1 ? " " : "");
        }
        text.append(' ').append(characters(bytes, from, to));
      }
      case 1 -> {
        text.append(String.format("%08x ", from));
        for (int i = from; i < from + ROW; i++) {
          text.append(i % 8 == 0 ? " " : "");
          text.append(i < to ? HexFormat.of().toHexDigits(bytes[i]) + " " : "   ");
        }
        text.append(" |").append(characters(bytes, from, to)).append('|');
      }
      case 2 -> {
        text.append(String.format("%06x", from));
        for (int i = from; i < to; i++) {
          text.append(' ').append(HexFormat.of().toHexDigits(bytes[i]));
        }
      }
      case 3 -> {
        text.append(String.format("%07o", from));
        for (int i = from; i < to; i++) {
          text.append(String.format(" %03o", bytes[i]));
        }
      }
      default -> text.append(HexFormat.ofDelimiter(" ").formatHex(bytes, from, to));
    }
    text.append('\n');
  }

  private static String characters(byte[] bytes, int from, int to) {
    StringBuilder text = new StringBuilder();
    for (int i = from; i < to; i++) {
      text.append(bytes[i] >= ' ' && bytes[i] < 0x7f ? (char) bytes[i] : '.');
    }
    return text.toString();
  }
}
