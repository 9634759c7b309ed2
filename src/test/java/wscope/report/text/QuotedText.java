package wscope.report.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;

/** Reads back what {@link SafeText} quotes. */
public final class QuotedText {
  private QuotedText() {}

  /** The bytes that a quoted text stands for. */
  public static byte[] decode(String shown) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int at = 1;
    while (at < shown.length() - 1) {
      int codePoint = shown.codePointAt(at);
      at += Character.charCount(codePoint);
      if (codePoint != '\\') {
        bytes.writeBytes(Character.toString(codePoint).getBytes(UTF_8));
        continue;
      }
      char escape = shown.charAt(at++);
      switch (escape) {
        case 'n' -> bytes.write('\n');
        case 'r' -> bytes.write('\r');
        case 't' -> bytes.write('\t');
        case 'x' -> {
          bytes.write(HexFormat.fromHexDigits(shown, at, at + 2));
          at += 2;
        }
        case 'u' -> {
          int end = shown.indexOf('}', at);
          int code = HexFormat.fromHexDigits(shown, at + 1, end);
          bytes.writeBytes(Character.toString(code).getBytes(UTF_8));
          at = end + 1;
        }
        default -> bytes.write(escape);
      }
    }
    return bytes.toByteArray();
  }
}
