package wscope.report;

/**
 * A view whose detail may change between two events, for all reports that share it. Not
 * thread-safe: change it on the thread that reports.
 */
public final class LiveView {
  private final ViewOptions options;
  private final Detail kept;
  private Detail detail;

  private LiveView(ViewOptions options, Detail kept) {
    this.options = options;
    this.kept = kept;
    detail = options.detail();
  }

  /** A view that never changes; content that it does not show is not kept. */
  public static LiveView fixed(ViewOptions options) {
    return new LiveView(options, options.detail());
  }

  /** A view whose detail may change, even inside a frame; content that any detail shows is kept. */
  public static LiveView changeable(ViewOptions options) {
    return new LiveView(options, Detail.BITS);
  }

  /** How much is shown now. */
  public Detail detail() {
    return detail;
  }

  /** Changes the detail from now on, at most to the kept detail. */
  public void detail(Detail changed) {
    detail = changed.atLeast(kept) ? kept : changed;
  }

  /** The highest detail that can be set. */
  public Detail kept() {
    return kept;
  }

  /** How many bytes of each payload are shown. */
  public long preview() {
    return options.preview();
  }

  /** What the user can do about the shown problems. */
  public Advice advice() {
    return options.advice();
  }

  /** Whether the derivation is shown now. */
  public boolean explains() {
    return options.explain() && detail == Detail.BITS;
  }
}
