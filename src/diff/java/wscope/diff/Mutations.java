package wscope.diff;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/** Mutates a stream: header fields, payloads, the order of frames, and single bytes. */
final class Mutations {
  private static final long[] SURPLUSES = {
    1, -1, 2, 100, 2_000, 70_000, 1L << 31, 1L << 32, 1L << 40, Long.MAX_VALUE / 2, Long.MIN_VALUE
  };

  private final SplittableRandom random;

  Mutations(SplittableRandom random) {
    this.random = random;
  }

  /** The bytes of each frame; one stream in three is left unchanged. */
  List<byte[]> mutate(List<DraftFrame> valid) {
    List<DraftFrame> frames = new ArrayList<>(valid);
    int kind = random.nextInt(6);
    if (kind >= 2 && !frames.isEmpty()) {
      int count = 1 + random.nextInt(2);
      for (int i = 0; i < count; i++) {
        mutateOne(frames);
      }
    }
    List<byte[]> bytes = new ArrayList<>();
    frames.forEach(frame -> bytes.add(frame.bytes()));
    if (kind == 5 && !bytes.isEmpty()) {
      mutateBytes(bytes);
    }
    return bytes;
  }

  private void mutateOne(List<DraftFrame> frames) {
    int index = random.nextInt(frames.size());
    DraftFrame frame = frames.get(index);
    if (random.nextInt(3) > 0) {
      mutateField(frame);
      return;
    }
    switch (random.nextInt(4)) {
      case 0 -> Collections.swap(frames, index, random.nextInt(frames.size()));
      case 1 -> frames.add(index, frame.copy());
      case 2 -> frames.add(random.nextInt(frames.size()), randomFrame(frame.masked));
      default -> {
        if (frames.size() > 1) {
          frames.remove(index);
        }
      }
    }
  }

  private void mutateField(DraftFrame frame) {
    switch (random.nextInt(9)) {
      case 0 -> frame.fin = !frame.fin;
      case 1 -> frame.rsv ^= 1 << random.nextInt(3);
      case 2 -> frame.opcode = random.nextInt(16);
      case 3 -> frame.masked = !frame.masked;
      case 4 -> frame.lengthBits = random.nextBoolean() ? 16 : 64;
      case 5 -> frame.surplus = SURPLUSES[random.nextInt(SURPLUSES.length)];
      case 6 -> frame.payload = longer(frame.payload);
      default -> frame.payload = corrupted(frame.payload);
    }
  }

  private DraftFrame randomFrame(boolean masked) {
    DraftFrame frame = new DraftFrame(random.nextInt(16), new byte[random.nextInt(4)]);
    random.nextBytes(frame.payload);
    frame.fin = random.nextBoolean();
    frame.masked = masked;
    return frame;
  }

  private byte[] longer(byte[] payload) {
    byte[] longer = Arrays.copyOf(payload, payload.length + 1 + random.nextInt(130));
    for (int i = payload.length; i < longer.length; i++) {
      longer[i] = (byte) random.nextInt(256);
    }
    return longer;
  }

  /** One bit flipped, some bytes overwritten, or the end cut off. */
  private byte[] corrupted(byte[] payload) {
    if (payload.length == 0) {
      return new byte[] {(byte) random.nextInt(256)};
    }
    byte[] corrupted = payload.clone();
    int at = random.nextInt(payload.length);
    switch (random.nextInt(3)) {
      case 0 -> corrupted[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> {
        for (int i = at; i < Math.min(at + 4, corrupted.length); i++) {
          corrupted[i] = (byte) random.nextInt(256);
        }
      }
      default -> corrupted = Arrays.copyOf(payload, at);
    }
    return corrupted;
  }

  private void mutateBytes(List<byte[]> frames) {
    int index = random.nextInt(frames.size());
    byte[] frame = frames.get(index);
    int at = random.nextInt(Math.min(frame.length, random.nextBoolean() ? 14 : frame.length));
    switch (random.nextInt(3)) {
      case 0 -> frame[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> frames.subList(index + 1, frames.size()).clear();
      default -> frame[at] = (byte) random.nextInt(256);
    }
    if (random.nextBoolean()) {
      int last = frames.size() - 1;
      byte[] whole = frames.get(last);
      frames.set(last, Arrays.copyOf(whole, random.nextInt(whole.length + 1)));
    }
  }
}
