package wscope.protocol.message;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.deflate.ByteSink;
import wscope.protocol.deflate.Compression;
import wscope.protocol.deflate.InflateError;
import wscope.protocol.deflate.MessageInflater;
import wscope.protocol.deflate.WindowCheck;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.FrameRules;
import wscope.protocol.frame.Opcode;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;
import wscope.protocol.rule.Violation;

/**
 * Assembles messages from data frames (RFC 6455 §5.4), inflates them (RFC 7692 §7.2.2) and checks
 * the UTF-8 of text (RFC 6455 §8.1). The assembler receives no control frames and stores no
 * payload. After a violation it continues as far as possible.
 */
public final class MessageAssembler implements AutoCloseable {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  /** More bytes than a DEFLATE block has before its first byte of data. */
  private static final int MOST_HELD = 1024;

  private final long maxMessage;
  private final long maxFragments;
  private final MessageListener listener;
  private final MessageNumbers numbers;
  private final @Nullable Compression compression;

  /** Made for the first compressed message. */
  private @Nullable MessageInflater inflater;

  private final @Nullable WindowCheck windowCheck;
  private final @Nullable TrialInflation trial;

  /** The first bytes on the wire of a message that is only assumed to be compressed. */
  private final ByteBuffer held;

  /** Whether the current message is inflated on trial. */
  private boolean trying;

  private final ByteSink inflatedSlices = new InflatedSlices();
  private final Message message;
  private final Utf8 utf8 = new Utf8();
  private boolean open;
  private boolean inMessage;
  private boolean checkUtf8;
  private boolean textInvalid;
  private boolean closed;

  /** Whether bytes are missing, so that a continuation may belong to a message not seen. */
  private boolean orderUnknown;

  /** Whether bytes are missing, so that compressed messages may refer to data not seen. */
  private boolean contextUnknown;

  /** The frame whose payload is being inflated. */
  private @Nullable FrameHeader inflating;

  /** Whether the inflater knows that the message has ended. */
  private boolean inflated;

  /** Whether the trial knows that the message has ended. */
  private boolean tried;

  /**
   * Creates the assembler for one direction.
   *
   * @param sender the sender of the messages
   * @param maxMessage the maximum inflated size of a message in bytes
   * @param maxFragments the maximum number of frames in a message
   * @param compression the compression of the connection; null if permessage-deflate is not in use
   * @param numbers the message numbers, shared by both directions
   */
  public MessageAssembler(
      Endpoint sender,
      long maxMessage,
      long maxFragments,
      @Nullable Compression compression,
      MessageNumbers numbers,
      MessageListener listener) {
    message = new Message(sender);
    this.maxMessage = maxMessage;
    this.maxFragments = maxFragments;
    this.compression = compression;
    this.numbers = numbers;
    this.listener = listener;
    trial =
        compression == null || compression.isRead()
            ? null
            : new TrialInflation(compression, sender, maxMessage);
    held = isAssumed() ? ByteBuffer.allocate(MOST_HELD) : NOTHING.duplicate();
    windowCheck = compression == null ? null : WindowCheck.of(compression.agreed(), sender);
  }

  /** Checks the order of frames and the limits, and adds the violations of a data frame. */
  public void check(FrameHeader header, List<Violation> into) {
    checkOrder(header, into);
    if (!header.opcode().isReserved()) {
      checkLength(header, header.opcode() == Opcode.CONTINUATION && open, into);
    }
  }

  /** Checks what the first byte of a data frame can show, and adds the violations. */
  public void checkOrder(FrameHeader header, List<Violation> into) {
    Opcode opcode = header.opcode();
    if (opcode.isReserved()) {
      return;
    }
    boolean continues = opcode == Opcode.CONTINUATION;
    if (continues && !open && !orderUnknown) {
      add(into, Rule.CONTINUATION_WITHOUT_MESSAGE, header, 0, "continuation");
    }
    if (!continues && open) {
      String found = opcode.label() + " while message " + message.number() + " is open";
      add(into, Rule.MESSAGE_INTERRUPTED, header, 0, found);
    }
    // Report this once per message, at the frame that exceeds the limit.
    if (continues && open && message.frames() == maxFragments) {
      add(into, Rule.TOO_MANY_FRAGMENTS, header, 0, "more than " + maxFragments + " frames");
    }
  }

