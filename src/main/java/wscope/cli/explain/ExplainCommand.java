package wscope.cli.explain;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import wscope.cli.option.Choices;
import wscope.cli.option.ColourOption;
import wscope.cli.option.Format;
import wscope.cli.option.RuleGuides;
import wscope.cli.process.ExitCode;
import wscope.cli.process.Failure;
import wscope.cli.process.Stdio;
import wscope.explain.Explainer;
import wscope.explain.Found;
import wscope.report.json.JsonExplanations;
import wscope.report.json.JsonRules;
import wscope.report.text.ExplanationReport;
import wscope.report.text.LineTimes;
import wscope.report.text.RuleReport;
import wscope.report.text.Screen;

/** {@code wscope explain}: explains codes, headers, terms, rules and error texts. */
public final class ExplainCommand implements Callable<Integer> {
  /** The width of a line without a terminal. */
  private static final int WIDTH = 80;

  private final Stdio stdio;
  private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);
  private final OptionSpec format;
  private final ColourOption colour;
  private final PositionalParamSpec what;

  public ExplainCommand(Stdio stdio) {
    this.stdio = stdio;
    what =
        PositionalParamSpec.builder()
            .paramLabel("WHAT")
            .arity("0..*")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .completionCandidates(new Names())
            .description(
                "A close code (1006), an opcode (0xb), an HTTP status, the name of a header, a"
                    + " term (RSV1), a rule, or an error text with anything around it. If WHAT is"
                    + " absent or -, wscope reads a text from standard input.")
            .build();
    format =
        Choices.of(Format.class, OptionSpec.builder("--format"))
            .paramLabel("FORMAT")
            .defaultValue("text")
            .description(
                "Show explanations as text for people (text), or as JSON, one object per line"
                    + " (json). Default: text.")
            .build();
    spec.usageMessage()
        .description(
            "Explains an error text, a code, a header or a rule: what it means, whose side it is,"
                + " and what usually causes it.")
        .footer(
            "",
            "Examples:",
            "  wscope explain 1006",
            "  wscope explain opcode 11",
            "  wscope explain ECONNREFUSED",
            "  wscope explain rsv1-without-extension",
            "  wscope explain \"Unexpected response code: 426\"",
            "  tail -n 20 server.log | wscope explain -");
    spec.addPositional(what).addOption(format);
    colour = new ColourOption(spec);
  }

  public CommandSpec spec() {
    return spec;
  }

  @Override
  public Integer call() throws IOException, Failure {
    List<String> words = words();
    if (words.stream().allMatch(String::isBlank)) {
      CommandLine command = spec.commandLine();
      command.usage(command.getErr());
      return ExitCode.USAGE;
    }
    Explainer explainer = new Explainer();
    List<Found> found = new ArrayList<>();
    for (String question : Questions.of(words, explainer)) {
      List<Found> about = explainer.explain(question);
      if (about.isEmpty()) {
        throw unknown(question, explainer);
      }
      found.addAll(about);
    }
    Format wanted = format.getValue();
    switch (wanted) {
      case TEXT -> show(found);
      case JSON -> write(found);
    }
    return ExitCode.FINE;
  }

  /** The words to explain; none if a person must be shown how to give them. */
  private List<String> words() throws IOException, Failure {
    List<String> given = what.getValue();
    if (given != null && !given.equals(List.of("-"))) {
      return given;
    }
    return given == null && stdio.inputIsTerminal()
        ? List.of()
        : List.of(Questions.read(stdio.in()));
  }

  private Failure unknown(String question, Explainer explainer) {
    Nearest nearest = Nearest.to(question, explainer);
    Format wanted = format.getValue();
    if (wanted == Format.JSON) {
      JsonExplanations json = new JsonExplanations(stdio.out());
      json.unexplained(nearest.beginning(), nearest.names());
      json.flush();
    }
    return new Failure(ExitCode.BROKEN, nearest.message());
  }

  private void show(List<Found> found) {
    int columns = stdio.columns() > 0 ? stdio.columns() : WIDTH;
    Screen screen =
        new Screen(stdio.out(), colour.isOn(stdio), stdio.unicode(), LineTimes.OFF, columns);
    RuleReport rules = new RuleReport(screen);
    ExplanationReport explanations = new ExplanationReport(screen);
    for (int i = 0; i < found.size(); i++) {
      if (i > 0) {
        screen.endLine();
        screen.endLine();
      }
      Found one = found.get(i);
      if (one instanceof Found.OfRule rule) {
        rules.explain(rule.rule(), RuleGuides.of(rule.rule()));
      } else if (one instanceof Found.OfStall stall) {
        rules.explain(stall.stall(), RuleGuides.of(stall.stall()));
      } else {
        explanations.show(Explanations.of((Found.OfEntry) one));
      }
    }
    screen.flush();
  }

  private void write(List<Found> found) {
    for (Found one : found) {
      if (one instanceof Found.OfEntry entry) {
        JsonExplanations json = new JsonExplanations(stdio.out());
        json.write(Explanations.of(entry));
        json.flush();
      } else {
        JsonRules json = new JsonRules(stdio.out());
        if (one instanceof Found.OfRule rule) {
          json.rule(rule.rule(), RuleGuides.of(rule.rule()));
        } else if (one instanceof Found.OfStall stall) {
          json.stall(stall.stall(), RuleGuides.of(stall.stall()));
        }
        json.flush();
      }
    }
  }
}
