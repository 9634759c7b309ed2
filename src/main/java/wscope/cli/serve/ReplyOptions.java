package wscope.cli.serve;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;
import wscope.cli.option.Converter;
import wscope.cli.option.FileConverter;
import wscope.cli.option.NearestWord;
import wscope.cli.process.ExitCode;
import wscope.cli.process.Failure;
import wscope.connection.Behaviour;
import wscope.connection.reply.ReadyReplies;
import wscope.connection.reply.Replies;

/** The options for replies by a script. */
final class ReplyOptions {
  private final OptionSpec file;
  private final OptionSpec print;

  ReplyOptions(CommandSpec spec) {
    file =
        FileConverter.option("--reply-file")
            .description(
                "Reply by the rules in this file. The server reads the file again when it changes."
                    + " wscope-reply(5) describes the format.")
            .build();
    print =
        OptionSpec.builder("--print-reply")
            .paramLabel("NAME")
            .type(String.class)
            .converters(new Converter<>(ReplyOptions::name))
            .completionCandidates(ReadyReplies.NAMES)
            .description(
                "Print the rules of --reply NAME, as a start for a file of your own, and exit."
                    + " NAME is graphql-ws, socket.io, mqtt or stomp.")
            .build();
    spec.addOption(file).addOption(print);
  }

  /** Prints the requested script; returns whether one is requested. */
  boolean print(OutputStream out) throws IOException {
    String name = print.getValue();
    if (name == null) {
      return false;
    }
    out.write(ReadyReplies.content(name));
    out.flush();
    return true;
  }

  /**
   * The script to follow.
   *
   * @param behaviour the behaviour that the other options set
   * @throws Failure if the file cannot be read, its script is invalid, or --reply is given, too
   */
  ReplyScript script(Behaviour behaviour) throws Failure {
    Path path = file.getValue();
    Replies replies = behaviour.replies();
    if (path == null) {
      return new ReplyScript(replies == null ? null : replies.current());
    }
    if (replies != null) {
      throw new Failure(
          ExitCode.USAGE, "--reply-file and --reply both set the replies; give one of them");
    }
    return ReplyScript.of(path);
  }

  private static String name(String value) {
    String name = value.toLowerCase(Locale.ROOT);
    if (!ReadyReplies.NAMES.contains(name)) {
      throw new TypeConversionException(
          "'"
              + value
              + "' is not one of "
              + String.join(", ", ReadyReplies.NAMES)
              + NearestWord.advice(value, ReadyReplies.NAMES));
    }
    return name;
  }
}
