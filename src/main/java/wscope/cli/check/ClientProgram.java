package wscope.cli.check;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import wscope.check.ClientStarter;
import wscope.cli.process.ProcessTree;

/** Starts the command of a client. Nothing of its output is shown but its last lines. */
final class ClientProgram implements ClientStarter {
  private static final String URL = "{url}";
  private static final String URL_VARIABLE = "WSCOPE_URL";
  private static final int KEPT = 4096;
  private static final int SHOWN_LINES = 12;
  private static final int SHOWN_CHARACTERS = 200;
  private static final long DRAIN_MILLIS = 200;
  private static final long DEATH_MILLIS = 1000;

  private final List<String> command;

  ClientProgram(List<String> command) {
    this.command = command;
  }

  @Override
  public Running start(String url, Consumer<Ended> ended) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command.stream().map(word -> word.replace(URL, url)).toList());
    builder.environment().put(URL_VARIABLE, url);
    builder.redirectErrorStream(true);
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new IOException(ProcessTree.reason(command.get(0), e), e);
    }
    process.getOutputStream().close();
    Output output = new Output(process.getInputStream());
    Thread reader = daemon(output);
    daemon(() -> awaitEnd(process, reader, output, ended));
    return () -> {
      ProcessTree.kill(process);
      join(process);
    };
  }

  private static void awaitEnd(
      Process process, Thread reader, Output output, Consumer<Ended> ended) {
    try {
      int code = process.waitFor();
      join(reader);
      ended.accept(new Ended(code, output.lastLines()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void join(Process killed) {
    try {
      killed.waitFor(DEATH_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Thread daemon(Runnable action) {
    Thread thread = new Thread(action, "client");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  /** A child process may keep the output open. */
  private static void join(Thread reader) {
    try {
      reader.join(DRAIN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Reads all of the output and keeps the end of it. */
  private static final class Output implements Runnable {
    private final InputStream in;
    private final byte[] last = new byte[KEPT];
    private int size;

    Output(InputStream in) {
      this.in = in;
    }

    @Override
    public void run() {
      byte[] buffer = new byte[KEPT];
      try {
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
          keep(buffer, count);
        }
      } catch (IOException e) {
        // The program has ended.
      }
    }

    private synchronized void keep(byte[] bytes, int count) {
      int old = Math.min(size, KEPT - count);
      System.arraycopy(last, size - old, last, 0, old);
      System.arraycopy(bytes, 0, last, old, count);
      size = old + count;
    }

    /** The last lines that have text, without their indents. */
    synchronized List<String> lastLines() {
      List<String> lines =
          new String(last, 0, size, StandardCharsets.UTF_8)
              .lines()
              .map(String::strip)
              .filter(line -> !line.isEmpty())
              .map(line -> line.substring(0, Math.min(line.length(), SHOWN_CHARACTERS)))
              .toList();
      return List.copyOf(lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size()));
    }
  }
}
