package wscope.cli.prompt;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import wscope.cli.process.Stdio;
import wscope.protocol.message.Utf8;
import wscope.report.text.Screen;

/** Passes on each line of the standard input as a text, one after the other. */
public final class StdinLines {
  private final InputStream in;
  private final Screen notes;
  private final int longest;
  private final Receiver receiver;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private long number;
  private boolean tooLong;

  /** Receives the lines, on the thread that reads them. */
  public interface Receiver {
    /**
     * Sends a line, and returns when it has been sent.
     *
     * @param text the line without its line end, which is UTF-8
     * @param number the number of the line, from 1
     */
    void send(ByteBuffer text, long number) throws InterruptedException;

    /** The input has ended. */
    default void end() {}
  }

  /**
   * Creates a reader.
   *
   * @param longest the maximum length of a line in bytes, without its line end
   */
  public StdinLines(Stdio stdio, int longest, Receiver receiver) {
    in = new BufferedInputStream(stdio.in());
    notes = Screen.ofNotes(stdio.err(), stdio.unicode(), stdio.columns());
    this.longest = longest;
    this.receiver = receiver;
  }

  /** Starts to read lines on a new thread. */
  public void start() {
    Thread thread = new Thread(this::run, "stdin");
    thread.setDaemon(true);
    thread.start();
  }

  /** Shows a note on standard error. */
  public void note(String text) {
    notes.text("note: ").text(text).endLine();
    notes.flush();
  }

  private void run() {
    try {
      read();
      receiver.end();
    } catch (IOException e) {
      note(String.valueOf(e.getMessage()));
      receiver.end();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void read() throws IOException, InterruptedException {
    for (int b = in.read(); b >= 0; b = in.read()) {
      if (b == '\n') {
        end();
      } else {
        add(b);
      }
    }
    if (line.size() > 0 || tooLong) {
      end();
    }
  }

  private void add(int b) {
    if (line.size() == longest) {
      tooLong = true;
    } else {
      line.write(b);
    }
  }

  private void end() throws InterruptedException {
    number++;
    byte[] bytes = line.toByteArray();
    int length = bytes.length;
    if (length > 0 && bytes[length - 1] == '\r') {
      length--;
    }
    ByteBuffer text = ByteBuffer.wrap(bytes, 0, length);
    if (tooLong) {
      note("line " + number + " has more than " + longest + " bytes; it is not sent");
    } else if (!isUtf8(text.duplicate())) {
      note("line " + number + " is not UTF-8; it is not sent");
    } else {
      receiver.send(text, number);
    }
    line.reset();
    tooLong = false;
  }

  private static boolean isUtf8(ByteBuffer text) {
    Utf8 utf8 = new Utf8();
    return utf8.check(text) < 0 && utf8.isComplete();
  }
}
