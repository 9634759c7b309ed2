package wscope.input;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import wscope.protocol.message.CloseCode;

/** What bytes may be that are no frames: the payload of one. */
final class PayloadGuess {
  private static final int LONGEST_CONTROL = 125;
  private static final int SHORTEST_TEXT = 4;
  private static final int MOST_INFLATED = 64 << 10;
  private static final byte[] END_OF_MESSAGE = {0, 0, -1, -1};

  private PayloadGuess() {}

  /** The kind of payload that the bytes are: close, text, deflate; empty for none of these. */
  static String of(byte[] bytes) {
    if (isClose(bytes)) {
      return "close";
    }
    if (bytes.length >= SHORTEST_TEXT && isText(bytes)) {
      return "text";
    }
    return isCompressedText(bytes) ? "deflate" : "";
  }

  /** A code that may be sent, and a reason that can be read (RFC 6455 §5.5.1). */
  private static boolean isClose(byte[] bytes) {
    if (bytes.length < 2 || bytes.length > LONGEST_CONTROL) {
      return false;
    }
    int code = (bytes[0] & 0xff) << 8 | (bytes[1] & 0xff);
    byte[] reason = Arrays.copyOfRange(bytes, 2, bytes.length);
    return CloseCode.brokenBy(code) == null && isText(reason);
  }

  /** UTF-8 without control characters but line ends and tabs. */
  private static boolean isText(byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.chars().allMatch(c -> !Character.isISOControl(c) || "\r\n\t".indexOf(c) >= 0);
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /** A message of permessage-deflate (RFC 7692 §7.2.2) whose content is text. */
  private static boolean isCompressedText(byte[] bytes) {
    Inflater inflater = new Inflater(true);
    try {
      byte[] input = Arrays.copyOf(bytes, bytes.length + END_OF_MESSAGE.length);
      System.arraycopy(END_OF_MESSAGE, 0, input, bytes.length, END_OF_MESSAGE.length);
      inflater.setInput(input);
      byte[] text = new byte[MOST_INFLATED];
      int count = inflater.inflate(text);
      boolean whole = inflater.getRemaining() == 0 && count >= SHORTEST_TEXT;
      return whole && isText(Arrays.copyOf(text, count));
    } catch (DataFormatException e) {
      return false;
    } finally {
      inflater.end();
    }
  }
}
