package wscope.report.text;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.IncompleteFrame;
import wscope.protocol.frame.Mask;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Violation;
import wscope.report.FrameEntry;
import wscope.report.LiveView;

/** Shows each field of a frame in a row: offset, bytes, bits, name, value, note (RFC 6455 §5.2). */
final class FrameBits {
  private static final int BYTES = 7;
  private static final int MARK = 18;
  static final int BITS = 20;
  static final int NAME = 31;
  static final int VALUE = 47;
  static final int NOTE = 52;

  /** The number of bytes in every header. */
  private static final int FIXED = 2;

  /** The number of bytes that fit into the columns before the name. */
  private static final int SHORT_PAYLOAD = 8;

  private static final int BYTES_IN_A_ROW = 16;
  private static final int OFFSET_WIDTH = 5;

  private static final Lines MASKED_PAYLOAD = label("masked payload");
  private static final Lines PAYLOAD = label("payload");

  private final Screen screen;
  private final LiveView view;
  private final HeaderRows rows;

  /** The fault that the current frame commits; null if there is none. */
  private @Nullable String fault;

  /**
   * Creates the printer of frame fields.
   *
   * @param view decides whether derivations are shown too
   */
  FrameBits(Screen screen, LiveView view) {
    this.screen = screen;
    this.view = view;
    rows = HeaderRows.of(screen);
  }

  /** Shows the rows of the first two bytes. Each violation follows the byte that it concerns. */
  void firstBytes(FrameEntry frame) {
    fault = frame.fault();
    firstByte(frame.header(), frame.headerViolations());
    secondByte(frame.header(), frame.sender(), frame.headerViolations());
  }

  /** Shows the rows of the header after its first two bytes. */
  void furtherBytes(FrameEntry frame) {
    fault = frame.fault();
    FrameHeader header = frame.header();
    if (header.lengthForm().extraBytes() > 0) {
      extendedLength(header);
      violations(frame.headerViolations(), header.offset() + FIXED);
    }
    if (header.masked()) {
      maskingKey(header);
      violations(frame.headerViolations(), header.payloadOffset() - Integer.BYTES);
    }
  }

  /** Shows the rows of the bytes of an incomplete header. */
  void header(
      IncompleteFrame incomplete, FrameHeader known, Endpoint sender, List<Violation> violations) {
    fault = null;
    ByteBuffer bytes = incomplete.header();
    firstByte(known, violations);
    if (!incomplete.hasSecondByte()) {
      return;
    }
    secondByte(known, sender, violations);
    int key = FIXED + known.lengthForm().extraBytes();
    if (incomplete.hasLength()) {
      if (key > FIXED) {
        extendedLength(known);
        violations(violations, known.offset() + FIXED);
      }
      part(known, bytes, key, "masking key");
    } else {
      part(known, bytes, FIXED, "extended length");
    }
  }

  /** Shows the first bytes of a field, if any have arrived. */
  private void part(FrameHeader known, ByteBuffer bytes, int from, String name) {
    if (bytes.remaining() > from) {
      offset(known.offset() + from);
      int count = bytes.remaining() - from;
      screen.pad(BYTES).style(Style.BYTES).hex(bytes, bytes.position() + from, count).plain();
      screen.pad(NAME).text(name).text(", incomplete").endLine();
    }
  }

  private void firstByte(FrameHeader header, List<Violation> violations) {
    int b = header.byte0();
    beginByte(header.offset(), b);
    HeaderRows.Rows fine = rows.first(b, false);
    if (violations.isEmpty() && !isNarrow()) {
      screen.pad(BITS).lines(fine.lines());
    } else {
      for (int i = 0; i < fine.count(); i++) {
        boolean guilty = GuiltyBits.inFirstByte(violations, i);
        row((guilty ? rows.first(b, true) : fine).row(i), guilty);
      }
    }
    if (view.explains()) {
      Derivation.firstByte(screen, header);
    }
    violations(violations, header.offset());
  }

  private void secondByte(FrameHeader header, Endpoint sender, List<Violation> violations) {
    int b = header.byte1();
    beginByte(header.offset() + 1, b);
    HeaderRows.Rows fine = rows.second(b, sender, false);
    if (violations.isEmpty() && !isNarrow()) {
      screen.pad(BITS).lines(fine.lines());
    } else {
      for (int i = 0; i < fine.count(); i++) {
        boolean guilty = GuiltyBits.inSecondByte(violations, i);
        row((guilty ? rows.second(b, sender, true) : fine).row(i), guilty);
      }
    }
    if (view.explains()) {
      Derivation.secondByte(screen, header);
    }
    violations(violations, header.offset() + 1);
  }

