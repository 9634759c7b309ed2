package wscope.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.event.FrameListener;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.FrameRules;
import wscope.protocol.frame.Opcode;
import wscope.protocol.handshake.ClientHandshake;
import wscope.protocol.handshake.HandshakeResult;
import wscope.protocol.handshake.RequestDecoder;
import wscope.protocol.handshake.RequestHead;
import wscope.protocol.handshake.ResponseDecoder;
import wscope.protocol.handshake.ResponseHead;
import wscope.protocol.handshake.ServerHandshake;
import wscope.protocol.message.CloseBody;
import wscope.protocol.message.MessageAssembler;
import wscope.protocol.message.MessageListener;
import wscope.protocol.message.MessageNumbers;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;
import wscope.protocol.rule.Violation;

/**
 * Judges a connection of which a source does not have the bytes. It shows heads, and either whole
 * messages or the headers of frames. Only rules that these can show are judged.
 *
 * <p>Not safe for use by several threads.
 */
public final class PartialExchange implements AutoCloseable {
  private final ExchangeListener listener;
  private final MessageNumbers numbers = new MessageNumbers();
  private final Side client = new Side(Endpoint.CLIENT);
  private final Side server = new Side(Endpoint.SERVER);
  private @Nullable RequestHead request;

  /** Whether RSV1 may mark a compressed message. */
  private boolean compressed = true;

  public PartialExchange(ExchangeListener listener) {
    this.listener = listener;
  }

  /**
   * Reads the head of the request.
   *
   * @param head a whole head, one character for each byte
   * @param judged whether the source has all fields of the head
   */
  public void request(String head, boolean judged) {
    RequestDecoder decoder = new RequestDecoder(Integer.MAX_VALUE, Integer.MAX_VALUE);
    decoder.feed(ISO_8859_1.encode(head));
    RequestHead read = decoder.head();
    request = judged ? read : null;
    HandshakeResult result =
        judged || read == null
            ? ServerHandshake.check(read, decoder.violations())
            : new HandshakeResult.PlainRequest(read);
    listener.event(new Event.Request(0, decoder.received(), read, result));
  }

  /**
   * Reads the head of the response.
   *
   * @param head a whole head, one character for each byte
   * @param judged whether the source has all fields of the head
   */
  public void response(String head, boolean judged) {
    ResponseDecoder decoder = new ResponseDecoder(Integer.MAX_VALUE, Integer.MAX_VALUE);
    decoder.feed(ISO_8859_1.encode(head));
    ResponseHead read = decoder.head();
    List<Violation> violations = new ArrayList<>(decoder.violations());
    if (read != null) {
      ClientHandshake.Result result = ClientHandshake.check(request, read);
      compressed = result.deflate() != null || !judged;
      if (judged) {
        violations.addAll(result.violations());
      }
    }
    RequestHead asked = judged ? request : null;
    listener.event(new Event.Response(0, decoder.received(), asked, read, violations));
  }

  /** Reads bytes of the content after a response that opens no WebSocket. */
  public void body(ByteBuffer bytes) {
    listener.event(new Event.Body(Endpoint.SERVER, bytes));
  }

  /**
   * Reads a message.
   *
   * @param data its bytes from position to limit
   */
  public void message(Endpoint sender, Opcode type, ByteBuffer data) {
    side(sender).message(type, data);
  }

  /**
   * Reads a control frame of which only the payload is known.
   *
   * @param payload its bytes from position to limit, at most 125
   */
  public void control(Endpoint sender, Opcode opcode, ByteBuffer payload) {
    side(sender).control(opcode, payload);
  }

  /**
   * Reads the header of a frame.
   *
   * @param fields the fields of the header that the source has
   */
  public void header(Endpoint sender, FrameHeader fields) {
    side(sender).header(fields);
  }

  /** Ends both directions. */
  @Override
  public void close() {
    server.end();
    client.end();
  }

  private Side side(Endpoint sender) {
    return sender == Endpoint.CLIENT ? client : server;
  }

  /** What one endpoint sends. */
  private final class Side {
    private final Endpoint sender;
    private final List<Violation> violations = new ArrayList<>(0);
    private @Nullable FrameListener frames;

    /** Reports messages, or follows the order of frames. */
    private @Nullable MessageAssembler assembler;

    private long number;
    private long offset;
    private boolean closed;

    Side(Endpoint sender) {
      this.sender = sender;
    }

    /** The listener; what it gets is dropped if nobody listens. */
    private FrameListener frames() {
      FrameListener known = frames;
      if (known == null) {
        FrameListener found = listener.frames(sender);
        known = found == null ? new FrameListener() {} : found;
        frames = known;
      }
      return known;
    }

    private MessageAssembler assembler(MessageListener to) {
      MessageAssembler known = assembler;
      if (known == null) {
        known = new MessageAssembler(sender, Long.MAX_VALUE, Long.MAX_VALUE, null, numbers, to);
        assembler = known;
      }
      return known;
    }

    void message(Opcode type, ByteBuffer data) {
      assembler(frames()).whole(type, data);
    }

    void control(Opcode opcode, ByteBuffer payload) {
      if (opcode == Opcode.CLOSE) {
        List<Violation> broken = new ArrayList<>(0);
        CloseBody body = CloseBody.read(payload, sender, 0, 0, broken);
        broken.forEach(frames()::violation);
        frames().close(body);
      } else {
        frames().control(opcode, payload);
      }
    }

    void header(FrameHeader fields) {
      FrameHeader header = FrameHeader.logged(fields, ++number, offset);
      offset = header.payloadOffset() + header.payloadLength();
      boolean control = header.opcode().isControl();
      // Messages have no content here, so nobody receives them.
      MessageAssembler order = assembler(new MessageListener() {});
      violations.clear();
      FrameRules.check(header, sender, compressed, violations);
      if (!control) {
        order.check(header, violations);
      }
      if (closed && !control) {
        violations.add(
            new Violation(Rule.DATA_AFTER_CLOSE, header.offset(), number, header.opcode().label()));
      }
      violations.sort(Comparator.comparingLong(Violation::offset));
      frames().frameStarted(header, sender, violations);
      if (!control) {
        order.frameStarted(header);
        order.frameEnded(header);
      }
      closed |= header.opcode() == Opcode.CLOSE;
      frames().frameEnded(header);
    }

    void end() {
      if (frames != null) {
        frames.ended(null);
      }
      if (assembler != null) {
        assembler.close();
      }
    }
  }
}
