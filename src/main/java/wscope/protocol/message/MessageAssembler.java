package wscope.protocol.message;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.LongSupplier;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.Opcode;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;
import wscope.protocol.rule.Violation;

/**
 * Joins data frames to messages (RFC 6455 §5.4) and checks the UTF-8 of text (§8.1). Control frames
 * do not come here. It keeps no payload; after a violation it goes on as well as it can.
 */
public final class MessageAssembler {
  private final long longestMessage;
  private final long mostFragments;
  private final MessageListener listener;
  private final LongSupplier numbers;
  private final Message message;
  private final Utf8 utf8 = new Utf8();
  private boolean open;
  private boolean inMessage;
  private boolean checkUtf8;

  /**
   * @param sender of the messages
   * @param longestMessage in bytes, put together; a frame that would pass it is a violation
   * @param mostFragments frames in one message
   * @param numbers gives each new message its number
   */
  public MessageAssembler(
      Endpoint sender,
      long longestMessage,
      long mostFragments,
      LongSupplier numbers,
      MessageListener listener) {
    message = new Message(sender);
    this.numbers = numbers;
    this.longestMessage = longestMessage;
    this.mostFragments = mostFragments;
    this.listener = listener;
  }

  /** Adds what the header of a data frame breaks, seen in the order of frames and in the limits. */
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
    long before = continues && open ? message.length() : 0;
    if (header.payloadLength() > longestMessage - before) {
      String length = Long.toUnsignedString(before + header.payloadLength());
      add(into, Rule.MESSAGE_TOO_BIG, header, 1, length + " bytes of at most " + longestMessage);
    }
    // Told once for a message, by the frame that passes the limit.
    if (continues && open && message.frames() == mostFragments) {
      add(into, Rule.TOO_MANY_FRAGMENTS, header, 0, "more than " + mostFragments + " frames");
    }
  }

  /** A data frame starts; {@link #check} came before. */
  public void frameStarted(FrameHeader header) {
    Opcode opcode = header.opcode();
    if (opcode == Opcode.TEXT || opcode == Opcode.BINARY) {
      if (open) {
        listener.messageAbandoned(message);
      }
      start(header);
    }
    inMessage = open && !opcode.isReserved();
    if (inMessage) {
      message.addFrame();
    }
  }

  /**
   * The next bytes of its payload, unmasked, between position and limit.
   *
   * @param index of the first of them in the payload of the frame
   */
  public void framePayload(FrameHeader header, ByteBuffer data, long index) {
    if (!inMessage) {
      return;
    }
    int start = data.position();
    boolean last = header.fin() && index + data.remaining() == header.payloadLength();
    if (checkUtf8) {
      int bad = utf8.check(data);
      if (bad >= 0) {
        int ahead = bad - start;
        textNotUtf8(header, index + ahead, Utf8Fault.at(data.get(bad), message.length() + ahead));
      }
    }
    message.addPayload(data.remaining());
    listener.messageData(message, data, last);
  }

  /** The data frame has ended. */
  public void frameEnded(FrameHeader header) {
    if (!inMessage || !header.fin()) {
      return;
    }
    if (checkUtf8 && !utf8.isComplete()) {
      textNotUtf8(header, header.payloadLength(), Utf8Fault.END);
    }
    open = false;
    listener.messageEnded(message);
  }

  private void start(FrameHeader header) {
    message.start(numbers.getAsLong(), header.opcode(), header.anyRsv());
    checkUtf8 = header.opcode() == Opcode.TEXT && !header.anyRsv();
    utf8.reset();
    open = true;
    listener.messageStarted(message);
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
}
