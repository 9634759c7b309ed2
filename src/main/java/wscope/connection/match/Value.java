package wscope.connection.match;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import wscope.protocol.message.Utf8;

/** A value found in a message: a text, bytes, or a value of JSON. */
public final class Value {
  private final @Nullable String text;
  private final @Nullable String json;
  private final byte[] bytes;

  private Value(@Nullable String text, @Nullable String json, byte[] bytes) {
    this.text = text;
    this.json = json;
    this.bytes = bytes;
  }

  /** A text. If it has a surrogate without its partner, it is not a text that can be sent. */
  public static Value ofText(String text) {
    return new Value(whole(text), null, text.getBytes(UTF_8));
  }

  /** A number, which stays a number in JSON. */
  public static Value ofNumber(long number) {
    String digits = Long.toString(number);
    return new Value(digits, digits, digits.getBytes(UTF_8));
  }

  /** Bytes. They are also a text if they are UTF-8. */
  public static Value ofBytes(byte[] bytes) {
    Utf8 utf8 = new Utf8();
    boolean valid = utf8.check(ByteBuffer.wrap(bytes)) < 0 && utf8.isComplete();
    return new Value(valid ? new String(bytes, UTF_8) : null, null, bytes);
  }

  /**
   * A value of JSON.
   *
   * @param text the characters of a string; the source of any other value
   * @param source the value as it stands in the message
   */
  static Value ofJson(String text, String source) {
    return new Value(whole(text), source, text.getBytes(UTF_8));
  }

  /** The value as text; null if it is not Unicode text. */
  public @Nullable String text() {
    return text;
  }

  /** The value as JSON: as it was in JSON, otherwise as a string; null if it is not text. */
  public @Nullable String json() {
    return json != null || text == null ? json : '"' + escaped(text) + '"';
  }

  /** The value as characters inside a string of JSON; null if it is not text. */
  public @Nullable String insideJson() {
    return text == null ? null : escaped(text);
  }

  /** The value as bytes: those of a field of a binary message, otherwise UTF-8. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** Whether the value has exactly these bytes. */
  boolean isBytes(byte[] other) {
    return Arrays.equals(bytes, other);
  }

  /** The number of bytes. */
  public int length() {
    return bytes.length;
  }

  private static String escaped(String text) {
    return new String(JsonStringEncoder.getInstance().quoteAsString(text));
  }

  private static @Nullable String whole(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean pair = i + 1 < text.length() && Character.isSurrogatePair(c, text.charAt(i + 1));
      if (Character.isSurrogate(c) && !pair) {
        return null;
      }
      i += pair ? 1 : 0;
    }
    return text;
  }
}
