package wscope.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import wscope.cli.option.OptionSections;
import wscope.cli.process.ExitCode;

/** Generates the manual page of a command from its model. */
final class ManPage {
  private final CommandSpec spec;
  private final String name;
  private final Roff page;

  private ManPage(CommandSpec spec) {
    this.spec = spec;
    name = spec.qualifiedName("-");
    page = new Roff(name, 1, String.join(" ", spec.usageMessage().description()));
  }

  static String of(CommandSpec spec) throws IOException {
    return new ManPage(spec).write();
  }

  private String write() throws IOException {
    page.section("SYNOPSIS");
    synopsis();
    footer(Arrays.asList(spec.usageMessage().footer()));
    if (!spec.subcommands().isEmpty()) {
      page.section("COMMANDS");
      spec.subcommands()
          .forEach(
              (sub, command) ->
                  page.entry(
                      Roff.bold(sub), command.getCommandSpec().usageMessage().description()));
    }
    page.section("OPTIONS");
    for (PositionalParamSpec positional : spec.positionalParameters()) {
      page.entry(Roff.italic(positional.paramLabel()), positional.description());
    }
    options(OptionSections.of(spec));
    page.section("EXIT STATUS");
    ExitCode.of(spec.name()).forEach(page::entry);
    if (!Environment.of(spec).isEmpty()) {
      page.section("ENVIRONMENT");
      Environment.of(spec).forEach((variable, text) -> page.entry(Roff.bold(variable), text));
    }
    Markdown.addSections(spec.name(), page);
    page.seeAlso(others());
    return page.toString();
  }

  /** Sections, each of an empty line, a heading with a colon, and literal lines. */
  private void footer(List<String> lines) {
    for (int start = 0; start < lines.size(); ) {
      int next = lines.subList(start + 1, lines.size()).indexOf("");
      int end = next < 0 ? lines.size() : start + 1 + next;
      String heading = lines.get(start + 1).replace(":", "");
      page.section(heading.toUpperCase(Locale.ROOT));
      page.literal(lines.subList(start + 2, end));
      start = end;
    }
  }

  private void synopsis() {
    String[] usages = spec.usageMessage().customSynopsis();
    for (int i = 0; i < usages.length; i++) {
      if (i > 0) {
        page.line(".br");
      }
      page.line(".B " + Roff.escape(spec.qualifiedName()));
      String words = usages[i].strip().substring(spec.qualifiedName().length() + 1);
      page.line(Roff.escape(words).replaceAll("[A-Z]+", "\\\\fI$0\\\\fR"));
    }
    if (usages.length == 0) {
      usualSynopsis();
    }
  }

  private void usualSynopsis() {
    StringBuilder synopsis = new StringBuilder("[\\fIOPTION\\fR]...");
    if (!spec.subcommands().isEmpty()) {
      synopsis.append(" [\\fICOMMAND\\fR]");
    }
    for (PositionalParamSpec positional : spec.positionalParameters()) {
      String label = Roff.italic(positional.paramLabel());
      String more = positional.arity().isVariable() ? "..." : "";
      synopsis.append(' ').append(positional.required() ? label : "[" + label + "]").append(more);
    }
    page.line(".B " + Roff.escape(spec.qualifiedName()));
    page.line(synopsis.toString());
  }

  private void options(List<OptionSections.Section> sections) {
    for (OptionSections.Section section : sections) {
      if (sections.size() > 1) {
        page.subsection(section.heading());
      }
      for (OptionSpec option : section.options()) {
        page.entry(names(option), option.description());
      }
    }
  }

  private static String names(OptionSpec option) {
    String names = Arrays.stream(option.names()).map(Roff::bold).collect(Collectors.joining(", "));
    if (option.arity().max() == 0) {
      return names;
    }
    String label = Roff.italic(option.paramLabel());
    return option.arity().min() == 0 ? names + "[=" + label + "]" : names + " " + label;
  }

  private List<String> others() {
    CommandSpec root = spec.root();
    List<String> pages = new ArrayList<>();
    if (spec != root) {
      pages.add("wscope(1)");
    }
    for (String sub : root.subcommands().keySet()) {
      if (!sub.equals("help") && !name.equals("wscope-" + sub)) {
        pages.add("wscope-" + sub + "(1)");
      }
    }
    pages.add("wscope-json(5)");
    pages.add("wscope-reply(5)");
    pages.add("wscope-rules(7)");
    return pages;
  }
}
