package wscope.cli.serve;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import wscope.cli.AwaitableOutput;
import wscope.cli.Run;
import wscope.cli.process.NamedInput;
import wscope.cli.process.Stdio;
import wscope.connection.Timeouts;
import wscope.report.Detail;
import wscope.report.LiveView;
import wscope.report.Report;
import wscope.report.ViewOptions;
import wscope.report.json.JsonReport;
import wscope.serve.Server;
import wscope.support.RawClient;
import wscope.support.ServerThread;

/** Sends the lines of standard input to the clients. */
@Timeout(30)
class BroadcastLinesTest {
  @Test
  void sendsEachLineToAllClients() throws Exception {
    AwaitableOutput notes = new AwaitableOutput();
    PipedOutputStream typed = new PipedOutputStream();
    Stdio stdio = Run.stdio(new PipedInputStream(typed, 256 << 10), notes, notes);
    Report shown =
        new JsonReport(
            OutputStream.nullOutputStream(),
            LiveView.fixed(new ViewOptions(Detail.NONE, 0, false)),
            InstantSource.system());
    Server server = ServeSession.server(new ServeEvents(shown, Timeouts.DEFAULT, 0));
    try (ServerThread running = ServerThread.listening(server).start()) {
      new BroadcastLines(stdio, server).start();
      type(typed, "for nobody\n");
      notes.await("nobody");
      try (RawClient one = running.open();
          RawClient two = running.open()) {
        String longest = "x".repeat(BroadcastLines.LONGEST - 1);
        type(typed, "h\u00e9llo\r\n\n" + longest + "y\n" + longest + "yz\n");
        typed.write("invalid \u00ff\nlast".getBytes(ISO_8859_1));
        typed.close();
        for (RawClient client : new RawClient[] {one, two}) {
          assertEquals("text h\u00e9llo", client.nextInWords());
          assertEquals("text ", client.nextInWords());
          assertEquals("text " + longest + "y", client.nextInWords());
          assertEquals("text last", client.nextInWords());
        }
        // The server continues after the end of the input.
        one.send(RawClient.text("still here"));
        assertEquals("text still here", one.nextInWords());
      }
    }
    assertEquals(
        """
        note: line 1 was sent to nobody: no connection is open
        note: line 5 has more than 65536 bytes; it is not sent
        note: line 6 is not UTF-8; it is not sent
        """,
        notes.toString(UTF_8));
  }

  /** A page of another origin could otherwise read what is piped, because it is always there. */
  @Test
  void sendsNothingToPagesOfOtherOrigins() throws Exception {
    AwaitableOutput notes = new AwaitableOutput();
    PipedOutputStream typed = new PipedOutputStream();
    Stdio stdio = Run.stdio(new PipedInputStream(typed), notes, notes);
    Report shown =
        new JsonReport(
            OutputStream.nullOutputStream(),
            LiveView.fixed(new ViewOptions(Detail.NONE, 0, false)),
            InstantSource.system());
    Server server = ServeSession.server(new ServeEvents(shown, Timeouts.DEFAULT, 0));
    try (ServerThread running = ServerThread.listening(server).start();
        RawClient own = running.open();
        RawClient page = running.connect()) {
      page.send(RawClient.crossOriginRequest());
      page.head();
      new BroadcastLines(stdio, server).start();
      type(typed, "secret\nsecond\n");
      assertEquals("text secret", own.nextInWords());
      assertEquals("text second", own.nextInWords());
      page.send(RawClient.text("own"));
      assertEquals("text own", page.nextInWords());
    }
    assertEquals(
        "note: line 1 was not sent to pages of other origins; to allow one, use --origin\n",
        notes.toString(UTF_8));
  }

  @Test
  void reportsAnInputThatCannotBeRead() throws Exception {
    AwaitableOutput notes = new AwaitableOutput();
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("Is a directory");
          }

          @Override
          public int read(byte[] bytes, int offset, int length) throws IOException {
            return read();
          }
        };
    Stdio stdio = Run.stdio(new NamedInput("standard input", broken), notes, notes);
    Report shown =
        new JsonReport(
            OutputStream.nullOutputStream(),
            LiveView.fixed(new ViewOptions(Detail.NONE, 0, false)),
            InstantSource.system());
    try (Server server = ServeSession.server(new ServeEvents(shown, Timeouts.DEFAULT, 0))) {
      new BroadcastLines(stdio, server).start();
      notes.await("\n");
    }
    assertEquals("note: cannot read standard input: Is a directory\n", notes.toString(UTF_8));
  }

  private static void type(OutputStream typed, String text) throws Exception {
    typed.write(text.getBytes(UTF_8));
    typed.flush();
  }
}
