package wscope.protocol;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import wscope.protocol.message.Cause;
import wscope.protocol.message.Cause.Kind;

/** Recognises bytes that stand where a frame should begin, by what they are. */
final class StrayBytes {
  private static final int LEAST_TEXT = 3;

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
  private static final byte[] REPLACEMENT = {(byte) 0xef, (byte) 0xbf, (byte) 0xbd};
  private static final byte[] CRLF = {'\r', '\n'};
  private static final byte[] LF = {'\n'};

  private StrayBytes() {}

  /** Bytes that are no frame, with what follows them; null if they are not known. */
  static @Nullable Cause of(long frame, ByteBuffer bytes) {
    if (begins(bytes, BYTE_ORDER_MARK)) {
      return new Cause(
          Kind.BYTE_ORDER_MARK,
          frame,
          "ef bb bf is the byte order mark of UTF-8, not the start of a frame; look at the line"
              + " that opens the writer or encodes the text: it must not write this mark");
    }
    if (bytes.remaining() > REPLACEMENT.length
        && bytes.slice(0, REPLACEMENT.length).equals(ByteBuffer.wrap(REPLACEMENT))) {
      return new Cause(
          Kind.REPLACEMENT_CHARACTER,
          frame,
          "ef bf bd is U+FFFD, which replaced a byte when bytes were made into text; look for the"
              + " line that makes the received bytes a string: frames are bytes until they are"
              + " decoded");
    }
    if (begins(bytes, CRLF) || beginsWithLf(bytes)) {
      return new Cause(
          Kind.LINE_END,
          frame,
          (bytes.get(0) == '\n' ? "0a" : "0d 0a")
              + " is a line end, not the start of a frame; look for println or WriteLine where the"
              + " bytes before it are sent: it must write them without a line end");
    }
    if (isHixieFrame(bytes)) {
      return new Cause(
          Kind.HIXIE_FRAME,
          frame,
          "text between the bytes 00 and ff is a frame of hixie-75 and -76, drafts of 2010; look at"
              + " the line that writes these two bytes: a frame header must stand there instead");
    }
    return null;
  }

  /** Whether a text between 00 and ff begins, and another such frame or nothing follows it. */
  private static boolean isHixieFrame(ByteBuffer bytes) {
    int end = 1;
    while (end < bytes.limit() && bytes.get(end) != (byte) 0xff) {
      end++;
    }
    if (end >= bytes.limit()
        || bytes.get(0) != 0
        || StreamShape.text(bytes.slice(1, end - 1)) == null) {
      return false;
    }
    byte next = end + 1 < bytes.limit() ? bytes.get(end + 1) : 0;
    return next == 0 || next == (byte) 0xff;
  }

  /** Whether these bytes are followed by a frame or by text, or end the stream. */
  private static boolean begins(ByteBuffer bytes, byte[] start) {
    if (bytes.remaining() < start.length
        || !bytes.slice(0, start.length).equals(ByteBuffer.wrap(start))) {
      return false;
    }
    ByteBuffer rest = bytes.slice(start.length, bytes.remaining() - start.length);
    return !rest.hasRemaining()
        || StreamShape.isFrameStart(rest.get(0))
        || StreamShape.text(rest) != null;
  }

  /** Whether a line feed is followed by a frame, or ends the stream. Text may begin with one. */
  private static boolean beginsWithLf(ByteBuffer bytes) {
    boolean nextIsFrame = bytes.remaining() < 2 || StreamShape.isFrameStart(bytes.get(1));
    return nextIsFrame && begins(bytes, LF);
  }

  /** Text that stands where a frame should be; null if it is not text. */
  static @Nullable Cause text(long frame, ByteBuffer bytes) {
    String shown = bytes.remaining() < LEAST_TEXT ? null : StreamShape.text(bytes);
    if (shown == null) {
      return null;
    }
    return new Cause(
        Kind.TEXT_WITHOUT_FRAME,
        frame,
        "this is text without a frame: "
            + StreamShape.quoted(shown)
            + "; look at the line that writes it to the socket: a frame header must come first");
  }
}
