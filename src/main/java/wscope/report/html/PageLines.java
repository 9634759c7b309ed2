package wscope.report.html;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import wscope.report.Redaction;
import wscope.report.json.EventLine;

/** The lines of a page, which are gathered, in a file that is whole after each append. */
final class PageLines {
  private final PageFile file;
  private final @Nullable Redaction redaction;
  private final ByteArrayOutputStream gathered = new ByteArrayOutputStream();
  private long written;
  private boolean begun;

  /**
   * Creates the lines.
   *
   * @param redaction hides secrets in what the page says about itself; null to hide nothing
   */
  PageLines(PageFile file, @Nullable Redaction redaction) {
    this.file = file;
    this.redaction = redaction;
  }

  /** Whether the page has begun. */
  boolean isBegun() {
    return begun;
  }

  /** The number of bytes that wait for the next append. */
  int gathered() {
    return gathered.size();
  }

  /** The number of bytes of the page so far. */
  long length() {
    return written + gathered.size();
  }

  /**
   * Begins the page with a line about itself.
   *
   * @param beginning the page before its data
   * @param more further properties of the line, as JSON; each begins with a comma
   */
  void begin(String beginning, PageStart start, String more) {
    begun = true;
    gathered.writeBytes(beginning.getBytes(UTF_8));
    StringBuilder line = new StringBuilder("{\"type\":\"report\",\"program\":");
    line.append(EventLine.quoted(start.program())).append(",\"source\":");
    line.append(EventLine.quoted(start.source())).append(",\"made\":");
    line.append(EventLine.quoted(Instant.now().truncatedTo(ChronoUnit.SECONDS).toString()));
    line.append(",\"command\":[");
    List<String> words = start.command();
    for (int i = 0; i < words.size(); i++) {
      line.append(i == 0 ? "" : ",").append(EventLine.quoted(redacted(words.get(i))));
    }
    line.append(']').append(more).append(",\"redacts\":").append(redaction != null).append('}');
    add(HtmlPage.safe(line.toString()));
  }

  private String redacted(String word) {
    return redaction == null ? word : redaction.text(word);
  }

  /** Adds a line that {@link HtmlPage#safe} has made safe. */
  void add(String safe) {
    gathered.writeBytes(safe.getBytes(US_ASCII));
    gathered.write('\n');
  }

  /**
   * Writes what is gathered, and the end of the page.
   *
   * @param finished whether this is the last append
   * @param more further properties of the last line, as JSON; each begins with a comma
   */
  void append(boolean finished, String more) {
    int length = gathered.size();
    StringBuilder line = new StringBuilder("{\"type\":\"report-end\",\"finished\":");
    // The space: the end of a file must not get shorter, because it is written in place.
    line.append(finished ? "true " : "false").append(more).append(",\"redacted\":");
    counts(line, redaction == null ? Map.of() : new TreeMap<>(redaction.counts()));
    byte[] tail = (HtmlPage.safe(line + "}") + "\n" + HtmlPage.END).getBytes(US_ASCII);
    gathered.writeBytes(tail);
    byte[] bytes = gathered.toByteArray();
    gathered.reset();
    written += length;
    file.append(bytes, bytes.length, tail.length);
  }

  /** Appends an object with numbers to JSON. */
  static StringBuilder counts(StringBuilder json, Map<String, Long> counts) {
    json.append('{');
    counts.forEach(
        (name, count) ->
            json.append(json.charAt(json.length() - 1) == '{' ? "" : ",")
                .append(EventLine.quoted(name))
                .append(':')
                .append(count));
    return json.append('}');
  }
}
