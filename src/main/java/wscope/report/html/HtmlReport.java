package wscope.report.html;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.rule.Endpoint;
import wscope.report.Advice;
import wscope.report.Detail;
import wscope.report.LiveView;
import wscope.report.Redaction;
import wscope.report.Report;
import wscope.report.Totals;
import wscope.report.ViewOptions;
import wscope.report.WholeLines;
import wscope.report.json.EventLine;
import wscope.report.json.JsonReport;
import wscope.report.json.LineRedaction;

/**
 * Writes all events into one page of HTML, which is whole after each flush. The page keeps within a
 * number of bytes: first frames and messages are left out, at last everything else, and the page
 * says how many of each.
 */
public final class HtmlReport implements Report {
  /** The number of bytes of each payload that the page holds. */
  private static final long PREVIEW = 64 << 10;

  /** The number of bytes from which lines no longer wait for a flush. */
  private static final int LARGE = 256 << 10;

  /** Room for the last line and the end of the page. */
  private static final int RESERVE = 16 << 10;

  private static final Set<String> FREQUENT =
      Set.of("frame", "message", "control", "violation", "body", "opaque", "cause", "close");

  /** Events that make no page on their own: they say where something was looked for. */
  private static final Set<String> INTRODUCTORY = Set.of("find", "lines-skipped", "bytes-lost");

  private static final int MOST_INTRODUCTORY = 100;

  private final PageStart start;
  private final @Nullable LineRedaction lineRedaction;
  private final JsonReport report;
  private final PageLines page;
  private final Map<String, Long> leftOut = new TreeMap<>();
  private final Map<String, Long> leftOutRules = new TreeMap<>();
  private final List<EventLine> introduction = new ArrayList<>();
  private final long most;
  private boolean lastFrameIsWhole;

  /**
   * Creates a report.
   *
   * @param redaction hides secrets; null to hide nothing
   * @param most the number of bytes that the page may have
   * @param clock the clock for the times of events
   */
  public HtmlReport(
      PageFile file,
      PageStart start,
      @Nullable Redaction redaction,
      long most,
      Advice advice,
      InstantSource clock) {
    page = new PageLines(file, redaction);
    this.start = start;
    this.most = most;
    lineRedaction = redaction == null ? null : new LineRedaction(redaction);
    ViewOptions view = new ViewOptions(Detail.FRAMES, PREVIEW, false, advice);
    report = new JsonReport(new WholeLines(this::lines), LiveView.fixed(view), clock);
  }

  @Override
  public ExchangeListener stream(Totals totals) {
    return report.stream(totals);
  }

  @Override
  public ExchangeListener connection(@Nullable Endpoint self, long number) {
    return report.connection(self, number);
  }

  @Override
  public void event(Event event) {
    report.event(event);
  }

  @Override
  public void flush() {
    report.flush();
    if (page.gathered() > 0) {
      append(false);
    }
  }

  /** Writes the end of the page, unless there is nothing to show. */
  public void finish() {
    report.flush();
    if (page.isBegun()) {
      append(true);
    }
  }

  private void lines(String lines) {
    int from = 0;
    int end = lines.indexOf('\n');
    while (end >= 0) {
      line(EventLine.of(lines.substring(from, end)));
      from = end + 1;
      end = lines.indexOf('\n', from);
    }
    if (page.gathered() >= LARGE) {
      append(false);
    }
  }

  private void line(EventLine line) {
    String type = line.type();
    if (!page.isBegun() && INTRODUCTORY.contains(type) && introduction.size() < MOST_INTRODUCTORY) {
      introduction.add(line);
      return;
    }
    if (type.equals("frame")) {
      lastFrameIsWhole = LineRedaction.isWhole(line);
    }
    if (isShownByItsFrame(line)) {
      line.remove("text");
      line.remove("base64");
    }
    if (!page.isBegun()) {
      begin();
      introduction.forEach(this::line);
      introduction.clear();
    }
    if (lineRedaction != null) {
      lineRedaction.apply(line);
    }
    String safe = HtmlPage.safe(line.json());
    long room = most - RESERVE - page.length();
    if (safe.length() + 1 > (FREQUENT.contains(type) ? room - most / 8 : room)) {
      leftOut.merge(type, 1L, Long::sum);
      if (type.equals("violation")) {
        leftOutRules.merge(String.valueOf(line.text("rule")), 1L, Long::sum);
      }
      return;
    }
    page.add(safe);
  }

  /** Whether the line of the frame holds the same payload. */
  private boolean isShownByItsFrame(EventLine line) {
    return line.type().equals("control")
        || (line.type().equals("message")
            && lastFrameIsWhole
            && line.number("frames") == 1
            && !line.has("compression"));
  }

  private void begin() {
    String without =
        "This page shows what "
            + start.program()
            + " saw of WebSocket connections: what is wrong, the handshakes, and every frame. It"
            + " needs JavaScript to show them; nothing leaves your computer. Without it, the data"
            + " are in the source of this page, one JSON object a line.";
    String beginning =
        HtmlPage.beginning(
            "WebSocket report by wscope",
            without,
            "model.js",
            "words.js",
            "verdict.js",
            "timeline.js",
            "frames.js",
            "report.js");
    page.begin(beginning, start, ",\"payloadLimit\":" + PREVIEW);
  }

  private void append(boolean finished) {
    StringBuilder more = new StringBuilder(",\"leftOut\":");
    PageLines.counts(more, leftOut).append(",\"leftOutRules\":");
    page.append(finished, PageLines.counts(more, leftOutRules).toString());
  }
}