  /**
   * Shows the rows of a payload.
   *
   * @param bytes the first bytes of the payload, unmasked; this method may change them
   * @param omitted the number of further bytes
   */
  void payload(FrameHeader header, ByteBuffer bytes, boolean text, long omitted) {
    if (!bytes.hasRemaining() && omitted == 0) {
      return;
    }
    boolean isShort = bytes.remaining() <= SHORT_PAYLOAD && omitted == 0;
    if (header.masked()) {
      Mask.apply(bytes, header.maskingKey(), 0);
      if (isShort) {
        shortBytes(header.payloadOffset(), bytes, true);
        screen.pad(NAME).text("masked payload").endLine();
      } else {
        screen.lines(MASKED_PAYLOAD);
        dump(header.payloadOffset(), bytes, true, omitted);
      }
      Mask.apply(bytes, header.maskingKey(), 0);
      if (view.explains()) {
        Derivation.mask(screen, header, bytes);
      }
    }
    // Unmasked bytes are not on the wire, so they have no offset.
    long offset = header.masked() ? -1 : header.payloadOffset();
    if (isShort) {
      shortBytes(offset, bytes, false);
      screen.pad(NAME).text("payload").pad(VALUE);
      if (text) {
        Payloads.inLine(screen, bytes, true, 0);
      } else {
        Payloads.bar(screen, bytes, bytes.position(), bytes.remaining());
      }
      screen.endLine();
    } else {
      screen.lines(PAYLOAD);
      dump(offset, bytes, false, omitted);
    }
  }

  private void extendedLength(FrameHeader header) {
    int count = header.lengthForm().extraBytes();
    offset(header.offset() + FIXED);
    screen.pad(BYTES).style(Style.BYTES);
    for (int i = count - 1; i >= 0; i--) {
      screen.hex((int) (header.payloadLength() >>> (8 * i)));
      screen.text(i > 0 ? " " : "");
    }
    screen.plain().pad(NAME).text("extended length");
    screen.pad(VALUE).number(header.payloadLength()).endLine();
    if (view.explains()) {
      Derivation.length(screen, header);
    }
  }

  private void maskingKey(FrameHeader header) {
    offset(header.payloadOffset() - Integer.BYTES);
    screen.pad(BYTES).style(Style.BYTES);
    for (int shift = 24; shift >= 0; shift -= 8) {
      screen.hex(header.maskingKey() >>> shift).text(shift > 0 ? " " : "");
    }
    screen.plain().pad(NAME).text("masking key");
    if (header.maskingKey() == 0) {
      screen.pad(VALUE).text("0    a key of zero leaves the payload as it is", Style.ASIDE);
    }
    screen.endLine();
    if (view.explains()) {
      Derivation.maskingKey(screen, header);
    }
  }

  private void violations(List<Violation> violations, long offset) {
    for (int i = 0; i < violations.size(); i++) {
      if (violations.get(i).offset() == offset) {
        Violations.show(screen, view.advice(), violations.get(i), fault);
      }
    }
  }

  private void beginByte(long offset, int b) {
    offset(offset);
    screen.pad(BYTES).style(Style.BYTES).hex(b).plain();
  }

  /** Shows the meaning of bits, with a mark if they break a rule. */
  private void row(byte[] row, boolean guilty) {
    if (guilty) {
      screen.pad(MARK).text("✗", Style.ERROR);
    }
    screen.pad(BITS).table(isNarrow() ? BITS : NAME).formatted(row).endLine();
  }

  private boolean isNarrow() {
    return screen.isNarrowerThan(NAME + HeaderRows.LONGEST_NOTE);
  }

  private void offset(long offset) {
    screen.offset(offset, OFFSET_WIDTH).text(" ");
  }

  private void shortBytes(long offset, ByteBuffer bytes, boolean masked) {
    if (offset >= 0) {
      offset(offset);
    }
    screen.pad(BYTES);
    hex(bytes, bytes.position(), bytes.remaining(), masked);
  }

  private void hex(ByteBuffer bytes, int start, int count, boolean masked) {
    if (masked) {
      Payloads.masked(screen, bytes, start, count);
    } else {
      Payloads.hex(screen, bytes, start, count);
    }
  }

  /** Encodes a line that has only a name. */
  private static Lines label(String name) {
    return new Lines(" ".repeat(NAME) + name + "\n");
  }

  private void dump(long offset, ByteBuffer bytes, boolean masked, long omitted) {
    boolean narrow = screen.isNarrowerThan(BYTES + 4 * BYTES_IN_A_ROW + 1);
    int row = narrow ? BYTES_IN_A_ROW / 2 : BYTES_IN_A_ROW;
    for (int at = bytes.position(); at < bytes.limit(); at += row) {
      int count = Math.min(row, bytes.limit() - at);
      if (offset >= 0) {
        offset(offset + at - bytes.position());
      }
      screen.pad(BYTES);
      hex(bytes, at, count, masked);
      if (!masked) {
        screen.pad(BYTES + 3 * row + 1);
        Payloads.characters(screen, bytes, at, count);
      }
      screen.endLine();
    }
    if (omitted > 0) {
      screen.pad(BYTES).style(Style.ASIDE).text("… ");
      Payloads.count(screen, omitted).text(" more").plain().endLine();
    }
  }
}
