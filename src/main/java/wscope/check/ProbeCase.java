package wscope.check;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import wscope.protocol.frame.Opcode;
import wscope.protocol.rule.Endpoint;

/** The connections that are no cases: the probe, and a client after one that has disconnected. */
final class ProbeCase {
  private static final String TEXT = "Hello from wscope: is this an echo?";
  private static final String PING = "probe";

  private ProbeCase() {}

  /** The message that an echo server returns. */
  static Payload message() {
    return new Payload(true, ByteBuffer.wrap(FrameBytes.utf8(TEXT)));
  }

  static Case ofServer(long seed) {
    return of(Endpoint.SERVER, seed);
  }

  static Case ofClient(long seed) {
    return of(Endpoint.CLIENT, seed).forClient();
  }

  private static Case of(Endpoint checked, long seed) {
    FrameBytes frames = new FrameBytes(checked.peer(), new Random(seed));
    return CaseBuilder.of(Group.HANDSHAKE, "probe", "RFC 6455 §4.1")
        .sends("a correct request, a message, a ping and a Close")
        .opening(Openings.deflate("permessage-deflate; client_max_window_bits"))
        .steps(
            List.of(
                new Step.Send(frames.text(TEXT).bytes()),
                new Step.Send(frames.ping(PING).bytes()),
                new Step.AwaitPong(PING),
                new Step.Send(frames.close(1000, "").bytes())))
        .expect(new Expectation.Closes(1000));
  }

  /** A binary message, which a server for text may refuse although it returns texts. */
  static Payload binary() {
    return new Payload(false, ByteBuffer.wrap(FrameBytes.utf8(TEXT)));
  }

  static Case binary(Endpoint checked, long seed) {
    FrameBytes frames = new FrameBytes(checked.peer(), new Random(seed));
    return CaseBuilder.of(Group.FRAMING, "binary-probe", "RFC 6455 §5.6")
        .sends("a binary message and a ping")
        .bytes(frames.frame(Opcode.BINARY, TEXT).bytes())
        .expect(new Expectation.Serves(List.of(binary())));
  }

  static Case other(long seed) {
    return CaseBuilder.of(Group.ABORT, "other", "RFC 6455 §4.1")
        .sends("a correct request and a ping")
        .expect(new Expectation.Serves(List.of()));
  }
}
