package wscope.protocol.handshake;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A header field to send (RFC 9110 §5). Neither its name nor its value contains control characters,
 * except to commit a fault.
 */
public record OutgoingHeaderField(String name, String value) {
  private boolean is(String other) {
    return name.equalsIgnoreCase(other);
  }

  /** The given fields and one more at the end. */
  static List<OutgoingHeaderField> with(
      List<OutgoingHeaderField> fields, String name, String value) {
    List<OutgoingHeaderField> all = new ArrayList<>(fields);
    all.add(new OutgoingHeaderField(name, value));
    return List.copyOf(all);
  }

  /** The given fields except those with this name. */
  static List<OutgoingHeaderField> without(List<OutgoingHeaderField> fields, String name) {
    return fields.stream().filter(field -> !field.is(name)).toList();
  }

  /** The given fields, with another value in those with this name. */
  static List<OutgoingHeaderField> change(
      List<OutgoingHeaderField> fields, String name, UnaryOperator<String> value) {
    return fields.stream()
        .map(
            field ->
                field.is(name)
                    ? new OutgoingHeaderField(field.name, value.apply(field.value))
                    : field)
        .toList();
  }

  /** The given fields, with another field after each one with this name. */
  static List<OutgoingHeaderField> after(
      List<OutgoingHeaderField> fields, String name, UnaryOperator<OutgoingHeaderField> another) {
    List<OutgoingHeaderField> all = new ArrayList<>(fields.size() + 1);
    for (OutgoingHeaderField field : fields) {
      all.add(field);
      if (field.is(name)) {
        all.add(another.apply(field));
      }
    }
    return List.copyOf(all);
  }

  /** Appends the fields as lines that end with CRLF. */
  static void lines(List<OutgoingHeaderField> fields, StringBuilder into) {
    for (OutgoingHeaderField field : fields) {
      into.append(field.name).append(": ").append(field.value).append("\r\n");
    }
  }
}
