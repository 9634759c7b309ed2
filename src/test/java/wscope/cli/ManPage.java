package wscope.cli;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The manual page of a command, made from its model, in the language of man(7). */
final class ManPage {
  private static final int LONGEST_LINE = 80;

  private final StringBuilder page = new StringBuilder();
  private final CommandSpec spec;
  private final String name;

  private ManPage(CommandSpec spec) {
    this.spec = spec;
    name = spec.qualifiedName("-");
  }

  static String of(CommandSpec spec) {
    return new ManPage(spec).write();
  }

  private String write() {
    line(".\\\" Generated from the options of the command; do not edit.");
    line(".TH " + name.toUpperCase(java.util.Locale.ROOT) + " 1 2026-11-21 wscope");
    section("NAME");
    String purpose = String.join(" ", spec.usageMessage().description());
    paragraph(name + " \\- ", purpose);
    section("SYNOPSIS");
    synopsis();
    section("OPTIONS");
    for (PositionalParamSpec positional : spec.positionalParameters()) {
      entry("\\fI" + escape(positional.paramLabel()) + "\\fR", positional.description());
    }
    options(OptionSections.of(spec));
    if (!spec.subcommands().isEmpty()) {
      section("COMMANDS");
      spec.subcommands()
          .forEach(
              (sub, command) ->
                  entry(
                      "\\fB" + escape(sub) + "\\fR",
                      command.getCommandSpec().usageMessage().description()));
    }
    section("EXIT STATUS");
    spec.usageMessage().exitCodeList().forEach((code, text) -> entry(code, text));
    footer(spec.usageMessage().footer());
    section("SEE ALSO");
    line(seeAlso());
    return page.toString();
  }

  private void synopsis() {
    StringBuilder synopsis = new StringBuilder(".B " + escape(spec.qualifiedName()) + "\n");
    synopsis.append("[\\fIOPTION\\fR]...");
    if (!spec.subcommands().isEmpty()) {
      synopsis.append(" [\\fICOMMAND\\fR]");
    }
    for (PositionalParamSpec positional : spec.positionalParameters()) {
      String more = positional.arity().isVariable() ? "..." : "";
      synopsis
          .append(" [\\fI")
          .append(escape(positional.paramLabel()))
          .append("\\fR]")
          .append(more);
    }
    line(synopsis.toString());
  }

  private void options(List<OptionSections.Section> sections) {
    for (OptionSections.Section section : sections) {
      if (sections.size() > 1) {
        line(".SS " + escape(section.heading()));
      }
      for (OptionSpec option : section.options()) {
        entry(names(option), option.description());
      }
    }
  }

  private static String names(OptionSpec option) {
    StringBuilder names = new StringBuilder();
    for (String optionName : option.names()) {
      names.append(names.isEmpty() ? "" : ", ").append("\\fB").append(escape(optionName));
      names.append("\\fR");
    }
    if (option.arity().max() > 0) {
      names.append(" \\fI").append(escape(option.paramLabel())).append("\\fR");
    }
    return names.toString();
  }

  /** A footer has a heading that ends with a colon, then lines that stand as they are. */
  private void footer(String... lines) {
    boolean open = false;
    for (String text : lines) {
      if (text.endsWith(":") && !text.startsWith(" ")) {
        closeExample(open);
        section(text.substring(0, text.length() - 1).toUpperCase(java.util.Locale.ROOT));
        line(".nf");
        open = true;
      } else if (!text.isEmpty()) {
        line(escape(text));
      }
    }
    closeExample(open);
  }

  private void closeExample(boolean open) {
    if (open) {
      line(".fi");
    }
  }

  private String seeAlso() {
    CommandSpec root = spec.root();
    List<String> pages =
        root.subcommands().keySet().stream().filter(sub -> !sub.equals("help")).toList();
    StringBuilder text = new StringBuilder();
    if (spec != root) {
      text.append(".BR wscope (1)");
    }
    for (String sub : pages) {
      if (!name.equals("wscope-" + sub)) {
        text.append(text.isEmpty() ? "" : ",\n");
        text.append(".BR ").append(escape("wscope-" + sub)).append(" (1)");
      }
    }
    return text.toString();
  }

  private void section(String title) {
    line(".SH " + title);
  }

  private void entry(String term, String... text) {
    line(".TP");
    line(term);
    paragraph("", String.join(" ", text));
  }

  /** Text in lines of at most 80 characters. */
  private void paragraph(String start, String text) {
    StringBuilder current = new StringBuilder(start);
    for (String word : text.split(" ", -1)) {
      String next = escape(word);
      if (current.length() + next.length() >= LONGEST_LINE) {
        line(current.toString().stripTrailing());
        current.setLength(0);
      }
      current.append(next).append(' ');
    }
    line(current.toString().stripTrailing());
  }

  private void line(String text) {
    page.append(text).append('\n');
  }

  private static String escape(String text) {
    String escaped = text.replace("\\", "\\e").replace("-", "\\-");
    return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
  }
}
