package wscope.report;

/** The level of detail at which a report shows frames. */
public enum Detail {
  /** Every bit of every frame. */
  BITS,
  /** A line for each frame and each message. */
  FRAMES,
  /** A line for each message and each control frame. */
  MESSAGES,
  /** Only a verdict. */
  NONE;

  /** The name that users type. */
  @Override
  public String toString() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  /** Whether this level shows everything that the other level shows. */
  public boolean atLeast(Detail other) {
    return compareTo(other) <= 0;
  }
}
