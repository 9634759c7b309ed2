package wscope.report.text;

import java.nio.ByteBuffer;
import java.util.List;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.Mask;
import wscope.protocol.rule.Violation;
import wscope.report.LiveView;

/** Shows each field of a frame in a row: offset, bytes, bits, name, value, note (RFC 6455 §5.2). */
final class FrameBits {
  private static final int BYTES = 7;
  static final int BITS = 20;
  static final int NAME = 31;
  static final int VALUE = 47;
  static final int NOTE = 52;

  /** The number of bytes that fit into the columns before the name. */
  private static final int SHORT_PAYLOAD = 8;

  private static final int BYTES_IN_A_ROW = 16;
  private static final int OFFSET_WIDTH = 5;

  private final Screen screen;
  private final LiveView view;
  private final HeaderRows rows;

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

  /** Shows the rows of a header. Each violation follows the byte that it concerns. */
  void header(FrameHeader header, List<Violation> violations) {
    byteRows(header.offset(), header.byte0(), rows.first(header.byte0()));
    violations(violations, header.offset());
    byteRows(header.offset() + 1, header.byte1(), rows.second(header.byte1()));
    violations(violations, header.offset() + 1);
    extendedLength(header);
    violations(violations, header.offset() + 2);
    maskingKey(header);
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
        label("masked payload");
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
      screen.pad(NAME).text("payload");
      if (text) {
        screen.pad(VALUE);
        Payloads.inLine(screen, bytes, true, 0);
      }
      screen.endLine();
    } else {
      label("payload");
      dump(offset, bytes, false, omitted);
    }
  }

  private void extendedLength(FrameHeader header) {
    int count = header.lengthForm().extraBytes();
    if (count == 0) {
      return;
    }
    offset(header.offset() + 2);
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
    if (!header.masked()) {
      return;
    }
    offset(header.payloadOffset() - 4);
    screen.pad(BYTES).style(Style.BYTES);
    for (int shift = 24; shift >= 0; shift -= 8) {
      screen.hex(header.maskingKey() >>> shift).text(shift > 0 ? " " : "");
    }
    screen.plain().pad(NAME).text("masking key").endLine();
  }

  private void violations(List<Violation> violations, long offset) {
    for (int i = 0; i < violations.size(); i++) {
      if (violations.get(i).offset() == offset) {
        Violations.show(screen, view.advice(), violations.get(i));
      }
    }
  }

  /** Shows a byte of the header and the meaning of its bits. */
  private void byteRows(long offset, int b, byte[][] rows) {
    offset(offset);
    screen.pad(BYTES).style(Style.BYTES).hex(b).plain();
    for (byte[] row : rows) {
      screen.pad(BITS).formatted(row).endLine();
    }
  }

  private void offset(long offset) {
    int digits = 1;
    for (long rest = offset / 10; rest > 0; rest /= 10) {
      digits++;
    }
    if (digits < OFFSET_WIDTH) {
      screen.pad(OFFSET_WIDTH - digits);
    }
    screen.style(Style.ASIDE).number(offset).plain().text(" ");
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

  private void label(String name) {
    screen.pad(NAME).text(name).endLine();
  }

  private void dump(long offset, ByteBuffer bytes, boolean masked, long omitted) {
    for (int at = bytes.position(); at < bytes.limit(); at += BYTES_IN_A_ROW) {
      int count = Math.min(BYTES_IN_A_ROW, bytes.limit() - at);
      if (offset >= 0) {
        offset(offset + at - bytes.position());
      }
      screen.pad(BYTES);
      hex(bytes, at, count, masked);
      if (!masked) {
        screen.pad(BYTES + 3 * BYTES_IN_A_ROW + 1);
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
