package wscope.protocol;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import wscope.protocol.deflate.BufferPool;
import wscope.protocol.deflate.Compression;
import wscope.protocol.event.AwaitedInput;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.event.FrameListener;
import wscope.protocol.handshake.HeadDecoder;
import wscope.protocol.rule.Endpoint;

/**
 * Reads what one endpoint sends: a head, then frames, or a body if no WebSocket opens. Bytes after
 * a head wait until the response shows how to read them.
 */
final class DirectionReader implements AutoCloseable {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  /** Whose bytes a reader reads. */
  enum Kind {
    /** Those of others, whose handshake may be missing. */
    CAPTURED,
    /**
     * Those of others, from the first head on, which are passed on whether they are read or not.
     */
    PASSING,
    /** Those of an endpoint that wscope plays, or of its peer. */
    OWN
  }

  private enum Stage {
    START,
    HEAD,
    /** The response decides how to read the bytes that follow. */
    BEFORE_RESPONSE,
    FRAMES,
    BODY
  }

  private final Endpoint sender;
  private final Limits limits;
  private final BufferPool pool;
  private final ExchangeListener listener;
  private final OpeningHandshake handshake;

  /** Bytes held until it is clear whether they begin a head. */
  private final ByteBuffer held;

  private Stage stage;
  private @Nullable FrameReader frames;

  private final Kind kind;

  private boolean strict;
  private boolean findsCauses;
  private boolean assumesDeflate = true;

  /** The frames of the client; null if they are not kept. */
  private @Nullable SentFrames clientFrames;

  private boolean stopped;
  private boolean ended;

  /**
   * @param limits the limits for the frames
   * @param kind whose bytes these are; unless captured, the stream starts with a head, even if its
   *     first bytes look different
   */
  DirectionReader(
      Endpoint sender,
      Limits limits,
      BufferPool pool,
      ExchangeListener listener,
      OpeningHandshake handshake,
      Kind kind) {
    this.sender = sender;
    this.limits = limits;
    this.pool = pool;
    this.listener = listener;
    this.handshake = handshake;
    this.kind = kind;
    boolean captured = kind == Kind.CAPTURED;
    stage = captured ? Stage.START : Stage.HEAD;
    held = captured ? ByteBuffer.allocate(HeadStart.LONGEST) : NOTHING;
  }

  /** Looks for the cause of a broken frame. */
  void findCauses() {
    findsCauses = true;
  }

  /** Takes no message for a compressed one, unless a handshake negotiates it. */
  void assumeNoDeflate() {
    assumesDeflate = false;
  }

  /** Keeps the last frames of the client, or compares them with those of the server. */
  void clientFrames(SentFrames frames) {
    clientFrames = frames;
  }

  /** Reports an incomplete frame header as soon as it breaks a rule. */
  void strict() {
    strict = true;
  }

  /** Reads up to the end of the buffer, a pause, a stop or the end of a head. */
  void feed(ByteBuffer in) {
    while (in.hasRemaining() && !stopped && stage != Stage.BEFORE_RESPONSE) {
      switch (stage) {
        case START -> recogniseHead(in);
        case HEAD -> {
          if (head().feed(in)) {
            headRead();
          }
        }
        case BODY -> {
          listener.event(new Event.Body(sender, in));
          in.position(in.limit());
        }
        case FRAMES, BEFORE_RESPONSE -> {
          feedFrames(in);
          return;
        }
      }
    }
  }

  /** Ends the direction: the endpoint sends nothing more. */
  void end() {
    if (stage == Stage.START && held.position() > 0) {
      startFrames();
    }
    if (stage == Stage.HEAD && !head().received().isEmpty()) {
      listener.event(new Event.HeadIncomplete(sender, 0, head().received()));
    }
    ended = true;
    if (frames != null) {
      frames.end();
    }
  }

  /** Starts to read frames: the WebSocket is open. */
  void startFrames() {
    if (stage == Stage.FRAMES || stopped) {
      return;
    }
    stage = Stage.FRAMES;
    FrameListener receiver = listener.frames(sender);
    if (receiver != null) {
      Compression compression =
          kind == Kind.OWN
              ? handshake.compression(pool)
              : handshake.observedCompression(pool, assumesDeflate);
      frames = new FrameReader(sender, limits, compression, 0, receiver);
      if (strict) {
        frames.strict();
      }
      boolean ofServer = sender == Endpoint.SERVER;
      if (kind != Kind.OWN || findsCauses) {
        frames.findCauses(ofServer ? clientFrames : null);
      }
      if (clientFrames != null && !ofServer) {
        frames.keep(clientFrames);
      }
      if (kind == Kind.CAPTURED && !handshake.hasResponse()) {
        frames.startUnknown();
      }
      frames.feed(held.duplicate().flip());
      if (ended) {
        frames.end();
      }
    }
  }

