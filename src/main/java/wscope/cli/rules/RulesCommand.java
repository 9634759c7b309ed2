package wscope.cli.rules;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import wscope.cli.option.Choices;
import wscope.cli.option.ColourOption;
import wscope.cli.option.Format;
import wscope.cli.option.NearestWord;
import wscope.cli.process.ExitCode;
import wscope.cli.process.Failure;
import wscope.cli.process.Stdio;
import wscope.protocol.Fault;
import wscope.protocol.Faults;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;
import wscope.protocol.rule.RuleIds;
import wscope.report.json.JsonRules;
import wscope.report.text.LineTimes;
import wscope.report.text.RuleReport;
import wscope.report.text.Screen;

/** {@code wscope rules}: lists the rules, or explains some of them. */
public final class RulesCommand implements Callable<Integer> {
  /** The maximum width of a line, with or without a terminal. */
  private static final int WIDTH = 80;

  private final Stdio stdio;
  private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);
  private final OptionSpec format;
  private final ColourOption colour;
  private final PositionalParamSpec ids;

  public RulesCommand(Stdio stdio) {
    this.stdio = stdio;
    ids =
        PositionalParamSpec.builder()
            .paramLabel("RULE-ID")
            .arity("0..*")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .completionCandidates(new Ids())
            .description("The rules to explain; without RULE-ID, wscope lists all rules.")
            .build();
    format =
        Choices.of(Format.class, OptionSpec.builder("--format"))
            .paramLabel("FORMAT")
            .defaultValue("text")
            .description(
                "Show rules as text for people (text), or as JSON, one object per rule (json)."
                    + " Default: text.")
            .build();
    spec.usageMessage()
        .description("Lists the rules that wscope checks, or explains rules by example.")
        .footer(
            "",
            "Examples:",
            "  wscope rules",
            "  wscope rules rsv1-without-extension",
            "  wscope rules --format json | jq -r .rule");
    spec.addPositional(ids).addOption(format);
    colour = new ColourOption(spec);
  }

  public CommandSpec spec() {
    return spec;
  }

  @Override
  public Integer call() throws Failure {
    List<String> given = ids.getValue();
    List<Rule> rules = new ArrayList<>();
    List<Fault> stalls = new ArrayList<>();
    if (given == null) {
      rules.addAll(List.of(Rule.values()));
      stalls.addAll(Faults.stalls());
    } else {
      for (String id : given) {
        find(id, rules, stalls);
      }
    }
    Format wanted = format.getValue();
    switch (wanted) {
      case TEXT -> show(rules, stalls, given == null);
      case JSON -> {
        JsonRules json = new JsonRules(stdio.out());
        rules.forEach(rule -> json.rule(rule, RuleGuides.of(rule)));
        stalls.forEach(stall -> json.stall(stall, RuleGuides.of(stall)));
        json.flush();
      }
    }
    return ExitCode.FINE;
  }

  private void show(List<Rule> rules, List<Fault> stalls, boolean all) {
    int columns = stdio.columns() > 0 ? Math.min(stdio.columns(), WIDTH) : WIDTH;
    Screen screen =
        new Screen(stdio.out(), colour.isOn(stdio), stdio.unicode(), LineTimes.OFF, columns);
    RuleReport report = new RuleReport(screen);
    if (all) {
      report.list();
    } else {
      rules.forEach(rule -> report.explain(rule, RuleGuides.of(rule)));
      stalls.forEach(stall -> report.explain(stall, RuleGuides.of(stall)));
    }
    screen.flush();
  }

  private static void find(String id, List<Rule> rules, List<Fault> stalls) throws Failure {
    Rule rule = RuleIds.find(id);
    @Nullable Fault fault = rule == null ? Faults.find(Endpoint.SERVER, id) : null;
    if (rule != null) {
      rules.add(rule);
    } else if (fault != null) {
      stalls.add(fault);
    } else {
      List<String> known = new ArrayList<>();
      new Ids().forEach(known::add);
      throw new Failure(
          ExitCode.USAGE, "unknown rule '" + id + "'" + NearestWord.advice(id, known));
    }
  }

  /** All IDs that can be explained. They are looked up on demand. */
  private static final class Ids implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      List<String> all = new ArrayList<>();
      for (Rule rule : Rule.values()) {
        all.add(rule.id());
      }
      Faults.stalls().forEach(stall -> all.add(stall.id()));
      return all.iterator();
    }
  }
}
