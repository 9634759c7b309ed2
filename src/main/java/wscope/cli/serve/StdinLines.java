package wscope.cli.serve;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import wscope.cli.process.Stdio;
import wscope.protocol.frame.Opcode;
import wscope.protocol.message.Utf8;
import wscope.report.text.Screen;
import wscope.serve.Server;

/**
 * Sends each line of the standard input, one after the other, to all clients of a server. The
 * server continues after the end of the input.
 */
final class StdinLines {
  /** The maximum length of a line in bytes, without its line end. */
  static final int LONGEST = 64 << 10;

  private final InputStream in;
  private final Screen notes;
  private final Server server;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private long number;
  private boolean tooLong;
  private boolean sentToNobody;

  StdinLines(Stdio stdio, Server server) {
    in = new BufferedInputStream(stdio.in());
    notes = new Screen(stdio.err(), false, stdio.unicode());
    this.server = server;
  }

  /** Starts to read lines on a new thread. */
  void start() {
    Thread thread = new Thread(this::run, "stdin");
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    try {
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
    } catch (IOException e) {
      note(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void add(int b) {
    if (line.size() == LONGEST) {
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
      note("line " + number + " has more than " + LONGEST + " bytes; it is not sent");
    } else if (!isUtf8(text.duplicate())) {
      note("line " + number + " is not UTF-8; it is not sent");
    } else {
      send(text);
    }
    line.reset();
    tooLong = false;
  }

  private static boolean isUtf8(ByteBuffer text) {
    Utf8 utf8 = new Utf8();
    return utf8.check(text) < 0 && utf8.isComplete();
  }

  /**
   * Sends a line and waits until it has been sent, so that at most one line waits for the server.
   */
  private void send(ByteBuffer text) throws InterruptedException {
    CompletableFuture<Integer> sent = new CompletableFuture<>();
    server.execute(() -> sent.complete(server.connections().sendAll(Opcode.TEXT, text)));
    try {
      boolean nobody = sent.get() == 0;
      if (nobody && !sentToNobody) {
        note("line " + number + " was sent to nobody: no connection is open");
      }
      sentToNobody = nobody;
    } catch (ExecutionException e) {
      throw new AssertionError("the task never fails", e);
    }
  }

  private void note(String text) {
    notes.text("note: ").text(text).endLine();
    notes.flush();
  }
}
