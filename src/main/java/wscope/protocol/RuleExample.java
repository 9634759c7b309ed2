package wscope.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.deflate.DeflateOffer;
import wscope.protocol.deflate.DeflateParameters;
import wscope.protocol.frame.FrameSerializer;
import wscope.protocol.frame.Opcode;
import wscope.protocol.handshake.HandshakeResult;
import wscope.protocol.handshake.HttpRequest;
import wscope.protocol.handshake.HttpResponse;
import wscope.protocol.handshake.RequestDecoder;
import wscope.protocol.handshake.RequestFaults;
import wscope.protocol.handshake.RequestHead;
import wscope.protocol.handshake.ResponseFaults;
import wscope.protocol.handshake.ServerHandshake;
import wscope.protocol.handshake.UpgradeRequestBuilder;
import wscope.protocol.message.CloseBody;
import wscope.protocol.message.Framing;
import wscope.protocol.message.OutgoingMessage;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;

/**
 * Bytes at the start of a stream that break one rule and no other: frames, a request, or a request
 * and its response.
 *
 * @param sender the sender of the frames if their MASK bits are wrong; otherwise null
 * @param agreed the negotiated parameters of permessage-deflate; null if it is not in use
 * @param bytes the bytes of the stream, from position to limit
 */
public record RuleExample(
    @Nullable Endpoint sender, @Nullable DeflateParameters agreed, ByteBuffer bytes) {
  /** An upper bound for the size of an example. */
  private static final int MOST_BYTES = 512;

  private static final String HELLO = "Hello";
  private static final String SUBPROTOCOL = "chat";
  private static final DeflateOffer SERVER_COMPRESSES_EACH =
      new DeflateOffer(true, false, DeflateOffer.ABSENT, DeflateOffer.ABSENT);

  private static final DeflateOffer SMALL_WINDOW =
      new DeflateOffer(false, false, DeflateOffer.ABSENT, 10);

  /** The example of a rule; null if the rule depends on the limits of the receiver. */
  public static @Nullable RuleExample of(Rule rule) {
    FrameFault fault = Faults.ofFrames(rule);
    if (fault != null) {
      return ofFrames(rule, fault);
    }
    if (ResponseFaults.rules().contains(rule)) {
      return ofHead(exchange(rule));
    }
    HttpRequest broken =
        RequestFaults.rules().contains(rule) ? RequestFaults.commit(rule, request().build()) : null;
    return broken == null ? null : ofHead(broken.head());
  }

  private static RuleExample ofHead(String head) {
    return new RuleExample(null, null, ByteBuffer.wrap(head.getBytes(StandardCharsets.ISO_8859_1)));
  }

  /** The mandatory part of the request in RFC 6455 §1.2. */
  private static UpgradeRequestBuilder request() {
    byte[] nonce = "the sample nonce".getBytes(StandardCharsets.US_ASCII);
    return UpgradeRequestBuilder.to(
        "localhost", "/chat", key -> System.arraycopy(nonce, 0, key, 0, key.length));
  }

  /** The type of the message that is changed to break a rule for frames. */
  public static Opcode opcode(Rule rule) {
    return switch (rule) {
      case CONTROL_FRAME_FRAGMENTED, CONTROL_FRAME_TOO_LONG, RSV1_ON_CONTROL_FRAME -> Opcode.PING;
      case CLOSE_BODY_OF_ONE_BYTE,
          CLOSE_CODE_OUT_OF_RANGE,
          CLOSE_CODE_NEVER_SENT,
          CLOSE_CODE_UNASSIGNED,
          CLOSE_REASON_NOT_UTF8 ->
          Opcode.CLOSE;
      default -> Opcode.TEXT;
    };
  }

  private static RuleExample ofFrames(Rule rule, FrameFault fault) {
    Endpoint sender = fault.isOf(Endpoint.SERVER) ? Endpoint.SERVER : Endpoint.CLIENT;
    Opcode opcode = opcode(rule);
    ByteBuffer payload =
        opcode == Opcode.CLOSE
            ? CloseBody.of(1000, "bye").bytes()
            : ByteBuffer.wrap(HELLO.getBytes(StandardCharsets.UTF_8));
    ByteBuffer bytes = ByteBuffer.allocate(MOST_BYTES);
    FrameSerializer serializer = new FrameSerializer(bytes::put);
    for (OutgoingMessage sent :
        fault.commit(new OutgoingMessage(opcode, payload, Framing.of(sender)))) {
      sent.writeTo(serializer, () -> FrameFault.MASKING_KEY);
    }
    boolean maskIsWrong = rule == Rule.CLIENT_FRAME_UNMASKED || rule == Rule.SERVER_FRAME_MASKED;
    return new RuleExample(
        maskIsWrong ? sender : null, fault.deflate().adjust(null, sender), bytes.flip());
  }

  /** A correct request, and a response that breaks the rule. */
  private static String exchange(Rule rule) {
    boolean deflate = ResponseFaults.needsDeflate(rule);
    boolean subprotocol =
        rule == Rule.SUBPROTOCOL_REPEATED || rule == Rule.SUBPROTOCOL_NOT_SELECTED;
    UpgradeRequestBuilder builder = request();
    if (deflate) {
      builder.deflate(
          List.of(
              rule == Rule.DEFLATE_CLIENT_WINDOW_RAISED ? SMALL_WINDOW : SERVER_COMPRESSES_EACH));
    } else if (subprotocol) {
      builder.subprotocols(List.of(SUBPROTOCOL));
    }
    String request = builder.build().head();
    HandshakeResult.Accepted accepted =
        ServerHandshake.accept(
            accepted(request),
            subprotocol ? SUBPROTOCOL : null,
            deflate ? DeflateParameters.DEFAULT : null,
            List.of());
    HttpResponse response = ResponseFaults.commit(rule, accepted.request(), accepted.response());
    if (response == null) {
      throw new AssertionError(rule);
    }
    return request + StandardCharsets.ISO_8859_1.decode(response.bytes());
  }

  private static HandshakeResult.Accepted accepted(String request) {
    Limits limits = Limits.SERVER;
    RequestDecoder decoder = new RequestDecoder(limits.maxHead(), limits.maxHeaderFields());
    decoder.feed(ByteBuffer.wrap(request.getBytes(StandardCharsets.ISO_8859_1)));
    RequestHead head = decoder.head();
    if (ServerHandshake.check(head, decoder.violations())
        instanceof HandshakeResult.Accepted accepted) {
      return accepted;
    }
    throw new AssertionError(request);
  }
}
