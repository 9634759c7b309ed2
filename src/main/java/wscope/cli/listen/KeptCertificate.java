package wscope.cli.listen;

import java.io.IOException;
import java.nio.file.Path;
import wscope.cli.process.ExitCode;
import wscope.cli.process.Failure;
import wscope.cli.process.IoMessages;
import wscope.cli.process.Stdio;
import wscope.net.tls.InvalidIdentity;
import wscope.report.text.SafeText;
import wscope.report.text.Screen;

/** A certificate that wscope creates and keeps in the cache. */
public final class KeptCertificate {
  private KeptCertificate() {}

  /** Reads a certificate from a directory, or creates it there. */
  public interface Kept<T> {
    /**
     * Returns the certificate.
     *
     * @param onWait runs before waiting for another process that creates the certificate
     */
    T in(Path directory, Runnable onWait) throws IOException, InvalidIdentity;
  }

  /** Creates a certificate for this run only. */
  public interface Temporary<T> {
    T make() throws IOException, InvalidIdentity;
  }

  /**
   * Returns the certificate in the cache; if the cache cannot be used, creates one for this run
   * only.
   */
  public static <T> T of(Stdio stdio, Kept<T> kept, Temporary<T> temporary)
      throws InvalidIdentity, Failure {
    try {
      Path cache = CacheDirectory.of(System::getenv, System.getProperty("os.name"));
      return kept.in(
          cache,
          () ->
              note(
                  stdio,
                  "waiting for another wscope that creates the certificate in ",
                  cache.toString()));
    } catch (IOException e) {
      note(
          stdio,
          "the certificate is for this run only, because it cannot be saved: ",
          IoMessages.of(e));
    }
    try {
      return temporary.make();
    } catch (IOException e) {
      throw new Failure(ExitCode.IO, "cannot write a certificate: " + IoMessages.of(e));
    }
  }

  private static void note(Stdio stdio, String words, String rest) {
    Screen notes = Screen.ofNotes(stdio.err(), stdio.unicode(), stdio.columns());
    notes.text("note: ").text(words);
    SafeText.sentence(notes, rest);
    notes.endLine();
    notes.flush();
  }
}
