package wscope.cli.serve;

import java.nio.ByteBuffer;
import wscope.cli.process.Stdio;
import wscope.cli.prompt.LoopCall;
import wscope.cli.prompt.StdinLines;
import wscope.protocol.frame.Opcode;
import wscope.serve.Server;

/**
 * Sends each line of the standard input, one after the other, to all clients of a server. The
 * server continues after the end of the input.
 */
final class BroadcastLines implements StdinLines.Receiver {
  /** The maximum length of a line in bytes, without its line end. */
  static final int LONGEST = 64 << 10;

  private final Server server;
  private final StdinLines lines;
  private boolean sentToNobody;

  /** Whether a note said that pages of other origins receive nothing. */
  private boolean excluded;

  /**
   * The result of sending a line.
   *
   * @param count the number of connections that the line was sent to
   * @param excluded whether a connection may not receive lines
   */
  private record Sent(int count, boolean excluded) {}

  BroadcastLines(Stdio stdio, Server server) {
    this.server = server;
    lines = new StdinLines(stdio, LONGEST, this);
  }

  /** Starts to read lines on a new thread. */
  void start() {
    lines.start();
  }

  /**
   * Sends a line and waits until it has been sent, so that at most one line waits for the server.
   */
  @Override
  public void send(ByteBuffer text, long number) throws InterruptedException {
    Sent result =
        LoopCall.await(
            server::execute,
            sent -> {
              int count = server.connections().sendAll(Opcode.TEXT, text, null);
              sent.complete(new Sent(count, !server.connections().excluded().isEmpty()));
            });
    note(result, number);
  }

  /** Says once that a line reached nobody, or not all. */
  private void note(Sent result, long number) {
    boolean nobody = result.count == 0;
    if (result.excluded && !excluded) {
      lines.note(
          "line " + number + " was not sent to pages of other origins; to allow one, use --origin");
    } else if (nobody && !sentToNobody) {
      lines.note("line " + number + " was sent to nobody: no connection is open");
    }
    excluded |= result.excluded;
    sentToNobody = nobody;
  }
}
