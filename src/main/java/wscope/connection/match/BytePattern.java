package wscope.connection.match;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A pattern for the first bytes of a message or packet. */
public final class BytePattern {
  /** The bytes end before the pattern does. */
  public static final int INCOMPLETE = -1;

  /** The bytes do not fit the pattern. */
  public static final int MISMATCH = -2;

  /** The number of bytes of the longest variable-length number: 28 bits, as in MQTT. */
  private static final int LONGEST_VARINT = 4;

  /** One part of a pattern. */
  public sealed interface Part {
    /** A byte of which the bits in the mask are known. */
    record Octet(int value, int mask) implements Part {}

    /** Nothing may follow. */
    record End() implements Part {}

    /**
     * A field with a name.
     *
     * @param count the number of bytes of a field of fixed length; otherwise 0
     */
    record Field(String name, Length length, int count) implements Part {}
  }

  /** What determines the length of a field. */
  public enum Length {
    /** The pattern. */
    FIXED,
    /** Each byte but the last has its highest bit set. The field is this number. */
    VARINT,
    /** Two bytes, the first of which is the higher one, before the bytes. */
    AFTER_U16,
    /** A number of variable length before the bytes. */
    AFTER_VARINT,
    /** The end of the message. */
    REST
  }

  private final List<Part> parts;

  public BytePattern(List<Part> parts) {
    this.parts = List.copyOf(parts);
  }

  /** Whether there is a field with this name. */
  public boolean hasField(String name) {
    return parts.stream()
        .anyMatch(part -> part instanceof Part.Field field && field.name().equals(name));
  }

  /** Whether the last part is a number of variable length. */
  public boolean endsWithVarint() {
    return !parts.isEmpty()
        && parts.get(parts.size() - 1) instanceof Part.Field field
        && field.length() == Length.VARINT;
  }

  /** Matches the first bytes; null if they do not fit. */
  @Nullable Captures find(byte[] bytes) {
    Map<String, Value> found = new HashMap<>();
    return match(bytes, 0, bytes.length, found) < 0 ? null : found::get;
  }

  /**
   * The length of a packet that begins with this pattern, whose last field is the number of the
   * bytes that follow; {@link #INCOMPLETE} or {@link #MISMATCH} if it is not known.
   *
   * @param start the place of its first byte
   * @param end the place after the last byte that is there
   */
  public long packetLength(byte[] bytes, int start, int end) {
    Map<String, Value> found = new HashMap<>();
    int header = match(bytes, start, end, found);
    Part.Field last = (Part.Field) parts.get(parts.size() - 1);
    Value count = found.get(last.name());
    return header < 0 || count == null ? header : (long) header - start + varint(count.bytes(), 0);
  }

  /** Returns the place after the pattern, or why there is none. */
  private int match(byte[] bytes, int start, int length, Map<String, Value> found) {
    int at = start;
    for (Part part : parts) {
      int end = end(part, bytes, at, length);
      if (end < 0) {
        return end;
      }
      if (part instanceof Part.Field field) {
        found.put(field.name(), Value.ofBytes(Arrays.copyOfRange(bytes, at, end)));
      }
      at = end;
    }
    return at;
  }

  /** The place after a part; negative if the part does not fit. */
  private static int end(Part part, byte[] bytes, int at, int length) {
    if (part instanceof Part.End) {
      return at == length ? at : MISMATCH;
    }
    if (part instanceof Part.Octet octet) {
      if (at == length) {
        return INCOMPLETE;
      }
      return (bytes[at] & octet.mask()) == octet.value() ? at + 1 : MISMATCH;
    }
    Part.Field field = (Part.Field) part;
    return switch (field.length()) {
      case FIXED -> within(at + field.count(), length);
      case REST -> length;
      case VARINT -> endOfVarint(bytes, at, length);
      case AFTER_U16 ->
          at + 2 > length
              ? INCOMPLETE
              : within(at + 2 + ((bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff)), length);
      case AFTER_VARINT -> {
        int start = endOfVarint(bytes, at, length);
        yield start < 0 ? start : within(start + varint(bytes, at), length);
      }
    };
  }

  private static int within(int end, int length) {
    return end > length ? INCOMPLETE : end;
  }

  private static int endOfVarint(byte[] bytes, int at, int length) {
    for (int i = at; i < at + LONGEST_VARINT; i++) {
      if (i >= length) {
        return INCOMPLETE;
      }
      if ((bytes[i] & 0x80) == 0) {
        return i + 1;
      }
    }
    return MISMATCH;
  }

  /** Reads a complete number, the lowest bits of which come first. */
  private static int varint(byte[] bytes, int at) {
    int number = 0;
    int i = at;
    int shift = 0;
    do {
      number |= (bytes[i] & 0x7f) << shift;
      shift += 7;
    } while ((bytes[i++] & 0x80) != 0);
    return number;
  }
}
