package wscope.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Generates the completion for fish from the model of the commands. */
final class FishCompletion {
  private static final String NO_COMMAND = "complete -c wscope -n __fish_use_subcommand";

  private final StringBuilder script = new StringBuilder();

  private FishCompletion() {}

  static String of(CommandLine root) {
    FishCompletion completion = new FishCompletion();
    completion.write(root);
    return completion.script.toString();
  }

  private void write(CommandLine root) {
    line("# Generated from the options of the commands; do not edit.");
    line("");
    line("complete -c wscope -f");
    root.getCommandSpec().options().forEach(option -> option(NO_COMMAND, option));
    root.getSubcommands()
        .forEach(
            (name, command) -> {
              String summary =
                  CompletionModel.summary(command.getCommandSpec().usageMessage().description());
              line(NO_COMMAND + " -a " + name + " -d " + quoted(summary));
            });
    root.getSubcommands().forEach((name, command) -> command(name, command.getCommandSpec()));
  }

  private void command(String name, CommandSpec spec) {
    line("");
    String start = "complete -c wscope -n '__fish_seen_subcommand_from " + name + "'";
    spec.options().forEach(option -> option(start, option));
    for (PositionalParamSpec argument : spec.positionalParameters()) {
      List<String> values = CompletionModel.values(argument);
      if (!values.isEmpty()) {
        line(operand(name, argument, values) + " -a " + quoted(String.join(" ", values)));
      }
    }
  }

  private static String operand(String command, PositionalParamSpec argument, List<String> values) {
    String start = "complete -c wscope -n '__fish_seen_subcommand_from " + command;
    String before = CompletionModel.onlyAfter(argument);
    if (before != null) {
      return start + "; and __fish_prev_arg_in " + before + "'";
    }
    if (argument.index().isVariable() || argument.arity().isVariable()) {
      return start + "'";
    }
    String others =
        String.join(" ", values.stream().filter(value -> !value.equals(command)).toList());
    return start + "; and not __fish_seen_subcommand_from " + others + "'";
  }

  private void option(String start, OptionSpec option) {
    StringBuilder text = new StringBuilder(start);
    for (String name : option.names()) {
      text.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.charAt(1));
    }
    List<String> values = CompletionModel.values(option);
    if (option.arity().min() > 0) {
      text.append(CompletionModel.isFile(option) ? " -r -F" : " -x");
    }
    if (!values.isEmpty()) {
      text.append(" -a ").append(quoted(values(option, values)));
    }
    line(text + " -d " + quoted(CompletionModel.summary(option)));
  }

  private static String values(ArgSpec argument, List<String> values) {
    String words = String.join(" ", values);
    return CompletionModel.isCommaList(argument) ? "(__fish_append , " + words + ")" : words;
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  private void line(String text) {
    script.append(text).append('\n');
  }
}
