package wscope.cli.check;

import java.nio.file.Path;
import java.util.List;
import wscope.cli.option.PageOptions;
import wscope.cli.option.Recording;
import wscope.cli.process.Failure;
import wscope.cli.process.Program;
import wscope.report.html.HtmlCheck;
import wscope.report.html.PageStart;
import wscope.report.text.SafeText;
import wscope.report.text.Screen;

/** The page of a check, in a new file. */
record HtmlFile(HtmlCheck page, Recording file) implements AutoCloseable {
  private static final long MOST = 20L << 20;

  /**
   * Creates the file.
   *
   * @param command the words of the command line
   * @param notes shows a failure to write
   * @throws Failure if the file already exists or cannot be created
   */
  static HtmlFile of(Path file, List<String> command, CheckedPeer peer, Screen notes)
      throws Failure {
    Recording recording = Recording.of(file, PageOptions.HTML, Long.MAX_VALUE);
    recording.onFailure(
        cause -> {
          notes.text("note: ");
          SafeText.sentence(notes, cause);
          notes.endLine();
          notes.flush();
        });
    PageStart start = new PageStart(Program.name(), command, "check");
    return new HtmlFile(
        new HtmlCheck(recording::append, start, peer.endpoint().id(), peer.name(), MOST),
        recording);
  }

  @Override
  public void close() {
    file.close();
  }
}
