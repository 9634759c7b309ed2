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
 * Checks the bytes that a client received from a server, independently of the reports of the
 * server: a response and, if it opens a WebSocket, frames. All of them keep the rules, and only
 * pongs follow a Close (RFC 6455 §5.5.1).
 */
final class ServerOutput implements ExchangeListener, FrameListener {
  /** The length of a TLS record with an alert. */
  private static final int TLS_ALERT = 7;

  private final List<String> errors = new ArrayList<>();
  private boolean responded;
  private boolean closed;
  private boolean truncated;

  private ServerOutput() {}

  /**
   * Fails if the output breaks a rule.
   *
   * @param request the request for this response; empty if the response is checked without it
   * @param complete whether the client received all of the output
   */
  static void check(byte[] request, byte[] output, boolean complete) {
    if (output.length == TLS_ALERT && output[0] == 0x15) {
      // A client that began like TLS gets a TLS alert (RFC 8446 §6).
      return;
    }
    ServerOutput read = new ServerOutput();
    MixedStreamReader conversation =
        new MixedStreamReader(Endpoint.SERVER, Limits.NONE, null, read);
    conversation.feed(ByteBuffer.wrap(request.clone()));
    conversation.feed(ByteBuffer.wrap(output.clone()));
    conversation.end();
    String hex = HexFormat.of().formatHex(output);
    assertEquals(List.of(), read.errors, hex);
    boolean nothing = output.length == 0 && !(complete && request.length > 0);
    assertTrue(read.responded || read.truncated || nothing, hex);
    assertFalse(read.truncated && complete, hex);
  }

  @Override
  public void event(Event event) {
    if (event instanceof Event.Response response) {
      responded = true;
      response.violations().forEach(this::violation);
    } else if (event instanceof Event.HeadIncomplete) {
      truncated = true;
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
      errors.add(header.opcode() + " after the Close, at " + header.offset());
    }
    closed |= header.opcode() == Opcode.CLOSE;
  }

  @Override
  public void violation(Violation violation) {
    errors.add(violation.toString());
  }

  @Override
  public void ended(@Nullable IncompleteFrame incomplete) {
    truncated |= incomplete != null;
  }
}
