package wscope.capture.logs;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import wscope.capture.packets.InvalidCapture;

/** Reads the tokens of a log in JSON, without holding more than one text. */
final class JsonLog implements AutoCloseable {
  /** The longest text that is read, in characters. Longer ones can only be skipped. */
  static final int LONGEST_TEXT = 8 << 20;

  private static final int DEEPEST = 200;
  private static final int LONGEST_NUMBER = 20;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(LONGEST_TEXT)
                  .maxNestingDepth(DEEPEST)
                  .build())
          .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
          .build();

  private final EndingInput input;
  private final JsonParser parser;

  /** Knows whether its end has been reached. */
  private static final class EndingInput extends FilterInputStream {
    boolean ended;

    EndingInput(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] into, int at, int count) throws IOException {
      int read = super.read(into, at, count);
      ended |= read < 0;
      return read;
    }
  }

  JsonLog(InputStream in) throws IOException {
    input = new EndingInput(in);
    parser = FACTORY.createParser(input);
  }

  /** Something that reads tokens. */
  interface Reading {
    void read() throws IOException, InvalidCapture;
  }

  /** Runs a reading, and tells why and where it cannot go on. */
  void run(Reading reading) throws IOException, InvalidCapture {
    try {
      reading.read();
    } catch (JsonEOFException e) {
      throw new InvalidCapture("the file is cut off at " + place(parser.currentLocation()));
    } catch (StreamConstraintsException e) {
      boolean deep = parser.getParsingContext().getNestingDepth() >= DEEPEST;
      throw new InvalidCapture(
          (deep
                  ? "more than " + DEEPEST + " levels of JSON"
                  : "a text of more than 8 Mi characters")
              + " at "
              + place(parser.currentTokenLocation()));
    } catch (JsonParseException e) {
      // A literal such as true may be cut off, too.
      String what = input.ended ? "the file is cut off at " : "no valid JSON at ";
      throw new InvalidCapture(what + place(parser.currentLocation()));
    } catch (JsonProcessingException e) {
      throw new InvalidCapture("unexpected JSON at " + place(parser.currentTokenLocation()));
    }
  }

  private static String place(com.fasterxml.jackson.core.JsonLocation at) {
    return "line " + at.getLineNr() + ", column " + at.getColumnNr();
  }

  JsonToken next() throws IOException, InvalidCapture {
    JsonToken next = parser.nextToken();
    if (next == null) {
      throw new InvalidCapture("the file is cut off at " + place(parser.currentLocation()));
    }
    return next;
  }

  JsonToken current() {
    return parser.currentToken();
  }

  /** The name of the current field. */
  String name() throws IOException {
    return String.valueOf(parser.currentName());
  }

  /**
   * Goes to the next field of the object, and to its value.
   *
   * @return whether there is one
   */
  boolean nextField() throws IOException, InvalidCapture {
    JsonToken token = next();
    if (token == JsonToken.FIELD_NAME) {
      next();
      return true;
    }
    return false;
  }

  /** Skips the current value. */
  void skip() throws IOException, InvalidCapture {
    if (parser.currentToken().isStructStart()) {
      parser.skipChildren();
      if (!parser.currentToken().isStructEnd()) {
        throw new InvalidCapture("the file is cut off at " + place(parser.currentLocation()));
      }
    }
  }

  /** The log ends: nothing may follow it. */
  void end() throws IOException, InvalidCapture {
    if (parser.nextToken() != null) {
      throw new InvalidCapture("the file has more than one log: another one begins at " + place());
    }
  }

  /** Whether the current value is null, an object or an array. */
  boolean isNothing() {
    return !current().isScalarValue() || current() == JsonToken.VALUE_NULL;
  }

  /** The current value if it is a text or a number, otherwise an empty text. Skips it. */
  String text() throws IOException, InvalidCapture {
    if (!isNothing()) {
      return parser.getText();
    }
    skip();
    return "";
  }

  /** The current value if it is a whole number, or a text with one; otherwise -1. Skips it. */
  long number() throws IOException, InvalidCapture {
    return number(-1);
  }

  /**
   * The current value if it is a whole number, or a text with one. Skips it.
   *
   * @param other the result for any other value
   */
  long number(long other) throws IOException, InvalidCapture {
    String text = text();
    try {
      return text.length() > LONGEST_NUMBER ? other : Long.parseLong(text);
    } catch (NumberFormatException e) {
      return other;
    }
  }

  /** Whether the current value is true. Skips it. */
  boolean flag() throws IOException, InvalidCapture {
    boolean flag = current() == JsonToken.VALUE_TRUE;
    skip();
    return flag;
  }

  /** Whether the current value is an array; enters it. Skips any other value. */
  boolean enterArray() throws IOException, InvalidCapture {
    boolean array = current() == JsonToken.START_ARRAY;
    if (!array) {
      skip();
    }
    return array;
  }

  /** Whether the current value is an object; enters it. Skips any other value. */
  boolean enterObject() throws IOException, InvalidCapture {
    boolean object = current() == JsonToken.START_OBJECT;
    if (!object) {
      skip();
    }
    return object;
  }

  /** Goes to the next element of the array; false at its end. */
  boolean nextElement() throws IOException, InvalidCapture {
    return next() != JsonToken.END_ARRAY;
  }

  /** The place of the current value, in words. */
  String place() {
    return place(parser.currentTokenLocation());
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }
}
