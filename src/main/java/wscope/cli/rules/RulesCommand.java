package wscope.cli.rules;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import wscope.cli.option.Choices;
import wscope.cli.option.ColourOption;
import wscope.cli.option.Format;
import wscope.cli.option.RuleGuides;
import wscope.cli.process.ExitCode;
import wscope.cli.process.Stdio;
import wscope.protocol.Faults;
import wscope.protocol.rule.Rule;
import wscope.report.json.JsonRules;
import wscope.report.text.LineTimes;
import wscope.report.text.RuleReport;
import wscope.report.text.Screen;

/** {@code wscope rules}: lists the rules. */
public final class RulesCommand implements Callable<Integer> {
  /** The maximum width of a line, with or without a terminal. */
  private static final int WIDTH = 80;

  private final Stdio stdio;
  private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);
  private final OptionSpec format;
  private final ColourOption colour;

  public RulesCommand(Stdio stdio) {
    this.stdio = stdio;
    format =
        Choices.of(Format.class, OptionSpec.builder("--format"))
            .paramLabel("FORMAT")
            .defaultValue("text")
            .description(
                "Show rules as text for people (text), or as JSON, one object per rule (json)."
                    + " Default: text.")
            .build();
    spec.usageMessage()
        .description("Lists the rules that wscope checks.")
        .footer(
            "",
            "Examples:",
            "  wscope rules",
            "  wscope explain rsv1-without-extension",
            "  wscope rules --format json | jq -r .rule");
    spec.addOption(format);
    colour = new ColourOption(spec);
  }

  public CommandSpec spec() {
    return spec;
  }

  @Override
  public Integer call() {
    Format wanted = format.getValue();
    switch (wanted) {
      case TEXT -> show();
      case JSON -> {
        JsonRules json = new JsonRules(stdio.out());
        List.of(Rule.values()).forEach(rule -> json.rule(rule, RuleGuides.of(rule)));
        Faults.stalls().forEach(stall -> json.stall(stall, RuleGuides.of(stall)));
        json.flush();
      }
    }
    return ExitCode.FINE;
  }

  private void show() {
    int columns = stdio.columns() > 0 ? Math.min(stdio.columns(), WIDTH) : WIDTH;
    Screen screen =
        new Screen(stdio.out(), colour.isOn(stdio), stdio.unicode(), LineTimes.OFF, columns);
    new RuleReport(screen).list();
    screen.flush();
  }
}
