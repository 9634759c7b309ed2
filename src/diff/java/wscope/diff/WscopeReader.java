package wscope.diff;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.FrameReader;
import wscope.protocol.Limits;
import wscope.protocol.deflate.BufferPool;
import wscope.protocol.deflate.Compression;
import wscope.protocol.event.FrameListener;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.Opcode;
import wscope.protocol.message.CloseBody;
import wscope.protocol.message.Message;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Violation;

/** The FrameReader of wscope, which stops at the first broken rule or Close as an endpoint does. */
final class WscopeReader {
  private final OpinionBuilder opinions = new OpinionBuilder();
  private final Listener listener = new Listener();
  private final long streamLength;
  private boolean truncatedAtFailure;

  private WscopeReader(long streamLength) {
    this.streamLength = streamLength;
  }

  /**
   * What wscope makes of a stream.
   *
   * @param opinion whose reason is the id of the rule
   * @param truncated whether the stream ends inside the frame that fails the connection
   */
  record Finding(Opinion opinion, boolean truncated) {}

  static Finding read(FrameStream stream, BufferPool pool) {
    WscopeReader reader = new WscopeReader(stream.bytes().length);
    Limits limits = new Limits(stream.limit(), Long.MAX_VALUE, 0, 0);
    Compression compression =
        stream.agreed() == null ? null : new Compression(stream.agreed(), pool);
    try (FrameReader frames =
        new FrameReader(stream.sender(), limits, compression, 0, reader.listener)) {
      reader.listener.reader = frames;
      // It reads nothing more after a stop.
      stream.pieces().forEach(frames::feed);
    }
    return new Finding(reader.opinions.opinion(), reader.truncatedAtFailure);
  }

  private final class Listener implements FrameListener {
    private final ByteArrayOutputStream payload = new ByteArrayOutputStream();
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private @Nullable FrameReader reader;
    private @Nullable FrameHeader frame;
    private boolean inFrame;

    @Override
    public void frameStarted(FrameHeader header, Endpoint sender, List<Violation> violations) {
      frame = header.copy();
      inFrame = true;
      payload.reset();
      violations.forEach(this::violation);
    }

    @Override
    public void framePayload(FrameHeader header, ByteBuffer bytes, long index) {
      payload.writeBytes(bytes(bytes));
    }

    @Override
    public void frameEnded(FrameHeader header) {
      if (!opinions.hasFailed()) {
        int rsv = header.byte0() >> 4 & 7;
        opinions.frame(header.opcode().code(), header.fin(), rsv, payload.toByteArray());
      }
      inFrame = false;
    }

    @Override
    public void messageStarted(Message message) {
      content.reset();
    }

    @Override
    public void messageData(Message message, ByteBuffer data, boolean last) {
      content.writeBytes(bytes(data));
    }

    @Override
    public void messageEnded(Message message) {
      if (!opinions.hasFailed()) {
        opinions.event(message.type().label(), content.toByteArray());
      }
    }

    @Override
    public void control(Opcode opcode, ByteBuffer body) {
      if (!opinions.hasFailed()) {
        opinions.event(opcode.label(), bytes(body));
      }
    }

    @Override
    public void close(@Nullable CloseBody body) {
      if (!opinions.hasFailed() && body != null) {
        opinions.close(bytes(body.bytes()));
        stop();
      }
    }

    @Override
    public void violation(Violation violation) {
      if (opinions.hasFailed() || frame == null || !violation.rule().isError()) {
        return;
      }
      if (!inFrame) {
        opinions.removeLastFrame();
      }
      long left = streamLength - frame.payloadOffset();
      truncatedAtFailure = Long.compareUnsigned(frame.payloadLength(), left) > 0;
      opinions.fail(String.valueOf(violation.rule().closeCode()), violation.rule().id());
      stop();
    }

    private void stop() {
      if (reader != null) {
        reader.stop();
      }
    }
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }
}
