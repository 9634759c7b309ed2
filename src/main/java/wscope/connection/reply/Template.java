package wscope.connection.reply;

import java.io.ByteArrayOutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.connection.match.Value;

/** Content to send or to set: fixed parts, and values to insert. */
public record Template(List<Part> parts) {
  /** The longest content, in characters or bytes. */
  static final int LONGEST = 16 << 20;

  public Template {
    parts = List.copyOf(parts);
  }

  /** A part of the content. */
  public sealed interface Part {
    /** Fixed characters. */
    record Text(String text) implements Part {}

    /** Fixed bytes. */
    record Bytes(Value value) implements Part {}

    /** A value, inserted as it is. */
    record Inserted(Reference value) implements Part {}

    /** A value, inserted as a value of JSON. */
    record AsJson(Reference value) implements Part {}

    /** A value, inserted as characters of a string of JSON. */
    record InsideJson(Reference value) implements Part {}
  }

  /** Whether the content has only fixed parts. */
  boolean isFixed() {
    return parts.stream().allMatch(part -> part instanceof Part.Text || part instanceof Part.Bytes);
  }

  /** The content as text. */
  public String text(Values values) throws NotDone {
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      String next = text(part, values);
      if (text.length() + next.length() > LONGEST) {
        throw new NotDone("the text is longer than 16 MiB");
      }
      text.append(next);
    }
    return text.toString();
  }

  /** The content as bytes. */
  public byte[] bytes(Values values) throws NotDone {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (Part part : parts) {
      byte[] next =
          part instanceof Part.Bytes fixed
              ? fixed.value().bytes()
              : find(((Part.Inserted) part).value(), values).bytes();
      if (bytes.size() + next.length > LONGEST) {
        throw new NotDone("the bytes are longer than 16 MiB");
      }
      bytes.write(next, 0, next.length);
    }
    return bytes.toByteArray();
  }

  /** The content as a value: the value itself if that is all. */
  Value value(Values values) throws NotDone {
    return parts.size() == 1 && parts.get(0) instanceof Part.Inserted inserted
        ? find(inserted.value(), values)
        : Value.ofText(text(values));
  }

  private static String text(Part part, Values values) throws NotDone {
    if (part instanceof Part.Text fixed) {
      return fixed.text();
    }
    if (part instanceof Part.AsJson json) {
      return text(json.value(), find(json.value(), values).json());
    }
    if (part instanceof Part.InsideJson json) {
      return text(json.value(), find(json.value(), values).insideJson());
    }
    Reference reference = ((Part.Inserted) part).value();
    return text(reference, find(reference, values).text());
  }

  private static String text(Reference reference, @Nullable String text) throws NotDone {
    if (text == null) {
      throw new NotDone(reference.source() + " is not Unicode text");
    }
    return text;
  }

  private static Value find(Reference reference, Values values) throws NotDone {
    Value value = reference.find(values);
    if (value == null) {
      throw new NotDone(reference.source() + " is unknown");
    }
    return value;
  }
}
