package wscope.report;

/**
 * The options for the contents of a report.
 *
 * @param detail the detail at which frames are shown
 * @param preview the number of bytes of each payload to show
 * @param explain whether to show derivations: unmasking, lengths, close codes
 * @param advice advice on the problems that are shown
 * @param pretty whether to indent JSON below the message
 */
public record ViewOptions(
    Detail detail, long preview, boolean explain, Advice advice, boolean pretty) {
  /** The preview length for whole payloads, as far as an array can hold them. */
  public static final long WHOLE = Integer.MAX_VALUE / 2;

  /** Creates options without advice. */
  public ViewOptions(Detail detail, long preview, boolean explain) {
    this(detail, preview, explain, Advice.NONE);
  }

  /** Creates options that show JSON only as it was sent. */
  public ViewOptions(Detail detail, long preview, boolean explain, Advice advice) {
    this(detail, preview, explain, advice, false);
  }
}
