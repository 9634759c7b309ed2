package wscope.protocol.handshake;

/**
 * One field of an HTTP head (RFC 9110 §5).
 *
 * @param name as received; compare it case-insensitively
 * @param value without the whitespace around it; one character per byte (ISO 8859-1)
 * @param offset of the name in the head
 * @param valueOffset of the value in the head
 */
public record HeaderField(String name, String value, int offset, int valueOffset) {
  /** Whether this field has that name. */
  public boolean is(String other) {
    return name.equalsIgnoreCase(other);
  }
}
