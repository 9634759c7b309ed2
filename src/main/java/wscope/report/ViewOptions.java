package wscope.report;

/**
 * The options for the contents of a report.
 *
 * @param detail the detail at which frames are shown
 * @param preview the number of bytes of each payload to show
 * @param explain whether to show derivations: unmasking, lengths, close codes
 * @param advice advice on the problems that are shown
 */
public record ViewOptions(Detail detail, long preview, boolean explain, Advice advice) {
  /** The preview length for whole payloads, as far as an array can hold them. */
  public static final long WHOLE = Integer.MAX_VALUE / 2;

  /** Creates options without advice. */
  public ViewOptions(Detail detail, long preview, boolean explain) {
    this(detail, preview, explain, Advice.NONE);
  }
}
