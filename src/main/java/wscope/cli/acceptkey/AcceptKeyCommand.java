package wscope.cli.acceptkey;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import wscope.cli.option.FileConverter;
import wscope.cli.option.Flag;
import wscope.cli.process.ExitCode;
import wscope.cli.process.Failure;
import wscope.cli.process.IoMessages;
import wscope.cli.process.NamedInput;
import wscope.cli.process.Stdio;
import wscope.protocol.handshake.AcceptKey;
import wscope.report.text.LineTimes;
import wscope.report.text.Screen;

/** {@code wscope accept-key}: computes Sec-WebSocket-Accept from Sec-WebSocket-Key. */
public final class AcceptKeyCommand implements Callable<Integer> {
  private static final int NONCE_BYTES = 16;

  private final Stdio stdio;
  private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);
  private final OptionSpec explain;
  private final OptionSpec check;
  private final OptionSpec response;
  private final OptionSpec generate;
  private final OptionSpec force;
  private final OptionSpec file;
  private final PositionalParamSpec keys;

  public AcceptKeyCommand(Stdio stdio) {
    this.stdio = stdio;
    explain =
        Flag.of(
            "--explain", "Show each step of the computation: key, key and GUID, SHA-1, base64.");
    check =
        OptionSpec.builder("--check")
            .paramLabel("VALUE")
            .type(String.class)
            .description(
                "Compare the result with VALUE, which a server sent, or with a header line that has"
                    + " it. If they differ, name the mistake of the server and exit with 1.")
            .build();
    response =
        Flag.of("--response", "Print the whole 101 response for the key, with CRLF line ends.");
    generate = Flag.of("--generate", "Print a fresh key, made of 16 random bytes.");
    force =
        Flag.of(
            "--force", "Compute the value even if the key is malformed; the exit code is still 1.");
    file =
        FileConverter.input("--file")
            .description("Read a file with keys or heads; - is standard input.")
            .build();
    keys =
        PositionalParamSpec.builder()
            .paramLabel("KEY")
            .arity("0..*")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .description(
                "A key, a key and the value that a server sent for it, header lines, or whole heads;"
                    + " a value is checked. If KEY is absent or -, wscope reads standard input.")
            .build();
    spec.usageMessage()
        .description("Computes Sec-WebSocket-Accept from Sec-WebSocket-Key.")
        .footer(
            "",
            "Examples:",
            "  wscope accept-key dGhlIHNhbXBsZSBub25jZQ==",
            "  wscope accept-key --explain dGhlIHNhbXBsZSBub25jZQ==",
            "  wscope accept-key --check s3pPLMBiTxaQ9kYGzzhZRbK+xOo= \\",
            "      dGhlIHNhbXBsZSBub25jZQ==",
            "  wscope accept-key --file heads.txt");
    spec.addOption(explain).addOption(check).addOption(response).addOption(generate);
    spec.addOption(force).addOption(file).addPositional(keys);
  }

  public CommandSpec spec() {
    return spec;
  }

  @Override
  public Integer call() throws IOException, Failure {
    Screen out = new Screen(stdio.out(), false, stdio.unicode(), LineTimes.OFF, stdio.columns());
    Screen notes = Screen.ofNotes(stdio.err(), stdio.unicode(), stdio.columns());
    KeyAnswers answers =
        new KeyAnswers(out, notes, Flag.isSet(explain), Flag.isSet(force), Flag.isSet(response));
    if (Flag.isSet(generate)) {
      return generate(answers);
    }
    KeyInput input = input(notes);
    if (check.getValue() == null) {
      for (KeyInput.Item item = input.next(); item != null; item = input.next()) {
        answers.add(item);
      }
    } else {
      answers.add(onlyKey(input));
      answers.add(new KeyInput.Item.Accept(expected(check.getValue())));
    }
    return answers.end() ? ExitCode.FINE : ExitCode.BROKEN;
  }

  private int generate(KeyAnswers answers) throws Failure {
    List<String> words = keys.getValue();
    Path path = file.getValue();
    if (path != null || check.getValue() != null || (words != null && !words.isEmpty())) {
      throw new Failure(ExitCode.USAGE, "--generate makes a key; remove the other key");
    }
    byte[] nonce = new byte[NONCE_BYTES];
    new SecureRandom().nextBytes(nonce);
    answers.generated(AcceptKey.of(Base64.getEncoder().encodeToString(nonce)));
    return ExitCode.FINE;
  }

  private static KeyInput.Item onlyKey(KeyInput input) throws IOException, Failure {
    List<KeyInput.Item> found = new ArrayList<>();
    for (KeyInput.Item item = input.next(); item != null; item = input.next()) {
      if (item instanceof KeyInput.Item.Key) {
        found.add(item);
      }
    }
    if (found.isEmpty()) {
      throw KeyAnswers.noKey();
    }
    if (found.size() > 1) {
      throw new Failure(ExitCode.USAGE, "--check works with one key only");
    }
    return found.get(0);
  }

  /** The value of a header line or of a head, or the text itself. */
  private static String expected(String text) throws IOException, Failure {
    KeyInput input = KeyInput.of(List.of(text));
    for (KeyInput.Item item = input.next(); item != null; item = input.next()) {
      if (item instanceof KeyInput.Item.Accept accept && text.indexOf(':') >= 0) {
        return accept.value();
      }
    }
    return text;
  }

  private KeyInput input(Screen notes) throws Failure {
    List<String> words = keys.getValue();
    Path path = file.getValue();
    boolean given = words != null && !words.isEmpty() && !words.equals(List.of("-"));
    if (path != null && given) {
      throw new Failure(ExitCode.USAGE, "give the key or --file, not both");
    }
    if (path != null && !path.toString().equals("-")) {
      return KeyInput.of(open(path));
    }
    if (words != null && given) {
      return check.getValue() == null ? KeyInput.withValue(words) : KeyInput.of(words);
    }
    if (stdio.inputIsTerminal()) {
      notes.text("Type a key and press Enter; Ctrl+D ends the input.").endLine();
      notes.flush();
    }
    return KeyInput.of(stdio.in());
  }

  private static NamedInput open(Path path) throws Failure {
    try {
      return new NamedInput("the file " + path, Files.newInputStream(path));
    } catch (IOException e) {
      throw IoMessages.unreadable(path, e);
    }
  }
}
