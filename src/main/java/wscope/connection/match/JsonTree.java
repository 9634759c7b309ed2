package wscope.connection.match;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A value of JSON with its place in the source. */
public final class JsonTree {
  /** The deepest nesting of arrays and objects. */
  static final int DEEPEST = 100;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxStringLength(Subject.LONGEST_JSON)
                  .build())
          .build();

  private final String document;
  private final JsonToken token;
  private final int start;
  private int end;

  /** The characters of a string; null for any other value. */
  private @Nullable String characters;

  private final Map<String, JsonTree> fields;
  private final List<JsonTree> items;

  private JsonTree(String document, JsonToken token, int start) {
    this.document = document;
    this.token = token;
    this.start = start;
    fields = token == JsonToken.START_OBJECT ? new HashMap<>() : Map.of();
    items = token == JsonToken.START_ARRAY ? new ArrayList<>() : List.of();
  }

  /**
   * Reads a document of one value.
   *
   * @return the value; null if the document is not JSON, is nested too deeply, or an object has a
   *     name twice, because readers disagree about which one counts
   */
  public static @Nullable JsonTree read(String document) {
    try (JsonParser parser = FACTORY.createParser(document)) {
      JsonTree root = parser.nextToken() == null ? null : read(parser, document);
      return root != null && parser.nextToken() == null ? root : null;
    } catch (IOException e) {
      return null;
    }
  }

  /**
   * The place at which a text is not JSON, from 0; -1 if it is JSON. A name that an object has
   * twice is not reported here.
   */
  public static int errorIn(String document) {
    try (JsonParser parser = FACTORY.createParser(document)) {
      int depth = 0;
      int values = 0;
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        values += depth == 0 ? 1 : 0;
        if (values > 1) {
          return (int) parser.currentTokenLocation().getCharOffset();
        }
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        parser.finishToken();
      }
      return values == 1 ? -1 : document.length();
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      long at = e.getLocation() == null ? 0 : e.getLocation().getCharOffset();
      return (int) Math.max(0, Math.min(at, document.length()));
    } catch (IOException e) {
      throw new IllegalStateException("a string fails to be read", e);
    }
  }

  private static @Nullable JsonTree read(JsonParser parser, String document) throws IOException {
    int start = (int) parser.currentTokenLocation().getCharOffset();
    JsonTree tree = new JsonTree(document, parser.currentToken(), start);
    boolean valid =
        switch (tree.token) {
          case START_OBJECT -> tree.readFields(parser);
          case START_ARRAY -> tree.readItems(parser);
          default -> true;
        };
    if (tree.token == JsonToken.VALUE_STRING) {
      tree.characters = parser.getText();
    }
    parser.finishToken();
    tree.end = (int) parser.currentLocation().getCharOffset();
    return valid ? tree : null;
  }

  private boolean readFields(JsonParser parser) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      JsonTree value = read(parser, document);
      if (value == null || fields.put(name, value) != null) {
        return false;
      }
    }
    return true;
  }

  private boolean readItems(JsonParser parser) throws IOException {
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      JsonTree value = read(parser, document);
      if (value == null) {
        return false;
      }
      items.add(value);
    }
    return true;
  }

  /** Whether this is a string, a number, true, false or null. */
  public boolean isScalar() {
    return token.isScalarValue();
  }

  /** Whether two scalar values are the same value of JSON. Numbers are compared by their value. */
  boolean equalsScalar(JsonTree other) {
    if (token.isNumeric() && other.token.isNumeric()) {
      return isSameNumber(source(), other.source());
    }
    return isScalar()
        && token == other.token
        && (characters == null || characters.equals(other.characters));
  }

  private static boolean isSameNumber(String one, String other) {
    try {
      return new BigDecimal(one).compareTo(new BigDecimal(other)) == 0;
    } catch (NumberFormatException e) {
      // The exponent is beyond all numbers that can be compared.
      return one.equals(other);
    }
  }

  /**
   * The value of a field or, if this is an array, the item with an index; null if there is none.
   */
  @Nullable JsonTree child(String token) {
    if (this.token == JsonToken.START_OBJECT) {
      return fields.get(token);
    }
    int index = index(token);
    return index >= 0 && index < items.size() ? items.get(index) : null;
  }

  Value value() {
    String source = source();
    return Value.ofJson(characters == null ? source : characters, source);
  }

  private String source() {
    return document.substring(start, end);
  }

  /** Reads an index: digits without a leading zero; -1 for anything else. */
  private static int index(String token) {
    boolean valid = !token.isEmpty() && token.length() <= 7;
    int index = 0;
    for (int i = 0; i < token.length() && valid; i++) {
      int digit = token.charAt(i) - '0';
      valid = digit >= 0 && digit <= 9;
      index = index * 10 + digit;
    }
    return valid && (token.length() == 1 || token.charAt(0) != '0') ? index : -1;
  }
}
