package wscope.report.html;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
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

  /** A file that is whole after each append. */
  @FunctionalInterface
  public interface PageFile {
    /**
     * Appends bytes that make the file whole.
     *
     * @param tail the number of these bytes that the next append replaces
     */
    void append(byte[] bytes, int length, int tail);
  }

  /** Events that make no page on their own: they say where something was looked for. */
  private static final Set<String> INTRODUCTORY = Set.of("find", "lines-skipped", "bytes-lost");

  private static final int MOST_INTRODUCTORY = 100;

  private final PageFile file;
  private final PageStart start;
  private final @Nullable Redaction redaction;
  private final @Nullable LineRedaction lineRedaction;
  private final JsonReport report;
  private final ByteArrayOutputStream gathered = new ByteArrayOutputStream();
  private final Map<String, Long> leftOut = new TreeMap<>();
  private final Map<String, Long> leftOutRules = new TreeMap<>();
  private final List<EventLine> introduction = new ArrayList<>();
  private final long most;
  private long written;
  private boolean begun;
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
    this.file = file;
    this.start = start;
    this.redaction = redaction;
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
    if (gathered.size() > 0) {
      append(false);
    }
  }

  /** Writes the end of the page, unless there is nothing to show. */
  public void finish() {
    report.flush();
    if (gathered.size() > 0 || begun) {
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
    if (gathered.size() >= LARGE) {
      append(false);
    }
  }

  private void line(EventLine line) {
    String type = line.type();
    if (!begun && INTRODUCTORY.contains(type) && introduction.size() < MOST_INTRODUCTORY) {
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
    if (!begun) {
      begin();
      introduction.forEach(this::line);
      introduction.clear();
    }
    if (lineRedaction != null) {
      lineRedaction.apply(line);
    }
    String safe = HtmlPage.safe(line.json());
    long room = most - RESERVE - written - gathered.size();
    if (safe.length() + 1 > (FREQUENT.contains(type) ? room - most / 8 : room)) {
      leftOut.merge(type, 1L, Long::sum);
      if (type.equals("violation")) {
        leftOutRules.merge(String.valueOf(line.text("rule")), 1L, Long::sum);
      }
      return;
    }
    gather(safe);
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
    begun = true;
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
    gathered.writeBytes(beginning.getBytes(UTF_8));
    StringBuilder line = new StringBuilder("{\"type\":\"report\",\"program\":");
    quoted(line, start.program()).append(",\"source\":");
    quoted(line, start.source()).append(",\"made\":");
    quoted(line, Instant.now().truncatedTo(ChronoUnit.SECONDS).toString()).append(",\"command\":[");
    List<String> words = start.command();
    for (int i = 0; i < words.size(); i++) {
      quoted(
          line.append(i == 0 ? "" : ","),
          redaction == null ? words.get(i) : redaction.text(words.get(i)));
    }
    line.append("],\"payloadLimit\":").append(PREVIEW);
    gather(HtmlPage.safe(line.append(",\"redacts\":").append(redaction != null) + "}"));
  }

  private static StringBuilder quoted(StringBuilder json, String text) {
    return json.append(EventLine.quoted(text));
  }

  private void gather(String line) {
    gathered.writeBytes(line.getBytes(US_ASCII));
    gathered.write('\n');
  }

  private void append(boolean finished) {
    int length = gathered.size();
    byte[] tail = (lastLine(finished) + "\n" + HtmlPage.END).getBytes(US_ASCII);
    gathered.writeBytes(tail);
    byte[] bytes = gathered.toByteArray();
    gathered.reset();
    written += length;
    file.append(bytes, bytes.length, tail.length);
  }

  private String lastLine(boolean finished) {
    StringBuilder line = new StringBuilder("{\"type\":\"report-end\",\"finished\":");
    // The space: the end of a file must not get shorter, because it is written in place.
    line.append(finished ? "true " : "false").append(",\"leftOut\":");
    counts(line, leftOut);
    line.append(",\"leftOutRules\":");
    counts(line, leftOutRules);
    line.append(",\"redacted\":");
    counts(line, redaction == null ? Map.of() : new TreeMap<>(redaction.counts()));
    return HtmlPage.safe(line.append('}').toString());
  }

  private static void counts(StringBuilder json, Map<String, Long> counts) {
    json.append('{');
    counts.forEach(
        (name, count) ->
            quoted(json.append(json.charAt(json.length() - 1) == '{' ? "" : ","), name)
                .append(':')
                .append(count));
    json.append('}');
  }
}
