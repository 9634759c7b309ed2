package wscope.protocol.message;

import org.jspecify.annotations.Nullable;
import wscope.protocol.frame.LengthForm;
import wscope.protocol.rule.Endpoint;

/**
 * How a message is put into frames (RFC 6455 §5.2, §5.4). Start from {@link #of} and change what
 * should be otherwise.
 *
 * @param masked whether each frame is masked, as every one from a client must be (§5.1)
 * @param maxPayload bytes of payload in one frame, at least 1; a longer message is fragmented
 * @param rsv the RSV bits of the first frame, of {@link wscope.protocol.frame.Rsv}, added up
 * @param fin whether the last frame has FIN; the others have not
 * @param lengthForm of every frame; null for the shortest, as it must be
 * @param surplus bytes that the length of every frame announces beyond its payload; 0 if it tells
 *     the truth, {@link Long#MIN_VALUE} sets the top bit, which must be 0
 * @param maskingKey of every frame that is masked; null for a fresh one for each, as it must be
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

  /** The plain way: one frame, correct in every field, masked if a client sends it. */
  public static Framing of(Endpoint sender) {
    return new Framing(sender == Endpoint.CLIENT, UNFRAGMENTED, 0, true, null, 0, null);
  }

  /** The same, masked or not. */
  public Framing masked(boolean value) {
    return new Framing(value, maxPayload, rsv, fin, lengthForm, surplus, maskingKey);
  }

  /** The same with at most so many bytes of payload in a frame, at least 1. */
  public Framing maxPayload(int value) {
    return new Framing(masked, value, rsv, fin, lengthForm, surplus, maskingKey);
  }

  /** The same in one frame. */
  public Framing unfragmented() {
    return maxPayload(UNFRAGMENTED);
  }

  /** The same with these RSV bits in the first frame, 0 to 7. */
  public Framing rsv(int bits) {
    return new Framing(masked, maxPayload, bits, fin, lengthForm, surplus, maskingKey);
  }

  /** The same with FIN in the last frame or without. */
  public Framing fin(boolean value) {
    return new Framing(masked, maxPayload, rsv, value, lengthForm, surplus, maskingKey);
  }

  /** The same with all lengths in one form; null for the shortest of each. */
  public Framing lengthForm(@Nullable LengthForm value) {
    return new Framing(masked, maxPayload, rsv, fin, value, surplus, maskingKey);
  }

  /** The same with lengths that announce more than comes. */
  public Framing surplus(long bytes) {
    return new Framing(masked, maxPayload, rsv, fin, lengthForm, bytes, maskingKey);
  }

  /** The same with one key for all masked frames; null for a fresh one for each. */
  public Framing maskingKey(@Nullable Integer value) {
    return new Framing(masked, maxPayload, rsv, fin, lengthForm, surplus, value);
  }
}
