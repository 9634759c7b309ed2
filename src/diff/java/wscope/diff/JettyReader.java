package wscope.diff;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.eclipse.jetty.io.ByteArrayEndPoint;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.eclipse.jetty.util.thread.Scheduler;
import org.eclipse.jetty.websocket.core.Behavior;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.ExtensionConfig;
import org.eclipse.jetty.websocket.core.ExtensionStack;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.Negotiated;
import org.eclipse.jetty.websocket.core.OpCode;
import org.eclipse.jetty.websocket.core.WebSocketComponents;
import org.eclipse.jetty.websocket.core.WebSocketConnection;
import org.eclipse.jetty.websocket.core.WebSocketCoreSession;
import org.eclipse.jetty.websocket.core.internal.MessageHandler;
import wscope.protocol.deflate.DeflateParameters;
import wscope.protocol.rule.Endpoint;

/** Jetty's connection over an endpoint in memory, with its own session and message handler. */
final class JettyReader {
  /**
   * Without reused buffers: when Jetty counts too many bytes, they would show an earlier stream.
   */
  private static final WebSocketComponents COMPONENTS =
      new WebSocketComponents(
          null, null, new ByteBufferPool.NonPooling(), null, null, Runnable::run);

  /** Never started: nothing here has a deadline. */
  private static final Scheduler SCHEDULER = new ScheduledExecutorScheduler();

  private final OpinionBuilder opinions = new OpinionBuilder();

  private JettyReader() {}

  static Opinion read(FrameStream stream) {
    JettyReader reader = new JettyReader();
    Session session = reader.new Session(stream);
    ByteArrayEndPoint endPoint = new ByteArrayEndPoint();
    WebSocketConnection connection =
        new WebSocketConnection(
            endPoint, Runnable::run, SCHEDULER, COMPONENTS.getByteBufferPool(), session);
    session.setWebSocketConnection(connection);
    endPoint.setConnection(connection);
    endPoint.setGrowOutput(true);
    connection.onOpen();
    for (ByteBuffer piece : stream.pieces()) {
      if (!reader.opinions.isOver()) {
        endPoint.addInput(piece);
      }
    }
    Opinion opinion = reader.opinions.opinion();
    endPoint.close();
    session.getExtensionStack().close();
    return opinion;
  }

  private static Negotiated negotiated(FrameStream stream) {
    ExtensionStack stack = new ExtensionStack(COMPONENTS, behavior(stream));
    List<ExtensionConfig> extensions = List.of();
    if (stream.agreed() != null) {
      ExtensionConfig config = new ExtensionConfig(DeflateParameters.EXTENSION);
      // Jetty reads only the client's parameter, for either sender.
      if (!stream.agreed().takesContextOver(stream.sender())) {
        config.setParameter("client_no_context_takeover");
      }
      // Room for a message of the limit: frames are not split, see below.
      config.setParameter("@inflate_buffer_size", stream.limit() + 1);
      extensions = List.of(config);
    }
    stack.negotiate(extensions, extensions);
    return Negotiated.from(stack);
  }

  private static Behavior behavior(FrameStream stream) {
    return stream.sender() == Endpoint.CLIENT ? Behavior.SERVER : Behavior.CLIENT;
  }

  private static byte[] bytes(Frame frame) {
    ByteBuffer payload = frame.getPayload();
    return payload == null ? new byte[0] : BufferUtil.toArray(payload);
  }

  /** Records each frame before it is inflated, and what fails the connection. */
  private final class Session extends WebSocketCoreSession {
    Session(FrameStream stream) {
      super(new Messages(), behavior(stream), negotiated(stream), COMPONENTS);
      setIdleTimeout(Duration.ZERO);
      setWriteTimeout(Duration.ZERO);
      setMaxFrameSize(stream.limit() + 1L);
      setMaxTextMessageSize(stream.limit());
      setMaxBinaryMessageSize(stream.limit());
      // Otherwise Jetty passes parts of a frame as frames.
      setAutoFragment(false);
    }

    @Override
    public void onFrame(Frame frame, Callback callback) {
      if (opinions.isOver()) {
        callback.succeeded();
        return;
      }
      int rsv = (frame.isRsv1() ? 4 : 0) | (frame.isRsv2() ? 2 : 0) | (frame.isRsv3() ? 1 : 0);
      opinions.frame(frame.getOpCode(), frame.isFin(), rsv, bytes(frame));
      super.onFrame(frame, callback);
      if (opinions.hasFailed()) {
        opinions.removeLastFrame();
      }
    }

    @Override
    public void processConnectionError(Throwable cause, Callback callback) {
      super.processConnectionError(cause, callback);
      opinions.fail(Opinion.DROPPED, String.valueOf(cause.getMessage()));
    }

    @Override
    public void processHandlerError(Throwable cause, Callback callback) {
      super.processHandlerError(cause, callback);
      opinions.fail(Opinion.DROPPED, String.valueOf(cause.getMessage()));
    }

    @Override
    public void sendFrame(Frame frame, Callback callback, boolean batch) {
      if (frame.getOpCode() == OpCode.CLOSE) {
        CloseStatus status = CloseStatus.getCloseStatus(frame);
        opinions.fail(String.valueOf(status.getCode()), String.valueOf(status.getReason()));
      }
      super.sendFrame(frame, callback, batch);
    }
  }

  private final class Messages extends MessageHandler {
    @Override
    protected void onText(String message, Callback callback) {
      opinions.event("text", message.getBytes(StandardCharsets.UTF_8));
      callback.succeeded();
    }

    @Override
    protected void onBinary(ByteBuffer message, Callback callback) {
      opinions.event("binary", BufferUtil.toArray(message));
      callback.succeeded();
    }

    @Override
    protected void onPingFrame(Frame frame, Callback callback) {
      opinions.event("ping", bytes(frame));
      callback.succeeded();
      getCoreSession().demand();
    }

    @Override
    protected void onPongFrame(Frame frame, Callback callback) {
      opinions.event("pong", bytes(frame));
      super.onPongFrame(frame, callback);
    }

    @Override
    protected void onCloseFrame(Frame frame, Callback callback) {
      opinions.close(bytes(frame));
      super.onCloseFrame(frame, callback);
    }
  }
}
