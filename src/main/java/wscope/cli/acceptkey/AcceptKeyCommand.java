package wscope.cli.acceptkey;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import wscope.cli.option.Flag;
import wscope.cli.process.ExitCode;
import wscope.cli.process.Failure;
import wscope.cli.process.Stdio;
import wscope.protocol.handshake.AcceptKey;
import wscope.protocol.rule.Violation;
import wscope.report.text.AcceptKeyReport;
import wscope.report.text.SafeText;
import wscope.report.text.Screen;

/** {@code wscope accept-key}: computes Sec-WebSocket-Accept from Sec-WebSocket-Key. */
public final class AcceptKeyCommand implements Callable<Integer> {
  private final Stdio stdio;
  private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);
  private final OptionSpec explain;
  private final OptionSpec check;
  private final OptionSpec force;
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
                "Compare the result with VALUE, which a server sent; exit with 1 if they differ.")
            .build();
    force =
        Flag.of(
            "--force", "Compute the value even if the key is malformed; the exit code is still 1.");
    keys =
        PositionalParamSpec.builder()
            .paramLabel("KEY")
            .arity("0..*")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .description(
                "A key, or a header line Sec-WebSocket-Key: KEY. If KEY is absent or -, wscope"
                    + " reads one key per line from standard input.")
            .build();
    spec.usageMessage()
        .description("Computes Sec-WebSocket-Accept from Sec-WebSocket-Key.")
        .footer(
            "",
            "Examples:",
            "  wscope accept-key dGhlIHNhbXBsZSBub25jZQ==",
            "  wscope accept-key --explain dGhlIHNhbXBsZSBub25jZQ==",
            "  wscope accept-key --check s3pPLMBiTxaQ9kYGzzhZRbK+xOo= \\",
            "      dGhlIHNhbXBsZSBub25jZQ==");
    spec.addOption(explain).addOption(check).addOption(force).addPositional(keys);
  }

  public CommandSpec spec() {
    return spec;
  }

  @Override
  public Integer call() throws IOException, Failure {
    Screen out = new Screen(stdio.out(), false, stdio.unicode());
    Screen notes = new Screen(stdio.err(), false, stdio.unicode());
    KeySource source = source(notes);
    AcceptKey key = source.next();
    if (key == null) {
      throw new Failure(ExitCode.USAGE, "no key given; a key has 24 characters and ends with ==");
    }
    AcceptKey following = check.getValue() == null ? null : source.next();
    if (following != null) {
      throw new Failure(ExitCode.USAGE, "--check works with one key only");
    }
    boolean fine = true;
    for (; key != null; key = source.next()) {
      fine &= show(key, out, notes);
      out.flush();
      notes.flush();
    }
    return fine ? ExitCode.FINE : ExitCode.BROKEN;
  }

  private KeySource source(Screen notes) {
    List<String> words = keys.getValue();
    if (words != null && !words.isEmpty() && !words.equals(List.of("-"))) {
      return KeySource.of(words);
    }
    if (stdio.inputIsTerminal()) {
      notes.text("Type a key and press Enter; Ctrl+D ends the input.").endLine();
      notes.flush();
    }
    return KeySource.of(stdio.in());
  }

  private boolean show(AcceptKey key, Screen out, Screen notes) {
    List<Violation> violations = key.check();
    boolean valid = key.isValid();
    if (!violations.isEmpty()) {
      notes.text("key ");
      SafeText.line(notes, key.key());
      notes.endLine();
      AcceptKeyReport.violations(notes, key);
    }
    if (!valid && !Flag.isSet(force)) {
      return false;
    }
    if (Flag.isSet(explain)) {
      AcceptKeyReport.steps(out, key);
    } else {
      out.text(key.value()).endLine();
    }
    return matches(key, notes) && valid;
  }

  private boolean matches(AcceptKey key, Screen notes) {
    String expected = check.getValue();
    if (expected == null || expected.equals(key.value())) {
      return true;
    }
    int same = 0;
    while (same < Math.min(expected.length(), key.value().length())
        && expected.charAt(same) == key.value().charAt(same)) {
      same++;
    }
    notes.text("✗ the value differs from character ").number(same + 1L).text(" on: ");
    SafeText.words(notes, expected);
    notes.text(" instead of ").text(key.value()).endLine();
    return false;
  }
}
