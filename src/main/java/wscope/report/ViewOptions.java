package wscope.report;

/**
 * What a report shows.
 *
 * @param detail how much of each frame
 * @param preview how many bytes of each payload
 * @param explain whether the derivation is shown: unmasking, lengths, close codes
 * @param advice what the user can do about the shown problems
 */
public record ViewOptions(Detail detail, long preview, boolean explain, Advice advice) {
  /** A preview of the whole payload, as far as an array can hold it. */
  public static final long WHOLE = Integer.MAX_VALUE / 2;

  /** Without advice. */
  public ViewOptions(Detail detail, long preview, boolean explain) {
    this(detail, preview, explain, Advice.NONE);
  }
}
