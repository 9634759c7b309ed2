package wscope.report;

/**
 * The view of reports, of which the detail may change between two events, for all reports that
 * share it at once. Not safe for use by several threads: change it on the thread that reports.
 */
public final class Viewing {
  private final View view;
  private final Detail kept;
  private Detail detail;

  private Viewing(View view, Detail kept) {
    this.view = view;
    this.kept = kept;
    detail = view.detail();
  }

  /** A view that never changes: what it does not show is not even looked at. */
  public static Viewing fixed(View view) {
    return new Viewing(view, view.detail());
  }

  /** A view whose detail may change, inside a frame too: what any detail shows is kept. */
  public static Viewing changeable(View view) {
    return new Viewing(view, Detail.BITS);
  }

  /** How much is shown now. */
  public Detail detail() {
    return detail;
  }

  /** Shows more or less from here on; more than is kept cannot be shown. */
  public void detail(Detail changed) {
    detail = changed.atLeast(kept) ? kept : changed;
  }

  /** The most that the detail can become. */
  public Detail kept() {
    return kept;
  }

  /** How many bytes of each payload are shown. */
  public long preview() {
    return view.preview();
  }

  /** Whether the working is shown now. */
  public boolean explains() {
    return view.explain() && detail == Detail.BITS;
  }
}
