package wscope.check;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** Starts the program that is the client, or that has it. */
public interface ClientStarter {
  /**
   * Starts the program.
   *
   * @param url what it has to open
   * @param ended receives the end of the program, on any thread
   * @throws IOException if it cannot be started
   */
  Running start(String url, Consumer<Ended> ended) throws IOException;

  /** A program that runs. */
  interface Running {
    /** Ends the program and all that it started. */
    void kill();
  }

  /**
   * The end of a program.
   *
   * @param code its exit code; above 128 if a signal ended it
   * @param lastLines the last lines of its output, not escaped; empty for none
   */
  record Ended(int code, List<String> lastLines) {
    /** Whether a signal such as SIGSEGV or SIGABRT ended the program. */
    boolean isCrash() {
      return code > 128;
    }

    /** The end in words, with the last line of the output. */
    String words() {
      String exited = "it exited with " + code;
      return lastLines.isEmpty()
          ? exited
          : exited + " and said: " + lastLines.get(lastLines.size() - 1);
    }
  }
}
