package wscope.cli.option;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;
import wscope.cli.process.ExitCode;
import wscope.cli.process.Failure;
import wscope.cli.process.Program;
import wscope.report.Advice;
import wscope.report.Redaction;
import wscope.report.html.HtmlReport;
import wscope.report.html.PageStart;

/** The options for a page of HTML, and for what is hidden in what is passed on to others. */
public final class PageOptions {
  /** The name of the option that names the page. */
  public static final String HTML = "--html";

  /** The name of the option for what is hidden besides credentials. */
  static final String REDACT = "--redact";

  private static final long SMALLEST = 256 << 10;
  private static final long LARGEST = 1L << 30;
  private static final long USUAL = 20L << 20;

  private final CommandSpec spec;
  private final boolean records;
  private final OptionSpec html;
  private final OptionSpec most;
  private final OptionSpec redact;
  private final OptionSpec noRedact;

  /** A page that is being written, and the file that it goes to. */
  public record Page(HtmlReport report, Recording file) implements AutoCloseable {
    @Override
    public void close() {
      file.close();
    }
  }

  /**
   * Creates the options.
   *
   * @param records whether the command has {@code --record}, too
   */
  public PageOptions(CommandSpec spec, boolean records) {
    this.spec = spec;
    this.records = records;
    html =
        FileConverter.option(HTML)
            .description(
                "Write one page of HTML for a bug report to a new file too: the verdict, the"
                    + " handshakes, a timeline and every frame, regardless of what is shown. It"
                    + " needs no network and opens in any browser. Credentials are hidden.")
            .build();
    most =
        QuantityOption.size(
            "--max-html",
            SMALLEST,
            LARGEST,
            USUAL,
            "Limit the page of --html to SIZE: beyond it, frames and messages are left out, and the"
                + " page says how many.");
    redact =
        OptionSpec.builder(REDACT)
            .paramLabel("REGEX")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .converters(new Converter<>(PageOptions::pattern))
            .description(
                records
                    ? "Hide also what matches REGEX in the page of --html; and in a recording"
                        + " (.jsonl only), which holds everything without this option, hide it"
                        + " and all credentials. wscope knows credentials by their names, so a"
                        + " secret in an event before the one that names it needs REGEX."
                        + " Repeatable."
                    : "Hide also what matches REGEX in the page of --html. wscope knows"
                        + " credentials by their names, so a secret in an event before the one"
                        + " that names it needs REGEX. Repeatable.")
            .build();
    noRedact = Flag.of("--no-redact", "Hide nothing in the page of --html, not even passwords.");
    spec.addOption(html).addOption(most).addOption(redact).addOption(noRedact);
  }

  private static String pattern(String text) {
    try {
      Pattern.compile(text);
      return text;
    } catch (PatternSyntaxException e) {
      throw new TypeConversionException(
          "'"
              + text
              + "' is not a regular expression: "
              + e.getDescription()
              + (e.getIndex() < 0 ? "" : " at character " + (e.getIndex() + 1)));
    }
  }

  /** Whether a page is requested. */
  public boolean isGiven() {
    return html.getValue() != null;
  }

  /** What to hide besides credentials; empty if --redact is not given. */
  List<String> patterns() {
    List<String> patterns = redact.getValue();
    return patterns == null ? List.of() : patterns;
  }

  /**
   * Creates the page.
   *
   * @param recorded whether a recording is written, too
   * @param source the name of the command
   * @param clock the clock for the times of events
   * @return the page; null if none is requested
   * @throws Failure if the file cannot be created, or an option has nothing to act on
   */
  public @Nullable Page page(boolean recorded, String source, Advice advice, InstantSource clock)
      throws Failure {
    List<String> patterns = patterns();
    Path file = html.getValue();
    boolean hides = !Flag.isSet(noRedact);
    if (!hides && !patterns.isEmpty()) {
      throw new Failure(ExitCode.USAGE, "give --redact or --no-redact, not both");
    }
    if (file == null) {
      if (!hides) {
        throw new Failure(ExitCode.USAGE, "--no-redact acts on a page; add --html FILE");
      }
      if (!patterns.isEmpty() && !recorded) {
        throw new Failure(
            ExitCode.USAGE,
            "--redact acts on a page"
                + (records ? " or a recording" : "")
                + "; add --html FILE"
                + (records ? " or --record FILE" : ""));
      }
      return null;
    }
    Redaction redaction = hides ? new Redaction(Redaction.Style.MARK, patterns) : null;
    Recording recording = Recording.of(file, HTML, Long.MAX_VALUE);
    HtmlReport report =
        new HtmlReport(
            recording::append,
            new PageStart(Program.name(), CommandWords.of(spec, hides), source),
            redaction,
            most.<Long>getValue(),
            advice,
            clock);
    recording.onClose(report::finish);
    return new Page(report, recording);
  }
}
