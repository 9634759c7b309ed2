package wscope.cli.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.Limits;
import wscope.protocol.MixedStreamReader;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.event.FrameListener;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.IncompleteFrame;
import wscope.protocol.frame.Opcode;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Violation;

/**
 * The bytes that a client got from a server, whatever the server says of them: an answer, and
 * frames behind it if it opens the WebSocket, all of which keep the rules; nothing but pongs comes
 * behind a Close (RFC 6455 §5.5.1).
 */
final class ServerOutput implements ExchangeListener, FrameListener {
  /** The length of an alert, in a record of its own. */
  private static final int TLS_ALERT = 7;

  private final List<String> wrong = new ArrayList<>();
  private boolean answered;
  private boolean closed;
  private boolean torn;

  private ServerOutput() {}

  /**
   * Fails if something is wrong with it.
   *
   * @param request that the output answers; empty if it is not to be held against it
   * @param whole whether the client has heard the end of it
   */
  static void check(byte[] request, byte[] output, boolean whole) {
    if (output.length == TLS_ALERT && output[0] == 0x15) {
      // What began like TLS got an answer in TLS (RFC 8446 §6).
      return;
    }
    ServerOutput read = new ServerOutput();
    MixedStreamReader conversation =
        new MixedStreamReader(Endpoint.SERVER, Limits.NONE, null, read);
    conversation.feed(ByteBuffer.wrap(request.clone()));
    conversation.feed(ByteBuffer.wrap(output.clone()));
    conversation.end();
    String hex = HexFormat.of().formatHex(output);
    assertEquals(List.of(), read.wrong, hex);
    boolean nothing = output.length == 0 && !(whole && request.length > 0);
    assertTrue(read.answered || read.torn || nothing, hex);
    assertFalse(read.torn && whole, hex);
  }

  @Override
  public void event(Event event) {
    if (event instanceof Event.Response response) {
      answered = true;
      response.violations().forEach(this::violation);
    } else if (event instanceof Event.HeadIncomplete) {
      torn = true;
    }
  }

  @Override
  public FrameListener frames(@Nullable Endpoint sender) {
    return this;
  }

  @Override
  public void frameStarted(FrameHeader header, Endpoint sender, List<Violation> violations) {
    violations.forEach(this::violation);
    if (closed && header.opcode() != Opcode.PONG) {
      wrong.add(header.opcode() + " behind Close, at " + header.offset());
    }
    closed |= header.opcode() == Opcode.CLOSE;
  }

  @Override
  public void violation(Violation violation) {
    wrong.add(violation.toString());
  }

  @Override
  public void ended(@Nullable IncompleteFrame incomplete) {
    torn |= incomplete != null;
  }
}
