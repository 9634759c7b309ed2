package wscope.cli.option;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;
import wscope.protocol.rule.RuleIds;

/** Describes the error in a command line and suggests the nearest valid word. */
public final class UsageErrors {
  private UsageErrors() {}

  /**
   * Describes the error in wscope's own words, because picocli's messages do not suggest another
   * word.
   */
  public static String message(ParameterException e) {
    if (e instanceof UnmatchedArgumentException unmatched) {
      return unmatched(unmatched.getCommandLine(), unmatched.getUnmatched().get(0));
    }
    boolean isMissing =
        e instanceof MissingParameterException missing && !missing.getMissing().isEmpty();
    ArgSpec argument =
        isMissing ? ((MissingParameterException) e).getMissing().get(0) : e.getArgSpec();
    List<String> unknown = e.getCommandLine().getUnmatchedArguments();
    if (argument != null && argument.isPositional() && !unknown.isEmpty()) {
      // An unknown option is the nearer cause of a missing or wrong argument than the argument.
      return unmatched(e.getCommandLine(), unknown.get(0));
    }
    if (isMissing && argument != null) {
      return missing(argument);
    }
    if (e instanceof OverwrittenOptionException twice) {
      return name(twice.getOverwritten()) + " is given twice; give it once";
    }
    if (argument == null) {
      return String.valueOf(e.getMessage());
    }
    boolean isSwitch = argument.type() == boolean.class;
    Throwable cause = e.getCause();
    if (cause instanceof TypeConversionException && !isSwitch) {
      return name(argument) + ": " + cause.getMessage();
    }
    return name(argument) + (isSwitch ? " takes no value" : ": " + e.getMessage());
  }

  private static String missing(ArgSpec argument) {
    String name = name(argument);
    return argument.isOption()
        ? name + " needs a value; write " + name + " " + argument.paramLabel()
        : name + " is missing";
  }

  private static String name(ArgSpec argument) {
    return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
  }

  private static String unmatched(CommandLine command, String word) {
    if (word.length() > 1 && word.startsWith("-")) {
      return noOption(word, command.getCommandSpec());
    }
    return command.getSubcommands().isEmpty()
        ? unexpected(word, command.getCommandSpec())
        : noCommand(word, command);
  }

  /** The error for a word that was not taken for the value of an option before it. */
  private static String invalid(OptionSpec option, String word) {
    try {
      for (ITypeConverter<?> converter : option.converters()) {
        converter.convert(word);
      }
      return option.longestName() + ": write the value with an equals sign";
    } catch (Exception e) {
      return option.longestName() + ": " + e.getMessage();
    }
  }

  /**
   * The error for an argument that a command does not take. After an option with an optional value,
   * it must be a wrong value, unless there is better advice.
   */
  public static String unexpected(String word, CommandSpec spec) {
    String advice = advice(word, spec);
    List<String> args = spec.commandLine().getParseResult().originalArgs();
    for (int i = 1; i < args.size() && advice.isEmpty(); i++) {
      OptionSpec before = spec.findOption(args.get(i - 1));
      if (args.get(i).equals(word)
          && before != null
          && before.preprocessor() instanceof OptionalValue) {
        return invalid(before, word);
      }
    }
    return "unexpected argument '" + word + "'" + advice;
  }

  /**
   * Advice for users of other servers and proxies, which take the port or the URL as an argument,
   * and for rule IDs.
   */
  private static String advice(String word, CommandSpec spec) {
    if (spec.name().equals("rules") && RuleIds.find(word) != null) {
      return "; to explain it: wscope explain " + word;
    }
    if (spec.findOption("--to") != null && word.matches(":\\d+.*|[a-z]+://.*")) {
      return "; did you mean --to " + word + "?";
    }
    boolean isPort = spec.findOption("--port") != null && word.matches("[0-9]{1,5}");
    return isPort ? "; did you mean --port " + word + "?" : "";
  }

  /** The error for an unknown subcommand. */
  public static String noCommand(String word, CommandLine command) {
    return no("command", word, command.getSubcommands().keySet());
  }

  /** The error for a value that is not one of a few words. */
  public static String noneOf(String value, Collection<String> words) {
    String known = String.join(", ", words);
    return "'" + value + "' is not one of " + known + NearestWord.advice(value, words);
  }

  private static String noOption(String word, CommandSpec spec) {
    List<String> names = new ArrayList<>();
    if (word.length() == 2) {
      // Suggest nothing, because no word is near a single letter.
      return "unknown option '" + word + "'";
    }
    spec.optionsMap().keySet().stream().filter(name -> name.length() > 2).forEach(names::add);
    int equals = word.indexOf('=');
    return no("option", equals < 0 ? word : word.substring(0, equals), names);
  }

  private static String no(String kind, String word, Collection<String> words) {
    return "unknown " + kind + " '" + word + "'" + NearestWord.advice(word, words);
  }
}
