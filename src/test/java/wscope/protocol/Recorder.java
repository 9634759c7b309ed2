package wscope.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import wscope.protocol.deflate.BufferPool;
import wscope.protocol.deflate.Compression;
import wscope.protocol.deflate.DeflateParameters;
import wscope.protocol.event.FrameListener;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.IncompleteFrame;
import wscope.protocol.frame.Mask;
import wscope.protocol.frame.Opcode;
import wscope.protocol.message.CloseBody;
import wscope.protocol.message.Message;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Violation;

/**
 * Turns events into lines that do not depend on how the input was split. Fails the test if {@link
 * FrameListener} does not allow their order. Violations of a payload come after the payload.
 *
 * <p>Moves the positions of all buffers that it receives, as any listener may.
 */
final class Recorder implements FrameListener {
  private final List<String> lines = new ArrayList<>();
  private final List<String> found = new ArrayList<>();
  private final List<String> payloadViolations = new ArrayList<>();
  private final ByteArrayOutputStream payload = new ByteArrayOutputStream();
  private final Map<Endpoint, Partial> partials = new EnumMap<>(Endpoint.class);
  private @Nullable FrameHeader frame;
  private long frames;
  private long nextOffset;
  private long messages;
  private int ends;

  /**
   * Reads a whole stream, split before the bytes at some ascending offsets, and ends it. If there
   * are two pieces, their buffers are direct.
   */
  static Recorder read(@Nullable Endpoint sender, Limits limits, byte[] stream, int... cuts) {
    return read(sender, limits, null, stream, cuts);
  }

  /** The same with permessage-deflate. */
  static Recorder read(
      @Nullable Endpoint sender,
      Limits limits,
      @Nullable DeflateParameters agreed,
      byte[] stream,
      int... cuts) {
    return read(sender, limits, agreed, Compression.Use.AGREED, stream, cuts);
  }

  /** The same with parameters that may only be assumed. */
  static Recorder read(
      @Nullable Endpoint sender,
      Limits limits,
      @Nullable DeflateParameters agreed,
      Compression.Use use,
      byte[] stream,
      int... cuts) {
    Recorder recorder = new Recorder();
    try (BufferPool pool = new BufferPool();
        FrameReader reader =
            new FrameReader(
                sender,
                limits,
                agreed == null ? null : new Compression(agreed, pool, use),
                0,
                recorder)) {
      return recorder.read(reader, stream, cuts);
    }
  }

  /** The same after bytes that were not seen. */
  static Recorder readUnknown(
      Endpoint sender, @Nullable DeflateParameters agreed, Compression.Use use, byte[] stream) {
    Recorder recorder = new Recorder();
    try (BufferPool pool = new BufferPool();
        FrameReader reader =
            new FrameReader(
                sender,
                Limits.NONE,
                agreed == null ? null : new Compression(agreed, pool, use),
                0,
                recorder)) {
      reader.startUnknown();
      return recorder.read(reader, stream);
    }
  }

  private Recorder read(FrameReader reader, byte[] stream, int... cuts) {
    boolean direct = cuts.length == 1;
    int start = 0;
    for (int cut : cuts) {
      reader.feed(piece(stream, start, cut, direct));
      start = cut;
    }
    reader.feed(piece(stream, start, stream.length, direct));
    reader.end();
    for (Partial message : partials.values()) {
      Message open = message.message;
      if (open != null) {
        lines.add(
            "unfinished " + open.number() + typeAndFrames(open) + " " + open.length() + " bytes");
      }
    }
    return this;
  }

  /** The cuts that make pieces of one byte each. */
  static int[] everywhere(byte[] stream) {
    return IntStream.range(1, Math.max(1, stream.length)).toArray();
  }

  /** The lines so far, each with a line end. */
  String text() {
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }

  List<String> lines() {
    return lines;
  }

  /** What the violations found, in the order of the events. */
  List<String> found() {
    return found;
  }

  /** How often the input has ended. */
  int ends() {
    return ends;
  }

  /** The offset after the last frame that began, according to its header. */
  long nextOffset() {
    return nextOffset;
  }

  @Override
  public void frameStarted(FrameHeader header, Endpoint sender, List<Violation> violations) {
    assertNull(frame, "a frame starts inside a frame");
    assertEquals(0, ends, "a frame starts after the end");
    assertEquals(++frames, header.number());
    assertEquals(nextOffset, header.offset());
    frame = header.copy();
    nextOffset = header.payloadOffset() + header.payloadLength();
    lines.add(describe(header));
    for (Violation violation : violations) {
      lines.add(describe(violation));
    }
  }

  /** Only a session reports an incomplete header before the end, so it is no line. */
  @Override
  public void headerIncomplete(
      IncompleteFrame incomplete, FrameHeader known, Endpoint sender, List<Violation> violations) {
    violations.forEach(violation -> found.add(violation.rule().id() + ": " + violation.found()));
  }

  @Override
  public void framePayload(FrameHeader header, ByteBuffer wire, long index) {
    assertSameFrame(header);
    assertTrue(wire.hasRemaining(), "a slice of a payload is empty");
    assertEquals(payload.size(), index);
    // List the bytes as they were on the wire.
    ByteBuffer masked = ByteBuffer.allocate(wire.remaining()).put(wire).flip();
    if (header.masked()) {
      Mask.apply(masked, header.maskingKey(), index);
    }
    take(masked, payload);
  }

  @Override
  public void frameEnded(FrameHeader header) {
    assertSameFrame(header);
    assertEquals(header.payloadLength(), payload.size());
    flushPayload();
    frame = null;
  }

