package wscope.protocol;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.deflate.Compression;
import wscope.protocol.event.AwaitedInput;
import wscope.protocol.event.FrameListener;
import wscope.protocol.frame.FrameDecoder;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.IncompleteFrame;
import wscope.protocol.message.Cause;
import wscope.protocol.message.Message;
import wscope.protocol.message.MessageNumbers;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Violation;

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
  private final @Nullable Endpoint sender;
  private boolean strict;
  private @Nullable CauseFinder causes;

  /** Keeps the last frames, for what the peer sends back; null if nobody asks for them. */
  private @Nullable SentFrames kept;

  /** The buffer that is being read. */
  private @Nullable ByteBuffer current;

  private @Nullable Endpoint named;
  private boolean assumed;

  /** The sender of the current frame. */
  private Endpoint lastSender = Endpoint.CLIENT;

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
    this.sender = sender;
    this.limits = limits;
    this.compression = compression;
    this.listener = listener;
    decoder = new FrameDecoder(offset, new Sorter());
  }

  /**
   * Reads the next bytes, up to the limit of the buffer, a {@link #pause} or a {@link #stop}. It
   * unmasks payloads in place: do not use the bytes again.
   */
  public void feed(ByteBuffer in) {
    current = in;
    decoder.feed(in);
    if (strict) {
      checkHeader();
      causeOfText(in);
    }
    current = null;
  }

  /**
   * Looks for the cause of the first broken frame, and of an incomplete one at the end.
   *
   * @param sent the frames of the peer, which may be the cause; null if they are not known
   */
  void findCauses(@Nullable SentFrames sent) {
    causes = new CauseFinder(sent);
  }

  /** Keeps the last frames. */
  void keep(SentFrames frames) {
    kept = frames;
  }

  /** Reports an incomplete header as soon as it breaks a rule. The listener must then stop. */
  void strict() {
    strict = true;
  }

  /**
   * Names the sender of the frames that begin from now on, in a stream of both endpoints.
   *
   * @param sender null to attribute each frame by its MASK bit
   */
  void sender(@Nullable Endpoint sender) {
    named = sender;
  }

  /** Limits the length of the slices of the payload of the frame that has just started. */
  void sliceAtMost(int bytes) {
    decoder.sliceAtMost(bytes);
  }

  /** Leaves the bytes after the current slice for the next feed. The listener may call this. */
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

  /**
   * Bytes are missing: ends the open frame and the open messages. Nothing is known about what the
   * next frame continues.
   *
   * @return as that of {@link FrameDecoder#gap}
   */
  long gap(long missing) {
    long rest = decoder.gap(missing);
    // What is kept of a frame proves nothing any longer.
    causes = null;
    kept = null;
    listener.gap();
    startUnknown();
    return rest;
  }

  /** The next frame may continue a message, and a compressed one refer to others, not seen here. */
  void startUnknown() {
    for (Endpoint each : Endpoint.values()) {
      if (sender == null || sender == each) {
        receiver(each).startUnknown();
      }
    }
  }

  /** Counts bytes that are not read, before the next frame. */
  void skip(long bytes) {
    decoder.skip(bytes);
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
    IncompleteFrame incomplete = decoder.isStopped() ? null : decoder.incomplete();
    if (incomplete != null && decoder.isInHeader()) {
      headerIncomplete(incomplete, false);
    }
    if (causes != null && incomplete != null) {
      cause(causes.ofIncomplete());
    } else if (causes != null && !strict) {
      cause(causes.ofBroken());
    }
    listener.ended(incomplete);
  }

  private void cause(@Nullable Cause cause) {
    if (cause != null) {
      listener.cause(lastSender, cause);
      causes = null;
    }
  }

  /** A session stops at the first broken header, so it looks at what has arrived after it. */
  private void causeOfStop() {
    if (causes != null && strict && decoder.isStopped()) {
      if (current != null) {
        causes.add(current);
      }
      cause(causes.ofBroken());
    }
  }

  /** A session stops at the first byte that is not UTF-8, so it looks at what has arrived after. */
  private void causeOfText(ByteBuffer rest) {
    if (causes != null && decoder.isStopped() && receiver(lastSender).isTextInvalid()) {
      cause(causes.ofInvalidText(rest));
    }
  }

  /** Whether the bytes of an incomplete header break a rule, so that an endpoint must fail now. */
  private void checkHeader() {
    IncompleteFrame incomplete = decoder.incomplete();
    if (incomplete != null && decoder.isInHeader() && !decoder.isStopped()) {
      headerIncomplete(incomplete, true);
    }
  }

  /**
   * Reports an incomplete header.
   *
   * @param onlyErrors whether to report it only if it breaks a rule
   */
  private void headerIncomplete(IncompleteFrame incomplete, boolean onlyErrors) {
    FrameHeader known = decoder.knownFields();
    Endpoint sender = senderOf(known, incomplete);
    List<Violation> violations = receiver(sender).check(incomplete, known);
    if (!onlyErrors || hasError(violations)) {
      lastSender = sender;
      if (causes != null) {
        causes.headerIncomplete(known.number(), incomplete.header(), hasError(violations));
      }
      listener.headerIncomplete(incomplete, known, sender, violations);
      causeOfStop();
    }
  }

  private static boolean hasError(List<Violation> violations) {
    for (int i = 0; i < violations.size(); i++) {
      if (violations.get(i).rule().isError()) {
        return true;
      }
    }
    return false;
  }

  /** The sender of a frame; a guess if its MASK bit is needed but has not arrived. */
  private Endpoint senderOf(FrameHeader known, IncompleteFrame incomplete) {
    Endpoint sure = sender == null ? named : sender;
    if (sure != null) {
      return sure;
    }
    boolean client = incomplete.hasSecondByte() ? known.masked() : server == null;
    return client ? Endpoint.CLIENT : Endpoint.SERVER;
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

  /** Whether frames of both endpoints have arrived, and the MASK bit named some of the senders. */
  boolean assumesSenders() {
    return assumed && client != null && server != null;
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
    @Override
    public void frameStarted(FrameHeader header) {
      Endpoint byMask = header.masked() ? Endpoint.CLIENT : Endpoint.SERVER;
      Endpoint sure = sender == null ? named : sender;
      lastSender = sure == null ? byMask : sure;
      assumed |= sure == null;
      FrameReceiver receiver = receiver(lastSender);
      receiver.check(header);
      if (kept != null) {
        kept.started(header);
      }
      if (causes != null) {
        causes.started(header, receiver.isHeaderBroken());
      }
      receiver.frameStarted(header);
      causeOfStop();
    }

    @Override
    public void framePayload(FrameHeader header, ByteBuffer wire, long index) {
      if (kept != null) {
        kept.add(wire);
      }
      if (causes != null) {
        causes.add(wire);
      }
      receiver(lastSender).framePayload(header, wire, index);
    }

    @Override
    public void frameEnded(FrameHeader header) {
      FrameReceiver receiver = receiver(lastSender);
      receiver.frameEnded(header);
      if (causes != null) {
        cause(causes.ended(header, receiver.isTextInvalid()));
      }
    }
  }
}
