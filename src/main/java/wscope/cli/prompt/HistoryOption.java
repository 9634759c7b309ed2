package wscope.cli.prompt;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import wscope.cli.option.Flag;
import wscope.cli.process.Stdio;
import wscope.report.text.SafeText;
import wscope.report.text.Screen;

/** The option {@code --no-history}, and the history file if it is absent. */
public final class HistoryOption {
  private final OptionSpec off;

  public HistoryOption(CommandSpec spec) {
    off =
        Flag.of(
            "--no-history",
            "Do not read or save the prompt history, which wscope keeps by default in"
                + " ~/.local/state/wscope or $XDG_STATE_HOME/wscope.");
    spec.addOption(off);
  }

  /**
   * Returns the history file, ready to be written; null if there is none, in which case a note may
   * give the reason.
   *
   * @param name the name of the file
   */
  public @Nullable Path file(Stdio stdio, String name) {
    if (Flag.isSet(off)) {
      return null;
    }
    try {
      return HistoryFile.of(System::getenv, name);
    } catch (IOException e) {
      Screen notes = Screen.ofNotes(stdio.err(), stdio.unicode(), stdio.columns());
      notes.text("note: wscope does not keep the prompt history: ");
      SafeText.sentence(notes, String.valueOf(e.getMessage()));
      notes.endLine();
      notes.flush();
      return null;
    }
  }
}
