package wscope.report.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import wscope.protocol.frame.FrameEncoder;
import wscope.protocol.frame.FrameHeader;

/**
 * Writes JSON objects, one per line, to a file or a pipe (RFC 8259). Every line is pure ASCII:
 * strings escape other characters as {@code \}{@code u}, so nothing from the wire can control a
 * terminal, break a line or depend on a character set.
 *
 * <p>Each method throws {@link UncheckedIOException} if the output fails.
 */
final class JsonLines {
  private static final char LINE_END = '\n';
  private static final int HEX_DIGITS = 8;
  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .characterEscapes(new Escapes())
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .rootValueSeparator((SerializableString) null)
          .build();

  private final JsonGenerator json;
  private final Utf8Text text = new Utf8Text();
  private final char[] hex = new char[2 * FrameHeader.LONGEST];
  private final ByteBuffer headerBytes = ByteBuffer.allocate(FrameHeader.LONGEST);

  /**
   * Creates a writer.
   *
   * @param out an unbuffered stream, which the writer does not close
   */
  JsonLines(OutputStream out) {
    try {
      json = FACTORY.createGenerator(out, JsonEncoding.UTF8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Creates a generator that writes strings as the lines do. */
  static JsonGenerator generator(Writer out) throws IOException {
    return FACTORY.createGenerator(out);
  }

  /** Begins a line. */
  JsonLines begin(String type) {
    beginObject();
    return put(Property.TYPE, type);
  }

  /** Ends the line. */
  void end() {
    endObject();
    try {
      json.writeRaw(LINE_END);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  JsonLines put(Property name, long value) {
    return name(name).add(value);
  }

  /** Adds a number, unless it is 0. */
  JsonLines putAny(Property name, long value) {
    return value == 0 ? this : put(name, value);
  }

  /** Adds an unsigned number of 64 bits, with all its digits. */
  JsonLines putUnsigned(Property name, long value) {
    if (value >= 0) {
      return put(name, value);
    }
    name(name);
    try {
      json.writeNumber(Long.toUnsignedString(value));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  JsonLines put(Property name, boolean value) {
    name(name);
    try {
      json.writeBoolean(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** Adds a value that has already been encoded, perhaps with further properties after it. */
  JsonLines putEncoded(Property name, SerializableString encoded) {
    name(name);
    try {
      json.writeRawValue(encoded);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** Adds a string, unless it is null. */
  JsonLines put(Property name, @Nullable String value) {
    return value == null ? this : name(name).add(value);
  }

  /** Adds a string that may contain anything, even unpaired surrogates. */
  JsonLines putText(Property name, String value) {
    return put(name, new String(value.getBytes(UTF_8), UTF_8));
  }

  /** Adds the current time. */
  JsonLines put(Property name, EventTime time) {
    name(name);
    byte[] ascii = time.now();
    try {
      // A time has no character that JSON escapes.
      json.writeRawUTF8String(ascii, 0, ascii.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** Adds four bytes as hex digits, the most significant byte first. */
  JsonLines putHex(Property name, int value) {
    for (int at = 0; at < HEX_DIGITS; at++) {
      hex[at] = HexFormat.of().toLowHexDigit(value >>> (28 - 4 * at));
    }
    return name(name).add(hex, HEX_DIGITS);
  }

  /** Adds the header of a frame in hex. */
  JsonLines putHex(Property name, FrameHeader header) {
    FrameEncoder.header(header, headerBytes.clear());
    return putHex(name, headerBytes.flip());
  }

  /**
   * Adds some bytes of a header in hex.
   *
   * @param bytes the bytes, from position to limit; no more than the longest header has
   */
  JsonLines putHex(Property name, ByteBuffer bytes) {
    int length = 0;
    for (int at = bytes.position(); at < bytes.limit(); at++) {
      hex[length++] = HexFormat.of().toLowHexDigit(bytes.get(at) >>> 4);
      hex[length++] = HexFormat.of().toLowHexDigit(bytes.get(at));
    }
    return name(name).add(hex, length);
  }

  /**
   * Adds the first bytes of a payload and the number of omitted bytes. The bytes are added as text
   * if requested and valid UTF-8, otherwise in base64.
   *
   * @param bytes the first bytes, from position to limit, backed by an array
   * @param omitted the number of further bytes; if it is not 0, a character that the limit cuts is
   *     omitted too
   */
  JsonLines putPayload(ByteBuffer bytes, boolean wantText, long omitted) {
    if (wantText && text.read(bytes, omitted > 0)) {
      name(Property.TEXT).add(text.characters(), text.length());
      return put(Property.OMITTED, omitted + text.rest());
    }
    return name(Property.BASE64).addBase64(bytes).put(Property.OMITTED, omitted);
  }

  /** Adds bytes as one property if they are valid UTF-8, otherwise in base64 as another. */
  JsonLines putBytes(Property asText, Property asBase64, ByteBuffer bytes) {
    return text.read(bytes, false)
        ? name(asText).add(text.characters(), text.length())
        : name(asBase64).addBase64(bytes);
  }

  /** Begins an object that is the value of a property. */
  JsonLines beginObject(Property name) {
    return name(name).beginObject();
  }

  /** Begins an object in an array. */
  JsonLines beginObject() {
    try {
      json.writeStartObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  JsonLines endObject() {
    try {
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  JsonLines beginArray(Property name) {
    name(name);
    try {
      json.writeStartArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  JsonLines endArray() {
    try {
      json.writeEndArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** Adds a string to an array. */
  JsonLines add(String value) {
    try {
      json.writeString(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** Adds a number to an array. */
  JsonLines add(long value) {
    try {
      json.writeNumber(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** Writes the buffered lines. */
  void flush() {
    try {
      json.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JsonLines name(Property name) {
    try {
      json.writeFieldName(name.json());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  private JsonLines add(char[] characters, int length) {
    try {
      json.writeString(characters, 0, length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  private JsonLines addBase64(ByteBuffer bytes) {
    try {
      int start = bytes.arrayOffset() + bytes.position();
      json.writeBinary(bytes.array(), start, bytes.remaining());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** The escapes that JSON requires, and one for DEL. */
  private static final class Escapes extends CharacterEscapes {
    private static final long serialVersionUID = 1;
    private static final int DEL = 0x7f;

    private final int[] codes = standardAsciiEscapesForJSON();

    Escapes() {
      codes[DEL] = ESCAPE_STANDARD;
    }

    @Override
    public int[] getEscapeCodesForAscii() {
      return codes.clone();
    }

    @Override
    public @Nullable SerializableString getEscapeSequence(int c) {
      return null;
    }
  }
}
