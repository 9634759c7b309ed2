package wscope.report;

/**
 * A view that may change between two events, for all reports that share it. Not thread-safe: change
 * it on the thread that reports.
 */
public final class LiveView {
  private final ViewOptions options;
  private final Detail kept;
  private Detail detail;
  private boolean pretty;

  private LiveView(ViewOptions options, Detail kept) {
    this.options = options;
    this.kept = kept;
    detail = options.detail();
    pretty = options.pretty();
  }

  /** Creates a view that never changes. Content that it does not show is not kept. */
  public static LiveView fixed(ViewOptions options) {
    return new LiveView(options, options.detail());
  }

  /**
   * Creates a view whose detail may change, even inside a frame. Content that any detail shows is
   * kept.
   */
  public static LiveView changeable(ViewOptions options) {
    return new LiveView(options, Detail.BITS);
  }

  /** The current detail. */
  public Detail detail() {
    return detail;
  }

  /** Changes the detail from now on, but at most to the kept detail. */
  public void detail(Detail changed) {
    detail = changed.atLeast(kept) ? kept : changed;
  }

  /** The highest detail that can be set. */
  public Detail kept() {
    return kept;
  }

  /** The number of bytes of each payload that are shown. */
  public long preview() {
    return options.preview();
  }

  /** Whether JSON is indented below the message. */
  public boolean isPretty() {
    return pretty;
  }

  /** Changes whether JSON is indented, from now on. */
  public void pretty(boolean changed) {
    pretty = changed;
  }

  /** Advice on the problems that are shown. */
  public Advice advice() {
    return options.advice();
  }

  /** Whether derivations are currently shown. */
  public boolean explains() {
    return options.explain() && detail == Detail.BITS;
  }
}
