package wscope.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.deflate.Compression;
import wscope.protocol.deflate.DeflateParameters;
import wscope.protocol.deflate.MessagePool;
import wscope.protocol.frame.Incomplete;
import wscope.protocol.handshake.ClientHandshake;
import wscope.protocol.handshake.Hixie76;
import wscope.protocol.handshake.LegacyProtocol;
import wscope.protocol.handshake.RequestDecoder;
import wscope.protocol.handshake.RequestHead;
import wscope.protocol.handshake.ResponseDecoder;
import wscope.protocol.handshake.ResponseHead;
import wscope.protocol.handshake.ServerHandshake;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Violation;

/**
 * A stream that may begin with an opening handshake: a request, a response, or both (RFC 6455
 * §1.2); then frames follow. All offsets count from the first byte of the stream.
 */
public final class Conversation {
  private static final List<String> METHODS =
      List.of(
          "GET ",
          "HEAD ",
          "POST ",
          "PUT ",
          "DELETE ",
          "OPTIONS ",
          "CONNECT ",
          "PATCH ",
          "TRACE ",
          "PRI ");
  private static final List<String> RESPONSES = List.of("HTTP/");

  private enum Stage {
    START,
    REQUEST,
    CHALLENGE,
    AFTER_REQUEST,
    RESPONSE,
    FRAMES,
    BODY
  }

  private final Limits limits;
  private final @Nullable Endpoint sender;
  private final ConversationListener listener;

  /** Bytes held back until they tell what they begin. */
  private final ByteBuffer held = ByteBuffer.allocate(Hixie76.BODY_BYTES + 1);

  private final RequestDecoder requestDecoder;
  private final ResponseDecoder responseDecoder;
  private final MessagePool pool = new MessagePool();
  private Stage stage = Stage.START;
  private @Nullable DeflateParameters agreed;
  private @Nullable RequestHead request;
  private @Nullable Inspector frames;
  private boolean handshake;
  private long offset;

  /**
   * @param sender whose frames these are; null to tell both ends' apart by their MASK bit
   * @param agreed for permessage-deflate; null to learn it from the handshake
   */
  public Conversation(
      @Nullable Endpoint sender,
      Limits limits,
      @Nullable DeflateParameters agreed,
      ConversationListener listener) {
    this.sender = sender;
    this.agreed = agreed;
    this.limits = limits;
    this.listener = listener;
    requestDecoder = new RequestDecoder(limits.longestHead(), limits.mostHeaderFields());
    responseDecoder = new ResponseDecoder(limits.longestHead(), limits.mostHeaderFields());
  }

  /** Reads the next bytes; the content of the buffer is used up. */
  public void feed(ByteBuffer in) {
    while (in.hasRemaining()) {
      step(in);
    }
  }

  /** The input ends here. */
  public void end() {
    switch (stage) {
      case START, AFTER_REQUEST -> startFrames();
      case REQUEST -> listener.headTorn(offset, requestDecoder.received());
      case RESPONSE -> listener.headTorn(offset, responseDecoder.received());
      case CHALLENGE -> listener.challengeTorn(offset, held.flip());
      case FRAMES, BODY -> {}
    }
    if (frames == null) {
      listener.ended(null);
    } else {
      frames.end();
    }
    close();
  }

  /** Lets go of what the stream holds, without a word; nothing is fed behind it. */
  public void close() {
    if (frames != null) {
      frames.close();
    }
    pool.close();
  }

  /** What would come next. */
  public Awaited awaited() {
    return switch (stage) {
      case START -> Awaited.of(held.position() == 0 ? Awaited.What.START : Awaited.What.UNCLEAR);
      case REQUEST -> Awaited.of(Awaited.What.REQUEST_HEAD);
      case CHALLENGE -> Awaited.of(Awaited.What.CHALLENGE);
      case AFTER_REQUEST -> Awaited.of(Awaited.What.RESPONSE);
      case RESPONSE -> Awaited.of(Awaited.What.RESPONSE_HEAD);
      case FRAMES -> awaitedOfFrames();
      case BODY -> Awaited.of(Awaited.What.BODY);
    };
  }