  /** Bytes are missing before the next frame: gives up the open message. */
  public void startUnknown() {
    if (open) {
      giveUp();
    }
    open = false;
    inMessage = false;
    orderUnknown = true;
    contextUnknown = true;
    if (inflater != null) {
      inflater.loseContext();
    }
  }

  /** Starts a data frame. Call {@link #check} first. */
  public void frameStarted(FrameHeader header) {
    Opcode opcode = header.opcode();
    if (opcode == Opcode.TEXT || opcode == Opcode.BINARY) {
      if (open) {
        abandon();
      }
      start(header);
    }
    if (opcode != Opcode.CONTINUATION || header.fin()) {
      orderUnknown &= opcode.isReserved();
    }
    inMessage = open && !opcode.isReserved();
    if (inMessage) {
      message.addFrame();
    }
  }

  /**
   * Adds the next bytes of the current frame's payload.
   *
   * @param data the unmasked bytes, between position and limit
   * @param index the index of the first of these bytes in the payload of the frame
   */
  public void framePayload(FrameHeader header, ByteBuffer data, long index) {
    if (!inMessage) {
      return;
    }
    boolean last = header.fin() && index + data.remaining() == header.payloadLength();
    message.addWire(data.remaining());
    if (message.compression() == null) {
      tryToInflate(data, last);
      plain(header, data, index, last);
    } else {
      inflate(header, data, index, last);
    }
  }

  /** Ends the data frame. */
  public void frameEnded(FrameHeader header) {
    if (!inMessage || !header.fin()) {
      return;
    }
    if (message.compression() != null && !inflated) {
      inflate(header, NOTHING.duplicate(), header.payloadLength(), true);
    }
    if (checkUtf8 && !utf8.isComplete()) {
      textNotUtf8(header, header.payloadLength(), Utf8Error.END);
    }
    open = false;
    listener.messageEnded(message);
    endTrial(header);
    if (inflater != null) {
      inflater.release();
    }
  }

  /**
   * Reports a whole message of a source that shows no frames.
   *
   * @param data the bytes from position to limit
   */
  public void whole(Opcode type, ByteBuffer data) {
    message.start(numbers.next(), type, false, null);
    listener.messageStarted(message);
    if (data.hasRemaining()) {
      message.addPayload(data.remaining());
      message.addWire(data.remaining());
      listener.messageData(message, data, true);
    }
    listener.messageEnded(message);
  }

  /** The open message in its current state; null if there is none. */
  public @Nullable Message open() {
    return open ? message.copy() : null;
  }

  /** Whether a message has begun but not ended. */
  public boolean isOpen() {
    return open;
  }

  /** Whether the message that began last is text, but not UTF-8. */
  public boolean isTextInvalid() {
    return textInvalid;
  }

  /** Whether the current frame belongs to a compressed message. */
  public boolean isInflating() {
    return inMessage && message.compression() != null;
  }

  /** Releases the memory of an open message. Do not call any method afterwards. */
  @Override
  public void close() {
    closed = true;
    if (inflater != null) {
      inflater.close();
    }
    if (trial != null) {
      trial.close();
    }
  }

  private void start(FrameHeader header) {
    boolean compressed = isCompressed(header);
    boolean opaque = header.rsv2() || header.rsv3() || (header.rsv1() && !compressed);
    if (inflater == null && compression != null && compressed) {
      inflater =
          new MessageInflater(
              compression.agreed(), message.sender(), maxMessage, compression.pool());
    }
    message.start(
        numbers.next(),
        header.opcode(),
        opaque,
        compressed && compression != null ? compression.agreed() : null);
    if (compressed && isAssumed()) {
      message.assumeCompression(true);
      held.clear();
    }
    trying = trial != null && header.rsv1();
    if (trial != null && trying) {
      trial.begin();
    }
    checkUtf8 = header.opcode() == Opcode.TEXT && !opaque;
    textInvalid = false;
    utf8.reset();
    inflated = false;
    if (windowCheck != null) {
      windowCheck.start();
    }
    open = true;
    listener.messageStarted(message);
  }