  /**
   * Bytes of this direction are missing. If {@link #awaitsFrames} then holds, it reads on from
   * where a frame begins, after {@link #resume}.
   *
   * @return the number of bytes after the missing ones that end the open frame; -1 if that is not
   *     known
   */
  long gap(long missing) {
    held.clear();
    return frames == null ? -1 : frames.gap(missing);
  }

  /** Whether frames are all that may follow. */
  boolean awaitsFrames() {
    return !stopped
        && (stage == Stage.START || stage == Stage.BEFORE_RESPONSE || stage == Stage.FRAMES);
  }

  /** The next bytes begin a frame. So many bytes before it are not read. */
  void resume(long skipped) {
    if (stage == Stage.START && sender == Endpoint.CLIENT && !handshake.isAgreementKnown()) {
      stage = Stage.BEFORE_RESPONSE;
    } else if (stage == Stage.START) {
      startFrames();
    }
    if (frames != null) {
      frames.skip(skipped);
    }
  }

  /** Whether this direction is reading frames. */
  boolean isInFrames() {
    return stage == Stage.FRAMES;
  }

  /** Whether this direction waits for the response before it reads on. */
  boolean awaitsResponse() {
    return stage == Stage.BEFORE_RESPONSE;
  }

  /**
   * Continues after the response has arrived, or when it can no longer arrive.
   *
   * @param opened whether frames follow; otherwise a body follows
   */
  void responseKnown(boolean opened) {
    if (stage == Stage.BEFORE_RESPONSE && opened) {
      startFrames();
    } else if (stage == Stage.BEFORE_RESPONSE) {
      stage = Stage.BODY;
    }
  }

  /** Whether a listener receives the frames of this direction. */
  boolean hasListener() {
    return frames != null;
  }

  void pause() {
    if (frames != null) {
      frames.pause();
    }
  }

  /** Whether the last feed left bytes for the next one. */
  boolean isPaused() {
    return !stopped && (stage == Stage.BEFORE_RESPONSE || (frames != null && frames.isPaused()));
  }

  /** Stops reading. */
  void stop() {
    stopped = true;
    if (frames != null) {
      frames.stop();
    }
  }

  /** Whether a frame or a message has begun but not ended. */
  boolean isInside() {
    return frames != null && frames.isInside();
  }

  /** The input that this direction expects next. */
  AwaitedInput awaited() {
    boolean request = sender == Endpoint.CLIENT;
    return switch (stage) {
      case START ->
          AwaitedInput.of(
              held.position() == 0 ? AwaitedInput.Kind.START : AwaitedInput.Kind.UNCLEAR);
      case HEAD ->
          AwaitedInput.of(
              request ? AwaitedInput.Kind.REQUEST_HEAD : AwaitedInput.Kind.RESPONSE_HEAD);
      case BEFORE_RESPONSE -> AwaitedInput.of(AwaitedInput.Kind.RESPONSE);
      case FRAMES -> frames == null ? AwaitedInput.of(AwaitedInput.Kind.NOTHING) : frames.awaited();
      case BODY -> AwaitedInput.of(AwaitedInput.Kind.BODY);
    };
  }

  @Override
  public void close() {
    if (frames != null) {
      frames.close();
    }
  }

  private HeadDecoder head() {
    return sender == Endpoint.CLIENT ? handshake.requestDecoder() : handshake.responseDecoder();
  }

  /** Holds bytes while they may be the beginning of a head. */
  private void recogniseHead(ByteBuffer in) {
    held.put(in.get());
    boolean request = sender == Endpoint.CLIENT;
    switch (HeadStart.of(held, request, !request)) {
      case REQUEST, RESPONSE -> {
        stage = Stage.HEAD;
        head().feed(held.flip());
        held.clear();
      }
      case UNCLEAR -> {}
      case NEITHER -> {
        if (request && !handshake.isAgreementKnown()) {
          stage = Stage.BEFORE_RESPONSE;
        } else {
          startFrames();
        }
      }
    }
  }

  private void headRead() {
    stage = Stage.BEFORE_RESPONSE;
    if (sender == Endpoint.CLIENT) {
      handshake.requestRead(0);
    } else {
      stage = handshake.responseRead(0) ? stage : Stage.HEAD;
    }
  }

  private void feedFrames(ByteBuffer in) {
    if (frames == null) {
      in.position(in.limit());
      return;
    }
    frames.feed(in);
    if (!frames.isPaused()) {
      // A stopped reader leaves bytes.
      if (in.hasRemaining() && kind == Kind.PASSING) {
        listener.event(new Event.Opaque(sender, Event.Opaque.Why.BROKEN, in));
      }
      in.position(in.limit());
    }
  }
}
