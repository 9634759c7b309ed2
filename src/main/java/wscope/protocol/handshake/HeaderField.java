package wscope.protocol.handshake;

/**
 * A received header field (RFC 9110 §5).
 *
 * @param name the name as received; compare it case-insensitively
 * @param value the value without the whitespace around it, one character per byte (ISO 8859-1)
 * @param offset the offset of the name in the head
 * @param valueOffset the offset of the value in the head
 */
public record HeaderField(String name, String value, int offset, int valueOffset) {
  /** Whether the field has the given name, in upper or lower case. */
  public boolean is(String other) {
    return name.equalsIgnoreCase(other);
  }
}
