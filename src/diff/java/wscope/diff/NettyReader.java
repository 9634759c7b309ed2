package wscope.diff;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionData;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionDecoder;
import io.netty.handler.codec.http.websocketx.extensions.compression.PerMessageDeflateServerExtensionHandshaker;
import io.netty.util.ReferenceCountUtil;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import wscope.protocol.deflate.DeflateParameters;
import wscope.protocol.rule.Endpoint;

/** Netty's handlers in the order of its server: frames, deflate, UTF-8, messages. */
final class NettyReader {
  private final OpinionBuilder opinions = new OpinionBuilder();

  private NettyReader() {}

  static Opinion read(FrameStream stream) {
    NettyReader reader = new NettyReader();
    EmbeddedChannel channel = new EmbeddedChannel();
    channel.pipeline().addLast(new WebSocket13FrameDecoder(config(stream)), reader.new FrameTap());
    if (stream.agreed() != null) {
      channel.pipeline().addLast(inflater(stream));
    }
    channel
        .pipeline()
        .addLast(
            new Utf8FrameValidator(),
            new WebSocketFrameAggregator(stream.limit()),
            reader.new MessageTap());
    for (ByteBuffer piece : stream.pieces()) {
      if (!reader.opinions.isOver()) {
        channel.writeInbound(Unpooled.wrappedBuffer(piece));
      }
    }
    Opinion opinion = reader.opinions.opinion();
    // This complains about an open message, which is not a reaction to the stream.
    channel.finishAndReleaseAll();
    return opinion;
  }

  private static WebSocketDecoderConfig config(FrameStream stream) {
    return WebSocketDecoderConfig.newBuilder()
        .expectMaskedFrames(stream.sender() == Endpoint.CLIENT)
        .allowExtensions(stream.agreed() != null)
        .maxFramePayloadLength(stream.limit())
        .build();
  }

  /** What a server uses for a client's messages; it also inflates those of a server. */
  private static WebSocketExtensionDecoder inflater(FrameStream stream) {
    Map<String, String> parameters = new HashMap<>();
    if (!Objects.requireNonNull(stream.agreed()).takesContextOver(stream.sender())) {
      parameters.put("client_no_context_takeover", null);
    }
    return Objects.requireNonNull(
            new PerMessageDeflateServerExtensionHandshaker(6, true, 15, true, true, stream.limit())
                .handshakeExtension(
                    new WebSocketExtensionData(DeflateParameters.EXTENSION, parameters)))
        .newExtensionDecoder();
  }

  private static int opcode(WebSocketFrame frame) {
    if (frame instanceof ContinuationWebSocketFrame) {
      return 0x0;
    }
    if (frame instanceof TextWebSocketFrame) {
      return 0x1;
    }
    if (frame instanceof BinaryWebSocketFrame) {
      return 0x2;
    }
    if (frame instanceof CloseWebSocketFrame) {
      return 0x8;
    }
    return frame instanceof PingWebSocketFrame ? 0x9 : 0xa;
  }

  /** Sees each frame before the other handlers do. */
  private final class FrameTap extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object read) {
      if (opinions.isOver()) {
        ReferenceCountUtil.release(read);
      } else if (read instanceof WebSocketFrame frame) {
        byte[] payload = ByteBufUtil.getBytes(frame.content());
        opinions.frame(opcode(frame), frame.isFinalFragment(), frame.rsv(), payload);
        context.fireChannelRead(read);
        if (opinions.hasFailed()) {
          opinions.removeLastFrame();
        }
      }
    }
  }

  /** Sees the output of all handlers, and their exceptions. */
  private final class MessageTap extends SimpleChannelInboundHandler<WebSocketFrame> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
      byte[] content = ByteBufUtil.getBytes(frame.content());
      if (frame instanceof CloseWebSocketFrame) {
        opinions.close(content);
      } else if (frame instanceof PingWebSocketFrame) {
        opinions.event("ping", content);
      } else if (frame instanceof PongWebSocketFrame) {
        opinions.event("pong", content);
      } else {
        opinions.event(frame instanceof TextWebSocketFrame ? "text" : "binary", content);
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      Object written = ((EmbeddedChannel) context.channel()).readOutbound();
      // Netty writes an empty buffer only to close TCP after it.
      String end =
          written instanceof CloseWebSocketFrame close
              ? String.valueOf(close.statusCode())
              : Opinion.DROPPED;
      opinions.fail(end, String.valueOf(cause.getMessage()));
      ReferenceCountUtil.release(written);
    }
  }
}
