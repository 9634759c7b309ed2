package wscope.cli;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Generates the completion for bash from the model of the commands. */
final class BashCompletion {
  private static final String START =
      """
      # Generated from the options of the commands; do not edit.

      _wscope() {
        local word=${COMP_WORDS[COMP_CWORD]} command= option= options= valued= other
        local -a operands=()
        COMPREPLY=()
        _wscope_options
        for other in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
          case $other in
            =) ;; # bash splits --option=VALUE into three words
            -*) [[ $valued == *" $other "* ]] && option=$other || option= ;;
            *)
              if [[ -n $option ]]; then
                option=
              elif [[ -z $command ]]; then
                command=$other
                _wscope_options
              else
                operands+=("$other")
              fi
              ;;
          esac
        done
        [[ $word != = ]] || word=
        if [[ -n $option ]]; then
          _wscope_value
        elif [[ $word == -* ]]; then
          _wscope_reply "$options"
        else
          _wscope_operand
        fi
      }

      _wscope_reply() {
        COMPREPLY=($(compgen -W "$1" -- "$word"))
      }

      # Completes the last word of a comma-separated list.
      _wscope_list() {
        compopt -o nospace 2>/dev/null
        COMPREPLY=($(compgen -P "${word%"${word##*,}"}" -W "$1" -- "${word##*,}"))
      }

      _wscope_files() {
        local IFS=$'\\n'
        compopt -o filenames 2>/dev/null
        COMPREPLY=($(compgen -f -- "$word"))
      }
      """;

  private final StringBuilder script = new StringBuilder(START);

  private BashCompletion() {}

  static String of(CommandLine root) {
    BashCompletion completion = new BashCompletion();
    completion.options(root);
    completion.values(root);
    completion.operands(root);
    completion.line("");
    completion.line("complete -F _wscope wscope");
    return completion.script.toString();
  }

  /** The option names of each command, and those of them that take a value. */
  private void options(CommandLine root) {
    begin("_wscope_options", "$command");
    options("", root.getCommandSpec());
    root.getSubcommands().forEach((name, command) -> options(name, command.getCommandSpec()));
    end();
  }

  private void options(String command, CommandSpec spec) {
    line("    " + (command.isEmpty() ? "''" : command) + ")");
    line("      options='" + String.join(" ", names(spec, option -> true)) + "'");
    // An optional value is part of the same word.
    String valued = String.join(" ", names(spec, option -> option.arity().min() > 0));
    line("      valued=' " + valued + " '");
    line("      ;;");
  }

  private static List<String> names(CommandSpec spec, Predicate<OptionSpec> wanted) {
    List<String> names = new ArrayList<>();
    spec.options().stream().filter(wanted).forEach(option -> names.addAll(names(option)));
    return names;
  }

  private static List<String> names(OptionSpec option) {
    return List.of(option.names());
  }

  private void values(CommandLine root) {
    begin("_wscope_value", "\"$command $option\"");
    root.getSubcommands()
        .forEach(
            (name, command) -> {
              for (OptionSpec option : command.getCommandSpec().options()) {
                String action = action(option);
                if (!action.isEmpty()) {
                  List<String> cases =
                      names(option).stream().map(o -> "'" + name + " " + o + "'").toList();
                  line("    " + String.join(" | ", cases) + ") " + action + " ;;");
                }
              }
            });
    end();
  }

  private void operands(CommandLine root) {
    begin("_wscope_operand", "\"$command ${#operands[@]} ${operands[0]}\"");
    line("    ' 0 ') " + reply(root.getSubcommands().keySet()) + " ;;");
    root.getSubcommands()
        .forEach(
            (name, command) -> {
              for (PositionalParamSpec argument : command.getCommandSpec().positionalParameters()) {
                String action = action(argument);
                if (!action.isEmpty()) {
                  line("    " + pattern(name, argument) + ") " + action + " ;;");
                }
              }
            });
    end();
  }

  /** The pattern for the command, the number of operands before this one, and the first of them. */
  private static String pattern(String command, PositionalParamSpec argument) {
    String before = CompletionModel.onlyAfter(argument);
    if (before != null) {
      return "'" + command + " 1 " + before + "'";
    }
    boolean many = argument.index().isVariable() || argument.arity().isVariable();
    return many ? "'" + command + " '*" : "'" + command + " " + argument.index().min() + " '";
  }

  private static String action(ArgSpec argument) {
    List<String> values = CompletionModel.values(argument);
    if (CompletionModel.isFile(argument)) {
      return "_wscope_files";
    }
    if (values.isEmpty()) {
      return "";
    }
    return CompletionModel.isCommaList(argument)
        ? "_wscope_list '" + String.join(" ", values) + "'"
        : reply(values);
  }

  private static String reply(Collection<String> words) {
    return "_wscope_reply '" + String.join(" ", words) + "'";
  }

  private void begin(String function, String word) {
    line("");
    line(function + "() {");
    line("  case " + word + " in");
  }

  private void end() {
    line("  esac");
    line("}");
  }

  private void line(String text) {
    script.append(text).append('\n');
  }
}