  private Awaited awaitedOfFrames() {
    if (frames == null || frames.isStopped()) {
      return Awaited.of(Awaited.What.NOTHING);
    }
    Incomplete incomplete = frames.incomplete();
    return new Awaited(
        incomplete == null ? Awaited.What.FRAME : Awaited.What.REST_OF_FRAME,
        incomplete,
        frames.openMessages());
  }

  /** Whether the stream began with a request or a response. */
  public boolean hasHandshake() {
    return handshake;
  }

  /** Whether frames of both ends have come. */
  public boolean hasBothDirections() {
    return frames != null && frames.hasBothDirections();
  }

  private void step(ByteBuffer in) {
    switch (stage) {
      case START -> recognise(in);
      case REQUEST -> {
        if (requestDecoder.feed(in)) {
          requestRead();
        }
      }
      case CHALLENGE -> takeChallenge(in);
      case AFTER_REQUEST -> recognise(in);
      case RESPONSE -> {
        if (responseDecoder.feed(in)) {
          responseRead();
        }
      }
      case FRAMES -> feedFrames(in);
      case BODY -> {
        listener.body(in);
        in.position(in.limit());
      }
    }
  }

  /** Holds bytes back for as long as they may begin a head. */
  private void recognise(ByteBuffer in) {
    held.put(in.get());
    String text = heldText();
    if (stage == Stage.START && METHODS.contains(text)) {
      handshake = true;
      stage = Stage.REQUEST;
      requestDecoder.feed(held.flip());
    } else if (RESPONSES.contains(text)) {
      handshake = true;
      stage = Stage.RESPONSE;
      responseDecoder.feed(held.flip());
    } else if (!mayBecome(text)) {
      startFrames();
    }
  }

  private boolean mayBecome(String text) {
    return isStart(text, RESPONSES) || (stage == Stage.START && isStart(text, METHODS));
  }

  private static boolean isStart(String text, List<String> words) {
    for (String word : words) {
      if (word.startsWith(text)) {
        return true;
      }
    }
    return false;
  }

  private void requestRead() {
    RequestHead head = requestDecoder.head();
    request = head;
    listener.request(
        offset,
        requestDecoder.received(),
        head,
        ServerHandshake.judge(head, requestDecoder.violations()));
    offset += requestDecoder.received().length();
    held.clear();
    LegacyProtocol legacy = head == null ? null : LegacyProtocol.of(head);
    boolean challenge = legacy == LegacyProtocol.HIXIE_76 || legacy == LegacyProtocol.HYBI_01_TO_03;
    stage = head == null ? Stage.BODY : challenge ? Stage.CHALLENGE : Stage.AFTER_REQUEST;
  }

  private void takeChallenge(ByteBuffer in) {
    held.put(in.get());
    if (held.position() == Hixie76.BODY_BYTES && request != null) {
      offset += Hixie76.BODY_BYTES;
      listener.challenge(request, held.flip());
      held.clear();
      stage = Stage.AFTER_REQUEST;
    }
  }

  private void responseRead() {
    ResponseHead head = responseDecoder.head();
    List<Violation> violations = new ArrayList<>(responseDecoder.violations());
    if (head != null) {
      ClientHandshake.Answer answer = ClientHandshake.check(request, head);
      violations.addAll(answer.violations());
      agreed = agreed == null ? answer.deflate() : agreed;
    }
    listener.response(offset, responseDecoder.received(), request, head, violations);
    offset += responseDecoder.received().length();
    held.clear();
    if (head != null && head.status() == 101) {
      startFrames();
    } else {
      stage = Stage.BODY;
    }
  }

  private void startFrames() {
    stage = Stage.FRAMES;
    Compression compression = agreed == null ? null : new Compression(agreed, pool);
    frames = new Inspector(sender, limits, compression, offset, listener);
    frames.feed(held.flip());
  }

  private void feedFrames(ByteBuffer in) {
    if (frames != null) {
      frames.feed(in);
    }
    // What an inspector that has stopped leaves is not read.
    in.position(in.limit());
  }

  private String heldText() {
    return new String(held.array(), 0, held.position(), StandardCharsets.ISO_8859_1);
  }
}
