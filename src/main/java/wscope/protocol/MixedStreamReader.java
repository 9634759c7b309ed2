package wscope.protocol;

import java.nio.ByteBuffer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import wscope.protocol.deflate.BufferPool;
import wscope.protocol.deflate.Compression;
import wscope.protocol.deflate.DeflateParameters;
import wscope.protocol.event.AwaitedInput;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.event.FrameListener;
import wscope.protocol.handshake.Hixie76Challenge;
import wscope.protocol.handshake.LegacyProtocol;
import wscope.protocol.handshake.RequestHead;
import wscope.protocol.rule.Endpoint;

/**
 * Decodes an exchange recorded in one stream without marked directions: a request, a response, both
 * (RFC 6455 §1.2) or neither, then frames. A single head identifies the sender of the frames;
 * otherwise their MASK bits do. All offsets count from the first byte.
 */
public final class MixedStreamReader {
  private enum Stage {
    START,
    REQUEST,
    CHALLENGE,
    AFTER_REQUEST,
    RESPONSE,
    AFTER_RESPONSE,
    FRAMES,
    HIXIE,
    BODY
  }

  private final Limits limits;
  private final @Nullable Endpoint sender;
  private final ExchangeListener listener;
  private final OpeningHandshake handshake;

  /** Bytes held until it is clear whether they begin a head. */
  private final ByteBuffer held =
      ByteBuffer.allocate(Hixie76Challenge.BODY_BYTES + HeadStart.LONGEST);

  private final BufferPool pool = new BufferPool();
  private Stage stage = Stage.START;
  private @Nullable Endpoint named;
  private Endpoint headSender = Endpoint.CLIENT;
  private @Nullable FrameReader frames;
  private @Nullable HixieReader hixie;
  private @Nullable Hixie76Challenge challenge;
  private long offset;
  private boolean assumesDeflate = true;

  /**
   * Creates a reader for one stream.
   *
   * @param sender the sender of the frames; null to find it from the heads and the MASK bits
   * @param agreed the negotiated parameters of permessage-deflate; null to take them from the
   *     handshake
   */
  public MixedStreamReader(
      @Nullable Endpoint sender,
      Limits limits,
      @Nullable DeflateParameters agreed,
      ExchangeListener listener) {
    this.sender = sender;
    this.limits = limits;
    this.listener = listener;
    handshake = new OpeningHandshake(limits, limits, agreed, listener, UnaryOperator.identity());
  }

  /** Takes no message for a compressed one, unless a handshake negotiates it. */
  public void assumeNoDeflate() {
    assumesDeflate = false;
  }

  /** Reads the next bytes. It unmasks payloads in place: do not use the bytes again. */
  public void feed(ByteBuffer in) {
    while (in.hasRemaining()) {
      step(in);
    }
  }

  /**
   * Reads whole frames, or a head, of a known sender.
   *
   * @param from who sent them; null to find it from the heads and the MASK bits
   */
  public void feed(ByteBuffer in, @Nullable Endpoint from) {
    named = from;
    feed(in);
    named = null;
  }

  /** Ends the input. */
  public void end() {
    switch (stage) {
      case START, AFTER_REQUEST, AFTER_RESPONSE -> startFrames();
      case REQUEST, RESPONSE ->
          listener.event(new Event.HeadIncomplete(headSender, offset, headReceived()));
      case CHALLENGE -> listener.event(new Event.ChallengeIncomplete(offset, held.flip()));
      case FRAMES, HIXIE, BODY -> {}
    }
    if (hixie != null) {
      hixie.end();
    }
    if (frames != null) {
      frames.end();
    } else if (stage != Stage.FRAMES) {
      FrameListener receiver = listener.frames(sender);
      if (receiver != null) {
        receiver.ended(null);
      }
    }
    close();
  }

  /** Releases the memory of the stream, without an event. Do not call {@link #feed} afterwards. */
  public void close() {
    if (frames != null) {
      frames.close();
    }
    pool.close();
  }

  /** The input that the reader expects next. */
  public AwaitedInput awaited() {
    return switch (stage) {
      case START ->
          AwaitedInput.of(
              held.position() == 0 ? AwaitedInput.Kind.START : AwaitedInput.Kind.UNCLEAR);
      case REQUEST -> AwaitedInput.of(AwaitedInput.Kind.REQUEST_HEAD);
      case CHALLENGE -> AwaitedInput.of(AwaitedInput.Kind.CHALLENGE);
      case AFTER_REQUEST -> AwaitedInput.of(AwaitedInput.Kind.RESPONSE);
      case RESPONSE -> AwaitedInput.of(AwaitedInput.Kind.RESPONSE_HEAD);
      case AFTER_RESPONSE -> AwaitedInput.of(AwaitedInput.Kind.FRAME);
      case FRAMES -> frames == null ? AwaitedInput.of(AwaitedInput.Kind.NOTHING) : frames.awaited();
      case HIXIE, BODY -> AwaitedInput.of(AwaitedInput.Kind.BODY);
    };
  }

  /** Whether the stream began with a request or a response. */
  public boolean hasHandshake() {
    return handshake.hasRequest()
        || handshake.hasResponse()
        || stage == Stage.REQUEST
        || stage == Stage.RESPONSE;
  }

  /** Whether frames of both endpoints have arrived, and the MASK bit named some of the senders. */
  public boolean assumesSenders() {
    return frames != null && frames.assumesSenders();
  }

