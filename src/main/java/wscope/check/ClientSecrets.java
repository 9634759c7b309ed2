package wscope.check;

import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import wscope.protocol.handshake.HeaderField;

/**
 * Compares the keys of requests and the masking keys of frames, which a client has to choose at
 * random (RFC 6455 §4.1, §5.3).
 */
final class ClientSecrets {
  private static final int KEY_BYTES = 16;

  /** Random keys share so many bytes in one of 30,000,000,000 pairs. */
  private static final int MOST_SHARED = 6;

  /** Fewer masking keys show no pattern. */
  static final int FEWEST_MASKS = 4;

  private static final int MOST_KEPT = 2000;

  private final Deque<byte[]> keys = new ArrayDeque<>();
  private final Set<Long> firstMasks = new HashSet<>();

  /** Compares what a connection has shown with itself and with earlier ones. */
  void note(Observation seen) {
    byte[] key = key(seen);
    if (key.length == KEY_BYTES) {
      seen.keyTrouble = keyTrouble(key);
      keys.add(key);
      if (keys.size() > MOST_KEPT) {
        keys.remove();
      }
    }
    seen.maskTrouble = maskTrouble(seen.maskingKeys);
  }

  private static byte[] key(Observation seen) {
    HeaderField field = seen.request == null ? null : seen.request.first("Sec-WebSocket-Key");
    try {
      return field == null ? new byte[0] : Base64.getDecoder().decode(field.value());
    } catch (IllegalArgumentException e) {
      // The case about the form of the key reports it.
      return new byte[0];
    }
  }

  private @Nullable String keyTrouble(byte[] key) {
    int same = 0;
    for (byte b : key) {
      same += b == key[0] ? 1 : 0;
    }
    if (same == KEY_BYTES) {
      return "the 16 bytes of the key are all the same";
    }
    for (byte[] earlier : keys) {
      int shared = 0;
      for (int i = 0; i < KEY_BYTES; i++) {
        shared += key[i] == earlier[i] ? 1 : 0;
      }
      if (shared == KEY_BYTES) {
        return "the key is that of an earlier connection";
      }
      if (shared >= MOST_SHARED) {
        return shared + " of the 16 bytes of the key are those of an earlier connection";
      }
    }
    return null;
  }

  private @Nullable String maskTrouble(List<Integer> masks) {
    for (int i = 0; i < masks.size(); i++) {
      if (masks.get(i) == 0) {
        return "the masking key of frame " + (i + 1) + " is zero";
      }
      int first = masks.indexOf(masks.get(i));
      if (first < i) {
        return "frames " + (first + 1) + " and " + (i + 1) + " have the same masking key";
      }
    }
    if (masks.size() < FEWEST_MASKS) {
      return null;
    }
    int step = masks.get(1) - masks.get(0);
    int equal = 0;
    for (int i = 1; i < masks.size(); i++) {
      equal += masks.get(i) - masks.get(i - 1) == step ? 1 : 0;
    }
    if (equal == masks.size() - 1) {
      return "each masking key is the one before it plus " + Integer.toUnsignedString(step);
    }
    long pair = ((long) masks.get(0) << Integer.SIZE) | (masks.get(1) & 0xffffffffL);
    boolean isNew = firstMasks.size() >= MOST_KEPT || firstMasks.add(pair);
    return isNew ? null : "the first two masking keys are those of an earlier connection";
  }
}
