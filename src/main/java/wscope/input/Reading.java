package wscope.input;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.input.dump.SkippedPackets;
import wscope.input.spelling.Guess;
import wscope.input.spelling.Lookalike;

/** What was read of a text, what was passed over, and what remains doubtful. */
public final class Reading {
  /** Finds that are kept for the report; of the others, only the number and the bytes are known. */
  public static final int MOST_KEPT = 1000;

  /** Of a text of which nothing was asked. */
  public static final Reading NOTHING = new Reading();

  private final List<Find> finds = new ArrayList<>();
  private final List<Find> doubtful = new ArrayList<>();
  private final List<Find> close = new ArrayList<>();
  private long count;
  private long bytes;
  private long leftOut;
  private long repeated;
  private long lost;
  private long passedOver;
  private long lastPassedOver;
  private long firstPassedOver;
  private byte[] unframed = {};
  private boolean bare;
  private boolean partial;
  private int frameStart;
  private @Nullable Lookalike lookalike;
  private String payload = "";
  private @Nullable Guess guess;
  private @Nullable SkippedPackets packets;

  Reading() {}

  /** The finds, in the order of the text, of which {@value #MOST_KEPT} are kept. */
  public List<Find> finds() {
    return List.copyOf(finds);
  }

  /** How many finds there are. */
  public long count() {
    return count;
  }

  /** How many bytes of frames were found. */
  public long bytes() {
    return bytes;
  }

  /** What may be bytes but has too little evidence; the likeliest first. */
  public List<Find> doubtful() {
    return List.copyOf(doubtful);
  }

  /** Other readings of what was found that have nearly as much evidence. */
  public List<Find> close() {
    return List.copyOf(close);
  }

  /** How many bytes the text leaves out, as it says itself, after frames that were found. */
  public long leftOut() {
    return leftOut;
  }

  /** How many finds were left out because they show the bytes of the one before once more. */
  public long repeated() {
    return repeated;
  }

  /** How many U+FFFD the lines have that were read, or nearly: bytes were lost there. */
  public long lost() {
    return lost;
  }

  /** How many lines were neither empty nor read. */
  public long passedOver() {
    return passedOver;
  }

  /** The number of the first of them; 0 if there is none. */
  public long firstPassedOver() {
    return firstPassedOver;
  }

  /**
   * The beginning of the text that stands right after a 101 response, where frames must be; empty
   * if there is none.
   */
  public byte[] unframed() {
    return unframed.clone();
  }

  /** The index of the byte at which frames begin, if bare bytes do not begin with one; or 0. */
  public int frameStart() {
    return frameStart;
  }

  /** The kind of payload that bare bytes without a frame may be; empty if there is none. */
  public String payload() {
    return payload;
  }

  /** The format that a text begins as; null if it is none of those that are known. */
  public @Nullable Lookalike lookalike() {
    return lookalike;
  }

  /** What the packets in the text have; null if there are none. */
  public @Nullable SkippedPackets packets() {
    return packets;
  }

  /** Whether the text is nothing but bytes in one spelling, as far as it was read. */
  public boolean isBare() {
    return bare && count == 0 && passedOver == 0;
  }

  /** Whether all of the text was read, so that there is nothing to say of it. */
  public boolean isWhole() {
    return !partial && passedOver == 0;
  }

  /** How a bare text was recognised; null if there was none. */
  public @Nullable Guess guess() {
    return guess;
  }

  void add(Find find) {
    count++;
    partial |= !find.whole();
    bytes += find.bytes();
    if (finds.size() < MOST_KEPT) {
      finds.add(find);
    }
  }

  void addDoubtful(Find find) {
    if (doubtful.size() < 3) {
      doubtful.add(find);
    }
  }

  void addClose(Find find) {
    if (close.size() < 3) {
      close.add(find);
    }
  }

  void leaveOut(long count) {
    leftOut += count;
  }

  void lose(long count) {
    lost += count;
  }

  void repeat(long count) {
    repeated += count;
  }

  void payload(String kind) {
    payload = kind;
  }

  void lookalike(@Nullable Lookalike format) {
    lookalike = format;
  }

  void frameStart(int index) {
    frameStart = index;
  }

  void packets(SkippedPackets found) {
    packets = found;
  }

  void passOver(long line) {
    firstPassedOver = passedOver == 0 ? line : firstPassedOver;
    // A long line is looked at in parts.
    passedOver += line == lastPassedOver ? 0 : 1;
    lastPassedOver = line;
  }

  void unframed(byte[] text) {
    unframed = text;
  }

  void bare(@Nullable Guess recognised) {
    bare = true;
    guess = guess == null ? recognised : guess;
  }
}