  private void step(ByteBuffer in) {
    switch (stage) {
      case START, AFTER_REQUEST -> recogniseHead(in);
      case REQUEST -> {
        if (handshake.requestDecoder().feed(in)) {
          requestRead();
        }
      }
      case CHALLENGE -> readChallenge(in);
      case AFTER_RESPONSE -> skipLineEnd(in);
      case RESPONSE -> {
        if (handshake.responseDecoder().feed(in)) {
          responseRead();
        }
      }
      case FRAMES -> feedFrames(in);
      case HIXIE -> feedHixie(in);
      case BODY -> {
        listener.event(new Event.Body(headSender, in));
        in.position(in.limit());
      }
    }
  }

  /** Holds bytes while they may be the beginning of a head. */
  private void recogniseHead(ByteBuffer in) {
    held.put(in.get());
    switch (HeadStart.of(held, stage == Stage.START, true)) {
      case REQUEST -> {
        stage = Stage.REQUEST;
        handshake.requestDecoder().feed(held.flip());
      }
      case RESPONSE -> {
        stage = Stage.RESPONSE;
        headSender = Endpoint.SERVER;
        handshake.responseDecoder().feed(held.flip());
      }
      case UNCLEAR -> {}
      case NEITHER -> startFrames();
    }
  }

  private void requestRead() {
    int length = handshake.requestDecoder().received().length();
    handshake.requestRead(offset);
    offset += length;
    held.clear();
    RequestHead request = handshake.request();
    if (request == null || request.isHttp2Preface()) {
      stage = Stage.BODY;
    } else {
      stage = handshake.expectsChallenge() ? Stage.CHALLENGE : Stage.AFTER_REQUEST;
    }
  }

  private void readChallenge(ByteBuffer in) {
    RequestHead request = handshake.request();
    held.put(in.get());
    if (held.position() == Hixie76Challenge.BODY_BYTES && request != null) {
      offset += Hixie76Challenge.BODY_BYTES;
      listener.event(new Event.Challenge(request, held.flip()));
      ByteBuffer copy = ByteBuffer.allocate(Hixie76Challenge.BODY_BYTES).put(held.duplicate());
      challenge = Hixie76Challenge.of(request, copy.flip());
      held.clear();
      stage = Stage.AFTER_REQUEST;
    }
  }

  private void responseRead() {
    int length = handshake.responseDecoder().received().length();
    boolean isFinal = handshake.responseRead(offset);
    offset += length;
    held.clear();
    if (!isFinal) {
      stage = Stage.AFTER_REQUEST;
      return;
    }
    stage = handshake.opened() ? Stage.AFTER_RESPONSE : Stage.BODY;
    if (handshake.opened() && handshake.legacy() == LegacyProtocol.HIXIE_76) {
      startHixie(HixieReader.withAnswer(challenge, offset, listener));
    }
  }

  private void startHixie(HixieReader reader) {
    stage = Stage.HIXIE;
    hixie = reader;
    reader.feed(held.flip());
    held.clear();
  }

  private void feedHixie(ByteBuffer in) {
    if (hixie != null) {
      hixie.feed(in);
    }
  }

  /** Skips one line end too many; otherwise frames begin. */
  private void skipLineEnd(ByteBuffer in) {
    held.put(in.get());
    boolean possible = held.get(0) == '\r' && (held.position() == 1 || held.get(1) == '\n');
    if (possible && held.position() == 2) {
      listener.event(new Event.SurplusLineEnd(offset));
      offset += held.position();
      held.clear();
    }
    if (!possible || held.position() == 0) {
      startFrames();
    }
  }

  private void startFrames() {
    LegacyProtocol legacy = handshake.legacy();
    if (legacy != null && legacy.hasHixieFrames()) {
      boolean is75 = legacy == LegacyProtocol.HIXIE_75;
      startHixie(is75 ? HixieReader.of75(offset, listener) : HixieReader.of76(offset, listener));
      return;
    }
    if (legacy != null && legacy.hasUnreadableFrames()) {
      stage = Stage.BODY;
      if (held.position() > 0) {
        listener.event(new Event.Body(headSender, held.flip()));
      }
      return;
    }
    stage = Stage.FRAMES;
    Endpoint framesSender = senderOfFrames();
    FrameListener receiver = listener.frames(framesSender);
    if (receiver != null) {
      if (handshake.offersNoDeflate() && !handshake.isAgreementKnown()) {
        handshake.agree(null);
      }
      Compression compression = handshake.observedCompression(pool, assumesDeflate);
      frames = new FrameReader(framesSender, limits, compression, offset, receiver);
      frames.findCauses(null);
      frames.sender(named);
      frames.feed(held.flip());
    }
  }

  /** The sender of all frames: of the only head, unless the text names that of each frame. */
  private @Nullable Endpoint senderOfFrames() {
    boolean both = handshake.hasRequest() == handshake.hasResponse();
    if (sender != null || named != null || both) {
      return sender;
    }
    return handshake.hasRequest() ? Endpoint.CLIENT : Endpoint.SERVER;
  }

  private void feedFrames(ByteBuffer in) {
    if (frames != null) {
      frames.sender(named);
      frames.feed(in);
    }
    // A stopped reader leaves bytes; skip them.
    in.position(in.limit());
  }

  private String headReceived() {
    return stage == Stage.REQUEST
        ? handshake.requestDecoder().received()
        : handshake.responseDecoder().received();
  }
}
