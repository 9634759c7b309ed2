package wscope.report;

/** How much of each frame a report shows. */
public enum Detail {
  /** Every bit of every frame. */
  BITS,
  /** A line for each frame and each message. */
  FRAMES,
  /** A line for each message and each control frame. */
  MESSAGES,
  /** Only a verdict. */
  NONE;

  /** What users type. */
  @Override
  public String toString() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  /** Whether this shows everything that the other shows. */
  public boolean atLeast(Detail other) {
    return compareTo(other) <= 0;
  }
}
