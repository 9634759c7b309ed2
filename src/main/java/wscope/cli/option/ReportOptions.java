package wscope.cli.option;

import java.time.InstantSource;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;
import wscope.cli.process.Stdio;
import wscope.report.Detail;
import wscope.report.LiveView;
import wscope.report.Report;
import wscope.report.ViewOptions;
import wscope.report.json.JsonReport;
import wscope.report.text.LineTimes;
import wscope.report.text.Screen;
import wscope.report.text.TextReport;

/** The options of every command that shows frames. */
public final class ReportOptions {
  private final OptionSpec format;
  private final OptionSpec detail;
  private final OptionSpec preview;
  private final OptionSpec pretty;
  private final OptionSpec explain;
  private final ColourOption colour;

  /** Creates the options of a command that starts at the highest detail. */
  public ReportOptions(CommandSpec spec) {
    this(spec, Detail.BITS);
  }

  /**
   * Creates the options.
   *
   * @param usual the default detail
   */
  public ReportOptions(CommandSpec spec, Detail usual) {
    format =
        Choices.of(Format.class, OptionSpec.builder("--format"))
            .paramLabel("FORMAT")
            .defaultValue("text")
            .description(
                "Show events as text for people (text), or as JSON, one object per line (json)."
                    + " Default: text.")
            .build();
    detail =
        Choices.of(Detail.class, OptionSpec.builder("-d", "--detail"))
            .paramLabel("LEVEL")
            .defaultValue(usual.toString())
            .description(
                "Show every bit (bits), one line per frame (frames), one line per message"
                    + " (messages), or none of these (none): decode then shows only its verdict,"
                    + " and serve and connect only violations. Default: "
                    + usual
                    + ".")
            .build();
    preview =
        OptionSpec.builder("--preview")
            .paramLabel("BYTES")
            .type(Long.class)
            .converters(new PreviewConverter())
            .defaultValue("4096")
            .description("Show at most this many bytes of each payload, or all. Default: 4096.")
            .build();
    explain =
        Flag.of(
            "--explain",
            "Show each step, with --detail bits: bits and decimals, lengths, unmasking, and"
                + " what a close code means and who may send it.");
    pretty = Flag.of("--pretty", "Show a message that is JSON once more below its line, indented.");
    spec.addOption(format).addOption(detail).addOption(preview).addOption(pretty);
    spec.addOption(explain);
    colour = new ColourOption(spec);
  }

  /**
   * Creates the report that shows the events of a command.
   *
   * @param clock the clock for the times in JSON
   */
  public Report of(Stdio stdio, InstantSource clock) {
    return of(stdio, LineTimes.OFF, LiveView.fixed(view()), clock);
  }

  /**
   * Creates a report like {@link #of(Stdio, InstantSource)}, but with times at the beginning of
   * lines and a view that may change.
   */
  public Report of(Stdio stdio, LineTimes times, LiveView view, InstantSource clock) {
    Format wanted = format.getValue();
    return switch (wanted) {
      case TEXT -> new TextReport(screen(stdio, times), view);
      case JSON -> new JsonReport(stdio.out(), view, clock);
    };
  }

  /** Whether standard output is JSON, one object per line. */
  public boolean isJson() {
    return format.getValue() == Format.JSON;
  }

  /** The options for the contents of a report. */
  public ViewOptions view() {
    boolean explained = Flag.isSet(explain);
    return new ViewOptions(
        detail.getValue(),
        preview.<Long>getValue(),
        explained,
        new OptionAdvice(),
        Flag.isSet(pretty));
  }

  /** The screen for text on standard output. */
  public Screen screen(Stdio stdio) {
    return screen(stdio, LineTimes.OFF);
  }

  private Screen screen(Stdio stdio, LineTimes times) {
    return new Screen(stdio.out(), colour.isOn(stdio), stdio.unicode(), times, stdio.columns())
        .follow(stdio.width());
  }

  private static final class PreviewConverter implements ITypeConverter<Long> {
    @Override
    public Long convert(String value) {
      if (value.equals("all")) {
        return (long) Integer.MAX_VALUE / 2;
      }
      try {
        long bytes = Long.parseLong(value);
        if (bytes >= 0 && bytes <= Integer.MAX_VALUE / 2) {
          return bytes;
        }
      } catch (NumberFormatException e) {
        // Not a number: the error below is the same as for numbers out of range.
      }
      throw new TypeConversionException("'" + value + "' is neither a number of bytes nor all");
    }
  }
}