  private void tryToInflate(ByteBuffer data, boolean last) {
    if (trial != null && trying) {
      trial.add(data, last);
      tried |= last;
    }
  }

  /** Tells that a message would inflate if the handshake had agreed on it. */
  private void endTrial(FrameHeader header) {
    if (trial == null || !trying) {
      return;
    }
    if (!tried) {
      trial.add(NOTHING.duplicate(), true);
    }
    tried = false;
    trying = false;
    ByteBuffer start = trial.result();
    if (start != null) {
      String text = StandardCharsets.UTF_8.decode(start).toString();
      String shown = trial.length() > start.limit() ? text + "…" : text;
      String found =
          "it would inflate to \""
              + shown
              + "\", so its sender compresses although the handshake did not agree on"
              + " permessage-deflate; look at the line that sends Sec-WebSocket-Extensions";
      listener.cause(
          message.sender(),
          new Cause(Cause.Kind.COMPRESSED_WITHOUT_EXTENSION, header.number(), found));
    }
  }

  private boolean isAssumed() {
    return compression != null && compression.use() == Compression.Use.ASSUMED;
  }

  private void abandon() {
    giveUp();
    listener.messageAbandoned(message);
  }

  private void giveUp() {
    if (trial != null && trying) {
      trial.abandon();
      tried = false;
    }
    if (inflater != null) {
      inflater.abandon();
    }
  }

  /** Whether RSV1 on the first frame marks the message as compressed (RFC 7692 §6). */
  private boolean isCompressed(FrameHeader header) {
    return compression != null && compression.isRead() && header.rsv1();
  }

  /** Checks the limit for the bytes on the wire, which the length in a header alone can exceed. */
  private void checkLength(FrameHeader header, boolean continues, List<Violation> into) {
    boolean compressed = continues ? message.compression() != null : isCompressed(header);
    long most = compressed ? MessageInflater.maxCompressed(maxMessage) : maxMessage;
    long before = continues ? message.wireLength() : 0;
    // Report this once per message, at the frame that exceeds the limit.
    if (before <= most && header.payloadLength() > most - before) {
      String length = Long.toUnsignedString(before + header.payloadLength());
      add(into, Rule.MESSAGE_TOO_BIG, header, 1, length + " bytes of at most " + most);
    }
  }

  /**
   * Inflates the next bytes. A distance beyond the window is reported in the order of the bytes.
   */
  private void inflate(FrameHeader header, ByteBuffer data, long index, boolean last) {
    int start = data.position();
    int limit = data.limit();
    int beyond = windowCheck == null ? -1 : windowCheck.scan(data);
    boolean valid = true;
    if (windowCheck != null && beyond >= 0) {
      valid = inflateSlice(header, data.limit(beyond + 1), index, false);
      if (valid) {
        windowExceeded(header, index + beyond - start, windowCheck);
      }
      data.limit(limit).position(beyond + 1);
      if (closed) {
        return;
      }
    }
    boolean complete = inflateSlice(header, data, index + data.position() - start, last);
    if (windowCheck != null && !(valid && complete)) {
      windowCheck.skip();
    }
  }

  private void windowExceeded(FrameHeader header, long index, WindowCheck check) {
    boolean server = message.sender() == Endpoint.SERVER;
    String found =
        "a distance of "
            + check.distance()
            + " bytes; the "
            + (server ? "server's" : "client's")
            + " window has "
            + check.window()
            + (server
                ? " (server_max_window_bits, §7.1.2.1)"
                : " (client_max_window_bits, §7.1.2.2)");
    add(header, Rule.WINDOW_EXCEEDED, index, found);
  }

