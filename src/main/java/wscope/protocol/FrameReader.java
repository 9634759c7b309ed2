package wscope.protocol;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import wscope.protocol.deflate.Compression;
import wscope.protocol.event.AwaitedInput;
import wscope.protocol.event.FrameListener;
import wscope.protocol.frame.FrameDecoder;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.IncompleteFrame;
import wscope.protocol.message.Message;
import wscope.protocol.message.MessageNumbers;
import wscope.protocol.rule.Endpoint;

/**
 * Reads a stream of frames and reports everything to a listener: layout, messages and every
 * violation. It continues after violations as long as it can find frames.
 *
 * <p>It keeps only the payload of an unfinished control frame: its memory does not depend on what a
 * header declares.
 */
public final class FrameReader implements AutoCloseable {
  private final Limits limits;
  private final @Nullable Compression compression;
  private final FrameListener listener;
  private final FrameDecoder decoder;
  private @Nullable Endpoint named;
  private @Nullable FrameReceiver client;
  private @Nullable FrameReceiver server;
  private final MessageNumbers messageNumbers = new MessageNumbers();

  /**
   * Creates a reader for one stream.
   *
   * @param sender the endpoint that sends the bytes; null to attribute each frame by its MASK bit,
   *     which is then always correct
   * @param compression the compression of the connection; null if permessage-deflate is not in use
   * @param offset the offset of the first byte; all offsets count from it
   * @param listener receives everything
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
   * Reads the next bytes, up to the limit of the buffer, a {@link #pause} or a {@link #stop}. It
   * unmasks payloads in place: do not use the bytes again.
   */
  public void feed(ByteBuffer in) {
    decoder.feed(in);
  }

  /**
   * Names the sender of the frames that begin from now on, in a stream of both endpoints.
   *
   * @param sender null to attribute each frame by its MASK bit
   */
  void sender(@Nullable Endpoint sender) {
    named = sender;
  }

  /** Leaves the bytes after the current message for the next feed. The listener may call this. */
  void pause() {
    decoder.pause();
  }

  /** Whether the last feed was paused and left bytes for the next one. */
  boolean isPaused() {
    return decoder.isPaused();
  }

  /** Reads nothing more. The listener may call this at any event. */
  public void stop() {
    decoder.stop();
  }

  /** Releases the memory of open messages. Do not call {@link #feed} afterwards. */
  @Override
  public void close() {
    if (client != null) {
      client.close();
    }
    if (server != null) {
      server.close();
    }
  }

  /** Ends the input. */
  public void end() {
    listener.ended(decoder.isStopped() ? null : decoder.incomplete());
  }

  /** The input that the reader expects next. */
  AwaitedInput awaited() {
    if (decoder.isStopped()) {
      return AwaitedInput.of(AwaitedInput.Kind.NOTHING);
    }
    IncompleteFrame incomplete = decoder.incomplete();
    return new AwaitedInput(
        incomplete == null ? AwaitedInput.Kind.FRAME : AwaitedInput.Kind.REST_OF_FRAME,
        incomplete,
        openMessages());
  }

  /** Whether a frame or a message has begun but not ended. */
  boolean isInside() {
    if (decoder.isStopped()) {
      return false;
    }
    return decoder.isInside()
        || (client != null && client.isInMessage())
        || (server != null && server.isInMessage());
  }

  private List<AwaitedInput.OpenMessage> openMessages() {
    List<AwaitedInput.OpenMessage> open = new ArrayList<>(2);
    addOpen(client, open);
    addOpen(server, open);
    return open;
  }

  private static void addOpen(
      @Nullable FrameReceiver receiver, List<AwaitedInput.OpenMessage> open) {
    Message message = receiver == null ? null : receiver.openMessage();
    if (message != null) {
      open.add(new AwaitedInput.OpenMessage(message.number(), message.length()));
    }
  }

  /** Whether frames of both endpoints have arrived. */
  public boolean hasBothDirections() {
    return client != null && server != null;
  }

  private FrameReceiver receiver(Endpoint sender) {
    FrameReceiver receiver = sender == Endpoint.CLIENT ? client : server;
    if (receiver == null) {
      receiver = new FrameReceiver(sender, limits, compression, messageNumbers, listener, this);
      if (sender == Endpoint.CLIENT) {
        client = receiver;
      } else {
        server = receiver;
      }
    }
    return receiver;
  }

  /**
   * Passes each frame to the receiver for its sender, which the MASK bit identifies unless named.
   */
  private final class Sorter implements FrameDecoder.Listener {
    private @Nullable Endpoint sender;

    @Override
    public void frameStarted(FrameHeader header) {
      Endpoint byMask = header.masked() ? Endpoint.CLIENT : Endpoint.SERVER;
      sender = named == null ? byMask : named;
      receiver(sender).frameStarted(header);
    }

    @Override
    public void framePayload(FrameHeader header, ByteBuffer wire, long index) {
      current().framePayload(header, wire, index);
    }

    @Override
    public void frameEnded(FrameHeader header) {
      current().frameEnded(header);
    }

    private FrameReceiver current() {
      return receiver(Objects.requireNonNull(sender, "a frame has started"));
    }
  }
}
