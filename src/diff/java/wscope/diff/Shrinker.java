package wscope.diff;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/** Removes from a stream what does not matter. */
final class Shrinker {
  private final Predicate<FrameStream> matters;
  private FrameStream least;

  private Shrinker(FrameStream stream, Predicate<FrameStream> matters) {
    this.least = stream;
    this.matters = matters;
  }

  /** A shorter stream for which the same is true: no frame and no run of bytes can be removed. */
  static FrameStream shrink(FrameStream stream, Predicate<FrameStream> matters) {
    Shrinker shrinker = new Shrinker(stream, matters);
    int before;
    do {
      before = shrinker.least.bytes().length;
      shrinker.dropFrames();
      shrinker.dropBytes();
    } while (shrinker.least.bytes().length < before);
    return shrinker.least;
  }

  private void dropFrames() {
    for (int i = least.frames().size() - 1; i >= 0; i--) {
      List<byte[]> fewer = new ArrayList<>(least.frames());
      fewer.remove(i);
      keepIfItMatters(fewer);
    }
  }

  private void dropBytes() {
    for (int i = least.frames().size() - 1; i >= 0; i--) {
      for (int size = least.frames().get(i).length; size > 0; size /= 2) {
        dropRuns(i, size);
      }
    }
  }

  private void dropRuns(int frame, int size) {
    for (int at = least.frames().get(frame).length - size; at >= 0; at -= size) {
      byte[] bytes = least.frames().get(frame);
      byte[] fewer = Arrays.copyOf(bytes, bytes.length - size);
      System.arraycopy(bytes, at + size, fewer, at, fewer.length - at);
      List<byte[]> frames = new ArrayList<>(least.frames());
      frames.set(frame, fewer);
      keepIfItMatters(frames);
    }
  }

  private void keepIfItMatters(List<byte[]> frames) {
    FrameStream shorter = least.withFrames(frames);
    if (matters.test(shorter)) {
      least = shorter;
    }
  }
}
