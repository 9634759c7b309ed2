package wscope.protocol.handshake;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A header field to send (RFC 9110 §5). Neither its name nor its value contains control characters,
 * except to commit a fault.
 */
public record HttpField(String name, String value) {
  private boolean is(String other) {
    return name.equalsIgnoreCase(other);
  }

  /** The given fields and one more at the end. */
  static List<HttpField> with(List<HttpField> fields, String name, String value) {
    List<HttpField> all = new ArrayList<>(fields);
    all.add(new HttpField(name, value));
    return List.copyOf(all);
  }

  /** The given fields except those with this name. */
  static List<HttpField> without(List<HttpField> fields, String name) {
    return fields.stream().filter(field -> !field.is(name)).toList();
  }

  /** The given fields, with another value in those with this name. */
  static List<HttpField> change(List<HttpField> fields, String name, UnaryOperator<String> value) {
    return fields.stream()
        .map(field -> field.is(name) ? new HttpField(field.name, value.apply(field.value)) : field)
        .toList();
  }

  /** The given fields, with another field after each one with this name. */
  static List<HttpField> after(
      List<HttpField> fields, String name, UnaryOperator<HttpField> another) {
    List<HttpField> all = new ArrayList<>(fields.size() + 1);
    for (HttpField field : fields) {
      all.add(field);
      if (field.is(name)) {
        all.add(another.apply(field));
      }
    }
    return List.copyOf(all);
  }

  /** Appends the fields as lines that end with CRLF. */
  static void lines(List<HttpField> fields, StringBuilder into) {
    for (HttpField field : fields) {
      into.append(field.name).append(": ").append(field.value).append("\r\n");
    }
  }
}
