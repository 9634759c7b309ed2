package wscope.cli.connect;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import wscope.cli.option.CloseCodes;
import wscope.cli.option.Converter;
import wscope.cli.option.FileConverter;
import wscope.cli.option.QuantityOption;
import wscope.cli.process.ExitCode;
import wscope.cli.process.Failure;
import wscope.cli.process.IoMessages;
import wscope.cli.prompt.PastedBytes;
import wscope.cli.prompt.SentFile;
import wscope.connect.Script;
import wscope.connection.Behaviour;
import wscope.input.spelling.InvalidSpelling;
import wscope.protocol.frame.Opcode;

/** The options for what a client sends, expects, and when it closes. */
final class ScriptOptions {
  private static final Duration LINGER = Duration.ofSeconds(1);
  private static final Duration WITHIN = Duration.ofSeconds(10);

  /** The largest file that is sent as one message. */
  static final long LARGEST = 1L << 30;

  private final OptionSpec text;
  private final OptionSpec hex;
  private final OptionSpec file;
  private final OptionSpec expect;
  private final OptionSpec within;
  private final OptionSpec count;
  private final OptionSpec lasts;
  private final OptionSpec linger;
  private final OptionSpec close;
  private final OptionSpec ping;

  /** The number of steps read so far, which orders steps of different options. */
  private int order;

  /** A step as typed, with its place among all steps. */
  private record Typed(int order, String value) {}

  ScriptOptions(CommandSpec spec) {
    text =
        steps("-x", "--send")
            .paramLabel("TEXT")
            .description(
                "Send this text message when the WebSocket opens. Repeatable, also together with"
                    + " the next three options: wscope takes these steps in their order.")
            .build();
    hex =
        steps("--send-hex")
            .paramLabel("BYTES")
            .description("Send a binary message with these bytes, written as for decode.")
            .build();
    file =
        steps("--send-file")
            .paramLabel("FILE")
            .description(
                "Send the contents of this file: as a text message if they are UTF-8, otherwise as"
                    + " a binary message.")
            .build();
    expect =
        steps("--expect")
            .paramLabel("PATTERN")
            .description(
                "Wait for a message that contains this regular expression, or for a JSON message"
                    + " with a value at a JSON pointer, as in /data/0/id=7. Exit with 1 if none"
                    + " arrives.")
            .build();
    within = QuantityOption.time("--within", WITHIN, "Wait at most TIME for each --expect.");
    count =
        QuantityOption.count("--count", 1_000_000_000)
            .description("Close after this many received messages.")
            .build();
    lasts = QuantityOption.time("--for").description("Close after this time.").build();
    linger =
        QuantityOption.time(
            "--linger",
            LINGER,
            "Close when nothing has arrived for TIME after the last message was sent, unless"
                + " --expect, --count or --for says when to close.");
    close =
        OptionSpec.builder("--close")
            .paramLabel("CODE[:REASON]")
            .type(Behaviour.Close.class)
            .converters(new CloseConverter())
            .completionCandidates(new CloseCodes())
            .description("Close with this code and reason. Default: 1000.")
            .build();
    spec.addOption(text).addOption(hex).addOption(file).addOption(expect).addOption(within);
    ping =
        QuantityOption.time("--ping")
            .description("Send a ping at this interval; the end shows the round-trip times.")
            .build();
    spec.addOption(ping).addOption(count).addOption(lasts).addOption(linger).addOption(close);
  }

  private OptionSpec.Builder steps(String... names) {
    return OptionSpec.builder(names)
        .type(List.class)
        .auxiliaryTypes(Typed.class)
        .converters(new Converter<>(value -> new Typed(order++, value)));
  }

  /** Whether the options send anything. If so, standard input is not read. */
  boolean sends() {
    return !typed(text).isEmpty() || !typed(hex).isEmpty() || !typed(file).isEmpty();
  }

  /** Whether the options say when the client closes. */
  boolean closes() {
    return count.getValue() != null || lasts.getValue() != null || !typed(expect).isEmpty();
  }

  /**
   * The script that the options set.
   *
   * @param hasInput whether lines of standard input or a prompt follow
   * @param staysOpen whether the client waits for the server or the user to close
   * @param halfCloses whether the client ends its side of TCP instead of sending a Close
   */
  Script script(boolean hasInput, boolean staysOpen, boolean halfCloses) throws Failure {
    @Nullable Long most = count.getValue();
    Behaviour.@Nullable Close wanted = close.getValue();
    return new Script(
        steps(),
        within.getValue(),
        hasInput,
        staysOpen,
        linger.getValue(),
        lasts.getValue(),
        most == null ? 0 : most,
        wanted == null ? new Behaviour.Close(1000, "") : wanted,
        halfCloses);
  }

  /** The given behaviour with the pings that the options set. */
  Behaviour behaviour(Behaviour behaviour) {
    @Nullable Duration every = ping.getValue();
    return every == null ? behaviour : behaviour.ping(every);
  }

  /** The steps of all options, in the order of the command line. */
  private List<Script.Step> steps() throws Failure {
    record Placed(int order, Script.Step step) {}
    List<Placed> placed = new ArrayList<>();
    for (Typed typed : typed(text)) {
      placed.add(new Placed(typed.order, text(typed.value)));
    }
    for (Typed typed : typed(hex)) {
      placed.add(new Placed(typed.order, bytes(typed.value)));
    }
    for (Typed typed : typed(file)) {
      placed.add(new Placed(typed.order, file(typed.value)));
    }
    for (Typed typed : typed(expect)) {
      placed.add(new Placed(typed.order, Expectations.of(typed.value)));
    }
    placed.sort(Comparator.comparingInt(Placed::order));
    return placed.stream().map(Placed::step).toList();
  }

  private static Script.Send text(String value) {
    return new Script.Send(Opcode.TEXT, ByteBuffer.wrap(value.getBytes(UTF_8)));
  }

  private static Script.Send bytes(String value) throws Failure {
    try {
      return new Script.Send(Opcode.BINARY, PastedBytes.of(value, null).joined());
    } catch (InvalidSpelling e) {
      throw new Failure(ExitCode.USAGE, "--send-hex: " + e.getMessage() + "; " + e.advice());
    }
  }

  /** Reads a file as one message. */
  private static Script.Send file(String name) throws Failure {
    Path path = new FileConverter().convert(name);
    try (InputStream in = Files.newInputStream(path)) {
      // A device has no size, and may never end.
      byte[] content = in.readNBytes((int) LARGEST + 1);
      if (content.length > LARGEST) {
        throw new Failure(ExitCode.IO, path + " is larger than 1024 MiB");
      }
      return new Script.Send(SentFile.type(ByteBuffer.wrap(content)), ByteBuffer.wrap(content));
    } catch (IOException e) {
      throw IoMessages.unreadable(path, e);
    } catch (OutOfMemoryError e) {
      throw new Failure(ExitCode.IO, path + " does not fit in memory");
    }
  }

  private static List<Typed> typed(OptionSpec option) {
    @Nullable List<Typed> values = option.getValue();
    return values == null ? List.of() : values;
  }
}
