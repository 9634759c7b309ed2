package wscope.cli;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;
import wscope.protocol.rule.NearestWord;

/** Tells what was wrong with a command line, and the nearest word that is right. */
final class Misuse {
  private Misuse() {}

  /** What was wrong, in words of ours where picocli's name no other word to type. */
  static String told(ParameterException e) {
    return e instanceof UnmatchedArgumentException unmatched
        ? unmatched(unmatched)
        : String.valueOf(e.getMessage());
  }

  private static String unmatched(UnmatchedArgumentException e) {
    CommandLine command = e.getCommandLine();
    String word = e.getUnmatched().get(0);
    if (word.length() > 1 && word.startsWith("-")) {
      return noOption(word, command.getCommandSpec());
    }
    return command.getSubcommands().isEmpty()
        ? "'" + word + "' is one argument too many"
        : noCommand(word, command);
  }

  /** That the command has no such subcommand. */
  static String noCommand(String word, CommandLine command) {
    return no("command", word, command.getSubcommands().keySet());
  }

  private static String noOption(String word, CommandSpec spec) {
    List<String> names = new ArrayList<>();
    if (word.length() == 2) {
      // A letter is like none of the words.
      return "there is no option '" + word + "'";
    }
    spec.optionsMap().keySet().stream().filter(name -> name.length() > 2).forEach(names::add);
    int equals = word.indexOf('=');
    return no("option", equals < 0 ? word : word.substring(0, equals), names);
  }

  private static String no(String kind, String word, Collection<String> words) {
    return "there is no " + kind + " '" + word + "'" + NearestWord.advice(word, words);
  }
}
