package wscope.capture.write;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.event.FrameListener;
import wscope.protocol.frame.FrameEncoder;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.IncompleteFrame;
import wscope.protocol.frame.Mask;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Violation;

/** Restores the bytes that both endpoints sent, from the events that show them. */
final class WireBytes implements ExchangeListener {
  private static final int PIECE = 8 << 10;

  /** Receives the bytes in the order of the events. */
  interface Sink {
    /**
     * The next bytes of an endpoint.
     *
     * @param bytes from position to limit, valid only during the call
     */
    void bytes(Endpoint sender, ByteBuffer bytes);
  }

  private final Sink sink;

  WireBytes(Sink sink) {
    this.sink = sink;
  }

  @Override
  public void event(Event event) {
    if (event instanceof Event.Request request) {
      head(Endpoint.CLIENT, request.raw());
    } else if (event instanceof Event.Response response) {
      head(Endpoint.SERVER, response.raw());
    } else if (event instanceof Event.Interim interim) {
      head(Endpoint.SERVER, interim.response().raw());
    } else if (event instanceof Event.HeadIncomplete incomplete) {
      head(incomplete.sender(), incomplete.raw());
    } else if (event instanceof Event.Responded responded) {
      sink.bytes(Endpoint.SERVER, UTF_8.encode(responded.response().body()));
    } else if (event instanceof Event.Body body) {
      sink.bytes(body.sender(), body.bytes());
    }
  }

  private void head(Endpoint sender, String raw) {
    sink.bytes(sender, ByteBuffer.wrap(raw.getBytes(ISO_8859_1)));
  }

  @Override
  public @Nullable FrameListener frames(@Nullable Endpoint sender) {
    return sender == null ? null : new Frames(sink, sender);
  }

  private static final class Frames implements FrameListener {
    private final Sink sink;
    private final Endpoint sender;
    private final ByteBuffer header = ByteBuffer.allocate(FrameHeader.LONGEST);

    /** Masked bytes; null until there are any. */
    private @Nullable ByteBuffer masked;

    Frames(Sink sink, Endpoint sender) {
      this.sink = sink;
      this.sender = sender;
    }

    @Override
    public void frameStarted(FrameHeader frame, Endpoint from, List<Violation> violations) {
      FrameEncoder.header(frame, header.clear());
      sink.bytes(sender, header.flip());
    }

    @Override
    public void headerIncomplete(
        IncompleteFrame incomplete, FrameHeader known, Endpoint from, List<Violation> violations) {
      sink.bytes(sender, incomplete.header());
    }

    @Override
    public void framePayload(FrameHeader frame, ByteBuffer payload, long index) {
      if (!frame.masked()) {
        sink.bytes(sender, payload.duplicate());
        return;
      }
      ByteBuffer piece = masked == null ? ByteBuffer.allocate(PIECE) : masked;
      masked = piece;
      for (int done = 0; done < payload.remaining(); done += piece.limit()) {
        int length = Math.min(PIECE, payload.remaining() - done);
        piece.clear().put(0, payload, payload.position() + done, length).limit(length);
        Mask.apply(piece, frame.maskingKey(), index + done);
        sink.bytes(sender, piece);
      }
    }
  }
}