  /**
   * Inflates the next bytes.
   *
   * @return whether they are valid
   */
  private boolean inflateSlice(FrameHeader header, ByteBuffer data, long index, boolean last) {
    if (inflater == null) {
      return true;
    }
    inflated |= last;
    int start = data.position();
    hold(data);
    inflating = header;
    InflateError error = inflater.inflate(data, last, inflatedSlices);
    inflating = null;
    if (error == null) {
      return true;
    }
    checkUtf8 = false;
    // Because zlib reads ahead, it is unknown which byte exceeded the limit.
    boolean known = error.rule() != Rule.MESSAGE_TOO_BIG;
    if (contextUnknown && error.rule() == Rule.COMPRESSED_DATA_OUT_OF_WINDOW) {
      message.loseContext();
      return false;
    }
    if (isAssumed() && isOfData(error.rule())) {
      // It is not compressed, so RSV1 has no meaning.
      String found = FrameRules.RSV1_SET + ", and the payload does not inflate: " + error.found();
      add(header, Rule.RSV1_WITHOUT_EXTENSION, header.offset() - header.payloadOffset(), found);
      showAsOnWire(last);
      return false;
    }
    add(header, error.rule(), known ? index + error.index() - start : 0, error.found());
    return false;
  }

  private void hold(ByteBuffer data) {
    if (message.isCompressionAssumed() && message.length() == 0) {
      int count = Math.min(held.remaining(), data.remaining());
      held.put(held.position(), data, data.position(), count).position(held.position() + count);
    }
  }

  /** Shows a message that does not inflate as it is on the wire, unless it began to inflate. */
  private void showAsOnWire(boolean last) {
    message.assumeCompression(false);
    if (message.length() == 0 && held.position() == message.wireLength()) {
      message.showAsOnWire();
      if (inflater != null) {
        // The inflater gets no more of this message.
        inflater.abandon();
      }
      if (held.position() > 0) {
        message.addPayload(held.position());
        listener.messageData(message, held.flip(), last);
      }
    }
  }

  private static boolean isOfData(Rule rule) {
    return rule == Rule.COMPRESSED_DATA_CORRUPT || rule == Rule.COMPRESSED_DATA_UNFINISHED;
  }

  /**
   * Processes the next bytes of the message, inflated if it was compressed.
   *
   * @param index the index of the first of these bytes in the payload of the frame; 0 for inflated
   *     bytes, because their place in the payload is unknown
   */
  private void plain(FrameHeader header, ByteBuffer data, long index, boolean last) {
    int start = data.position();
    if (checkUtf8) {
      int invalid = utf8.check(data);
      if (invalid >= 0) {
        int ahead = invalid - start;
        boolean known = message.compression() == null;
        String found = Utf8Error.at(data.get(invalid), message.length() + ahead);
        textNotUtf8(header, known ? index + ahead : 0, found);
      }
    }
    message.addPayload(data.remaining());
    listener.messageData(message, data, last);
    data.position(start);
  }

  private void textNotUtf8(FrameHeader header, long index, String found) {
    checkUtf8 = false;
    textInvalid = true;
    add(header, Rule.TEXT_NOT_UTF8, index, found);
  }

  /** Reports a violation at an index of the payload. */
  private void add(FrameHeader header, Rule rule, long index, String found) {
    listener.violation(new Violation(rule, header.payloadOffset() + index, header.number(), found));
  }

  private static void add(
      List<Violation> into, Rule rule, FrameHeader header, int at, String found) {
    into.add(new Violation(rule, header.offset() + at, header.number(), found));
  }

  /**
   * Receives the output of the inflater. This is not a lambda, because that would slow down each
   * start of wscope.
   */
  private final class InflatedSlices implements ByteSink {
    @Override
    public void slice(ByteBuffer bytes, boolean last) {
      if (inflating != null) {
        plain(inflating, bytes, 0, last);
      }
    }
  }
}
