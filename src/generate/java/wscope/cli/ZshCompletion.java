package wscope.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Generates the completion for zsh from the commands: a function for {@code fpath}. */
final class ZshCompletion {
  private final StringBuilder script = new StringBuilder();

  private ZshCompletion() {}

  static String of(CommandLine root) {
    ZshCompletion completion = new ZshCompletion();
    completion.write(root);
    return completion.script.toString();
  }

  private void write(CommandLine root) {
    line("#compdef wscope");
    line("# Generated from the options of the commands; do not edit.");
    line("");
    line("_wscope() {");
    line("  local curcontext=$curcontext state line");
    line("  typeset -A opt_args");
    line("  _arguments -C -S \\");
    root.getCommandSpec().options().forEach(this::option);
    line("    '1: :->command' '*:: :->argument'");
    line("  case $state in");
    line("    command)");
    line("      local -a commands=(");
    root.getSubcommands()
        .forEach(
            (name, command) ->
                line("        " + quoted(name + ":" + summary(command.getCommandSpec()))));
    line("      )");
    line("      _describe command commands");
    line("      ;;");
    line("    argument)");
    line("      case $words[1] in");
    root.getSubcommands().forEach((name, command) -> command(name, command.getCommandSpec()));
    line("      esac");
    line("      ;;");
    line("  esac");
    line("}");
    line("");
    line("# Autoloaded from fpath, it runs at once; sourced, it is registered.");
    line("if [[ $funcstack[1] = _wscope ]]; then _wscope \"$@\"; else compdef _wscope wscope; fi");
  }

  private void command(String name, CommandSpec spec) {
    line("        " + name + ")");
    line("          _arguments -S \\");
    spec.options().forEach(this::option);
    for (PositionalParamSpec argument : spec.positionalParameters()) {
      boolean many = argument.index().isVariable() || argument.arity().isVariable();
      String place = many ? "*" : Integer.toString(argument.index().min() + 1);
      String before = CompletionModel.onlyAfter(argument);
      String value = before == null ? value(argument) : after(before, argument);
      line("            " + quoted(place + value) + " \\");
    }
    line("            && return");
    line("          ;;");
  }

  private void option(OptionSpec option) {
    boolean value = CompletionModel.hasValue(option);
    boolean optional = option.arity().min() == 0;
    for (String name : option.names()) {
      // An option with a list may be repeated.
      StringBuilder spec = new StringBuilder(option.isMultiValue() ? "*" : exclusions(option));
      spec.append(name);
      if (value) {
        spec.append(!name.startsWith("--") ? "+" : optional ? "=-" : "=");
      }
      spec.append('[').append(escape(CompletionModel.summary(option))).append(']');
      if (value) {
        spec.append(optional ? ":" : "").append(value(option));
      }
      line("            " + quoted(spec.toString()) + " \\");
    }
  }

  private static String exclusions(OptionSpec option) {
    return "(" + String.join(" ", option.names()) + ")";
  }

  /** The message that names the value, and the action that completes it. */
  private static String value(ArgSpec argument) {
    List<String> values = CompletionModel.values(argument);
    String action =
        CompletionModel.isFile(argument)
            ? "_files"
            : values.isEmpty()
                ? " "
                : CompletionModel.isCommaList(argument)
                    ? "_values -s , value " + String.join(" ", values)
                    : "(" + String.join(" ", values) + ")";
    return ":" + escape(argument.paramLabel()) + ":" + action;
  }

  /** Values that are completed only after a word. */
  private static String after(String word, ArgSpec argument) {
    String values = String.join(" ", CompletionModel.values(argument));
    String action = "{ [[ $words[CURRENT-1] = " + word + " ]] && compadd " + values + " }";
    return ":" + escape(argument.paramLabel()) + ":" + action;
  }

  private static String summary(CommandSpec spec) {
    return CompletionModel.summary(spec.usageMessage().description());
  }

  /** Escapes characters that are special to _arguments. */
  private static String escape(String text) {
    return text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]").replace(":", "\\:");
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }

  private void line(String text) {
    script.append(text).append('\n');
  }
}