  @Override
  public void control(Opcode opcode, ByteBuffer content) {
    assertNull(frame, "a control frame is reported before its end");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    take(content, bytes);
    lines.add(("control " + label(opcode) + " " + hex(bytes)).strip());
  }

  @Override
  public void close(@Nullable CloseBody body) {
    assertNull(frame, "a Close is reported before its end");
    if (body == null) {
      lines.add("close unreadable");
    } else {
      String code = body.hasCode() ? String.valueOf(body.code()) : "empty";
      lines.add(("close " + code + " " + body.reasonText()).strip());
    }
  }

  @Override
  public void messageStarted(Message opened) {
    Partial partial = partial(opened);
    assertNotNull(frame, "a message starts outside a frame");
    assertNull(partial.message, "a message starts inside a message");
    assertEquals(++messages, opened.number());
    assertEquals(0, opened.length());
    partial.message = opened;
    partial.number = opened.number();
    partial.lastDataSeen = false;
    partial.data.reset();
  }

  @Override
  public void messageData(Message open, ByteBuffer data, boolean last) {
    Partial partial = partial(open);
    assertNotNull(partial.message, "data comes outside a message");
    assertTrue(data.hasRemaining(), "a slice of a message is empty");
    assertFalse(partial.lastDataSeen, "data comes after the last data");
    take(data, partial.data);
    assertEquals(partial.data.size(), open.length());
    partial.lastDataSeen = last;
  }

  @Override
  public void messageEnded(Message complete) {
    Partial partial = partial(complete);
    assertNotNull(partial.message, "a message that is not open ends");
    assertNull(frame, "a message ends before its frame");
    assertEquals(partial.number, complete.number());
    assertEquals(partial.data.size(), complete.length());
    String line =
        "message " + complete.number() + typeAndFrames(complete) + " " + hex(partial.data);
    lines.add(line.strip());
    partial.message = null;
  }

  @Override
  public void messageAbandoned(Message open) {
    Partial partial = partial(open);
    assertNotNull(partial.message, "a message that is not open is abandoned");
    assertFalse(partial.lastDataSeen, "a message is abandoned after its last data");
    lines.add("abandoned " + open.number());
    partial.message = null;
  }

  @Override
  public void violation(Violation violation) {
    (frame == null ? lines : payloadViolations).add(describe(violation));
  }

  @Override
  public void ended(@Nullable IncompleteFrame incomplete) {
    assertEquals(1, ++ends, "the input ends twice");
    flushPayload();
    if (incomplete != null) {
      lines.add(
          String.format(
              "incomplete #%d @%d %s %s",
              incomplete.frame(),
              incomplete.offset(),
              incomplete.field().label(),
              Long.toUnsignedString(incomplete.missing())));
    }
  }

  private Partial partial(Message message) {
    return partials.computeIfAbsent(message.sender(), sender -> new Partial());
  }

  private void assertSameFrame(FrameHeader header) {
    assertNotNull(frame, "outside a frame");
    assertEquals(describe(frame), describe(header));
  }

  private void flushPayload() {
    if (payload.size() > 0) {
      lines.add("payload " + hex(payload));
    }
    payload.reset();
    lines.addAll(payloadViolations);
    payloadViolations.clear();
  }

  private static String describe(FrameHeader header) {
    StringBuilder line = new StringBuilder("frame ");
    line.append(header.number()).append(" @").append(header.offset());
    line.append(' ').append(label(header.opcode()));
    line.append(header.fin() ? " fin" : "");
    line.append(header.rsv1() ? " rsv1" : "");
    line.append(header.rsv2() ? " rsv2" : "");
    line.append(header.rsv3() ? " rsv3" : "");
    line.append(header.masked() ? " masked " : " unmasked");
    line.append(header.masked() ? HexFormat.of().toHexDigits(header.maskingKey()) : "");
    line.append(' ').append(header.lengthForm().bits()).append("-bit ");
    return line.append(Long.toUnsignedString(header.payloadLength())).toString();
  }

  private String describe(Violation violation) {
    found.add(violation.rule().id() + ": " + violation.found());
    return "violation "
        + violation.rule().id()
        + " @"
        + violation.offset()
        + " #"
        + violation.frame();
  }

  private static String typeAndFrames(Message message) {
    return " "
        + label(message.type())
        + (message.isOpaque() ? " opaque " : " ")
        + (message.compression() == null ? "" : "from " + message.wireLength() + " ")
        + message.frames()
        + (message.frames() == 1 ? " frame" : " frames");
  }

  /** The RFC's name; for a reserved opcode its code too. */
  private static String label(Opcode opcode) {
    return opcode.isReserved() ? "reserved-" + Integer.toHexString(opcode.code()) : opcode.label();
  }

  private static void take(ByteBuffer from, ByteArrayOutputStream to) {
    byte[] bytes = new byte[from.remaining()];
    from.get(bytes);
    to.writeBytes(bytes);
  }

  private static String hex(ByteArrayOutputStream bytes) {
    return HexFormat.of().formatHex(bytes.toByteArray());
  }

  /** A copy of a part, not at the start of its buffer; direct buffers are little-endian too. */
  private static ByteBuffer piece(byte[] stream, int start, int end, boolean direct) {
    int size = end - start + 3;
    ByteBuffer buffer =
        direct
            ? ByteBuffer.allocateDirect(size).order(ByteOrder.LITTLE_ENDIAN)
            : ByteBuffer.allocate(size);
    return buffer.position(3).put(stream, start, end - start).flip().position(3);
  }

  /** The message that an endpoint is sending, as far as it was received. */
  private static final class Partial {
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private @Nullable Message message;
    private long number;
    private boolean lastDataSeen;
  }
}
