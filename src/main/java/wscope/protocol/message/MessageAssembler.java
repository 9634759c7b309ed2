package wscope.protocol.message;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.deflate.ByteSink;
import wscope.protocol.deflate.Compression;
import wscope.protocol.deflate.InflateError;
import wscope.protocol.deflate.MessageInflater;
import wscope.protocol.frame.FrameHeader;
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

  private final long maxMessage;
  private final long maxFragments;
  private final MessageListener listener;
  private final MessageNumbers numbers;
  private final @Nullable Compression compression;
  private final @Nullable MessageInflater inflater;
  private final ByteSink inflatedSlices = new InflatedSlices();
  private final Message message;
  private final Utf8 utf8 = new Utf8();
  private boolean open;
  private boolean inMessage;
  private boolean checkUtf8;

  /** The frame whose payload is being inflated. */
  private @Nullable FrameHeader inflating;

  /** Whether the inflater knows that the message has ended. */
  private boolean inflated;

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
    inflater =
        compression == null
            ? null
            : new MessageInflater(compression.agreed(), sender, maxMessage, compression.pool());
  }

  /** Checks the order of frames and the limits, and adds the violations of a data frame. */
  public void check(FrameHeader header, List<Violation> into) {
    Opcode opcode = header.opcode();
    if (opcode.isReserved()) {
      return;
    }
    boolean continues = opcode == Opcode.CONTINUATION;
    if (continues && !open) {
      add(into, Rule.CONTINUATION_WITHOUT_MESSAGE, header, 0, "continuation");
    }
    if (!continues && open) {
      String found = opcode.label() + " while message " + message.number() + " is open";
      add(into, Rule.MESSAGE_INTERRUPTED, header, 0, found);
    }
    checkLength(header, continues && open, into);
    // Report this once per message, at the frame that exceeds the limit.
    if (continues && open && message.frames() == maxFragments) {
      add(into, Rule.TOO_MANY_FRAGMENTS, header, 0, "more than " + maxFragments + " frames");
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
    if (inflater != null) {
      inflater.release();
    }
  }

  /** The open message in its current state; null if there is none. */
  public @Nullable Message open() {
    return open ? message.copy() : null;
  }

  /** Whether a message has begun but not ended. */
  public boolean isOpen() {
    return open;
  }

  /** Releases the memory of an open message. Do not call any method afterwards. */
  @Override
  public void close() {
    if (inflater != null) {
      inflater.close();
    }
  }

  private void start(FrameHeader header) {
    boolean compressed = isCompressed(header);
    boolean opaque = header.rsv2() || header.rsv3() || (header.rsv1() && !compressed);
    message.start(
        numbers.next(),
        header.opcode(),
        opaque,
        compressed && compression != null ? compression.agreed() : null);
    checkUtf8 = header.opcode() == Opcode.TEXT && !opaque;
    utf8.reset();
    inflated = false;
    open = true;
    listener.messageStarted(message);
  }

  private void abandon() {
    if (inflater != null) {
      inflater.abandon();
    }
    listener.messageAbandoned(message);
  }

  /** Whether RSV1 on the first frame marks the message as compressed (RFC 7692 §6). */
  private boolean isCompressed(FrameHeader header) {
    return compression != null && header.rsv1();
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

  private void inflate(FrameHeader header, ByteBuffer data, long index, boolean last) {
    if (inflater == null) {
      return;
    }
    inflated |= last;
    int start = data.position();
    inflating = header;
    InflateError error = inflater.inflate(data, last, inflatedSlices);
    inflating = null;
    if (error != null) {
      checkUtf8 = false;
      // Because zlib reads ahead, it is unknown which byte exceeded the limit.
      boolean known = error.rule() != Rule.MESSAGE_TOO_BIG;
      long offset = header.payloadOffset() + (known ? index + error.index() - start : 0);
      listener.violation(new Violation(error.rule(), offset, header.number(), error.found()));
    }
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
    listener.violation(
        new Violation(Rule.TEXT_NOT_UTF8, header.payloadOffset() + index, header.number(), found));
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
