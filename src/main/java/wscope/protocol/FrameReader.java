package wscope.protocol;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.deflate.Compression;
import wscope.protocol.event.Awaited;
import wscope.protocol.event.FrameListener;
import wscope.protocol.frame.FrameDecoder;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.Incomplete;
import wscope.protocol.message.Message;
import wscope.protocol.message.MessageNumbers;
import wscope.protocol.rule.Endpoint;

/**
 * Reads a stream of frames and tells a listener everything about it: layout, messages and every
 * violation. It goes on after violations for as long as frames can be found.
 *
 * <p>It keeps no payload but that of an unfinished control frame, so its memory does not depend on
 * what a header declares.
 */
public final class FrameReader implements AutoCloseable {
  private final Limits limits;
  private final @Nullable Compression compression;
  private final FrameListener listener;
  private final FrameDecoder decoder;
  private @Nullable FrameReceiver client;
  private @Nullable FrameReceiver server;
  private final MessageNumbers numbers = new MessageNumbers();

  /**
   * @param sender whose bytes these are; null to tell the frames of both ends apart by their MASK
   *     bit, which then is never wrong
   * @param compression null if permessage-deflate is not in use
   * @param offset of the first byte in the stream, from which all offsets count
   * @param listener hears of everything
   */
  public FrameReader(
      @Nullable Endpoint sender,
      Limits limits,
      @Nullable Compression compression,
      long offset,
      FrameListener listener) {
    this.limits = limits;
    this.compression = compression;
    this.listener = listener;
    decoder = new FrameDecoder(offset, sender == null ? new Sorter() : receiver(sender));
  }

  /**
   * Reads the next bytes, up to the limit of the buffer, to a {@link #pause} or to a {@link #stop}.
   * Masked payloads are unmasked in place: what was read of the buffer is used up.
   */
  public void feed(ByteBuffer in) {
    decoder.feed(in);
  }

  /** Leaves what follows the message at hand to the next feed; the listener may call it. */
  void pause() {
    decoder.pause();
  }

  /** Whether the last feed was paused, and left what followed to the next. */
  boolean isPaused() {
    return decoder.isPaused();
  }

  /** Reads nothing more; the listener may call it at any event. */
  public void stop() {
    decoder.stop();
  }

  /** Releases what open messages hold; nothing is fed afterwards. */
  @Override
  public void close() {
    if (client != null) {
      client.close();
    }
    if (server != null) {
      server.close();
    }
  }

  /** The input ends here. */
  public void end() {
    listener.ended(decoder.isStopped() ? null : decoder.incomplete());
  }

  /** What would come next. */
  Awaited awaited() {
    if (decoder.isStopped()) {
      return Awaited.of(Awaited.What.NOTHING);
    }
    Incomplete incomplete = decoder.incomplete();
    return new Awaited(
        incomplete == null ? Awaited.What.FRAME : Awaited.What.REST_OF_FRAME,
        incomplete,
        openMessages());
  }

  /** Whether the stream stands inside a frame or a message. */
  boolean isInside() {
    if (decoder.isStopped()) {
      return false;
    }
    return decoder.isInside()
        || (client != null && client.isInMessage())
        || (server != null && server.isInMessage());
  }

  private List<Awaited.OpenMessage> openMessages() {
    List<Awaited.OpenMessage> open = new ArrayList<>(2);
    addOpen(client, open);
    addOpen(server, open);
    return open;
  }

  private static void addOpen(@Nullable FrameReceiver receiver, List<Awaited.OpenMessage> open) {
    Message message = receiver == null ? null : receiver.openMessage();
    if (message != null) {
      open.add(new Awaited.OpenMessage(message.number(), message.length()));
    }
  }

  /** Whether frames of both endpoints have come. */
  public boolean hasBothDirections() {
    return client != null && server != null;
  }

  private FrameReceiver receiver(Endpoint sender) {
    FrameReceiver receiver = sender == Endpoint.CLIENT ? client : server;
    if (receiver == null) {
      receiver = new FrameReceiver(sender, limits, compression, numbers, listener, this);
      if (sender == Endpoint.CLIENT) {
        client = receiver;
      } else {
        server = receiver;
      }
    }
    return receiver;
  }

  /** Hands each frame to the receiver that its MASK bit tells. */
  private final class Sorter implements FrameDecoder.Listener {
    @Override
    public void frameStarted(FrameHeader header) {
      of(header).frameStarted(header);
    }

    @Override
    public void framePayload(FrameHeader header, ByteBuffer wire, long index) {
      of(header).framePayload(header, wire, index);
    }

    @Override
    public void frameEnded(FrameHeader header) {
      of(header).frameEnded(header);
    }

    private FrameReceiver of(FrameHeader header) {
      return receiver(header.masked() ? Endpoint.CLIENT : Endpoint.SERVER);
    }
  }
}
