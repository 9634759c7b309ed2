package wscope.protocol.message;

import org.jspecify.annotations.Nullable;
import wscope.protocol.frame.LengthForm;
import wscope.protocol.rule.Endpoint;

/**
 * The way a message is split into frames, and the header fields of these frames (RFC 6455 §5.2,
 * §5.4). Start from {@link #of} and change the fields that differ.
 *
 * @param masked whether each frame is masked, as a client must do (§5.1)
 * @param maxPayload the maximum payload of a frame in bytes, at least 1; a longer message is
 *     fragmented
 * @param rsv the RSV bits of the first frame, a sum of {@link wscope.protocol.frame.RsvBits} bits
 * @param fin whether the last frame has FIN; the other frames never have it
 * @param lengthForm the form of the length in every frame; null for the shortest form, as required
 * @param surplus the number of bytes that every frame announces beyond its payload; 0 is correct,
 *     {@link Long#MIN_VALUE} sets the top bit, which must be 0
 * @param maskingKey the masking key of every masked frame; null for a fresh key in each frame, as
 *     required
 */
public record Framing(
    boolean masked,
    int maxPayload,
    int rsv,
    boolean fin,
    @Nullable LengthForm lengthForm,
    long surplus,
    @Nullable Integer maskingKey) {
  private static final int UNFRAGMENTED = Integer.MAX_VALUE;

  /** Creates the default: one frame, correct in every field, masked if a client sends it. */
  public static Framing of(Endpoint sender) {
    return new Framing(sender == Endpoint.CLIENT, UNFRAGMENTED, 0, true, null, 0, null);
  }

  /** The same framing, masked or not. */
  public Framing masked(boolean value) {
    return new Framing(value, maxPayload, rsv, fin, lengthForm, surplus, maskingKey);
  }

  /** The same framing with another maximum for the payload of a frame, at least 1 byte. */
  public Framing maxPayload(int value) {
    return new Framing(masked, value, rsv, fin, lengthForm, surplus, maskingKey);
  }

  /** The same framing without fragments: one frame. */
  public Framing unfragmented() {
    return maxPayload(UNFRAGMENTED);
  }

  /** The same framing with these RSV bits in the first frame, 0 to 7. */
  public Framing rsv(int bits) {
    return new Framing(masked, maxPayload, bits, fin, lengthForm, surplus, maskingKey);
  }

  /** The same framing with or without FIN in the last frame. */
  public Framing fin(boolean value) {
    return new Framing(masked, maxPayload, rsv, value, lengthForm, surplus, maskingKey);
  }

  /** The same framing with all lengths in one form; null for the shortest form of each. */
  public Framing lengthForm(@Nullable LengthForm value) {
    return new Framing(masked, maxPayload, rsv, fin, value, surplus, maskingKey);
  }

  /** The same framing with lengths that announce more bytes than the payload has. */
  public Framing surplus(long bytes) {
    return new Framing(masked, maxPayload, rsv, fin, lengthForm, bytes, maskingKey);
  }

  /** The same framing with one key for all masked frames; null for a fresh key in each frame. */
  public Framing maskingKey(@Nullable Integer value) {
    return new Framing(masked, maxPayload, rsv, fin, lengthForm, surplus, value);
  }
}
