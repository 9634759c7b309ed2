package wscope.protocol.message;

import java.util.Locale;

/**
 * The probable cause of a violation, of an incomplete frame, or of a message that a server has sent
 * back changed. It is named only if the bytes fit it exactly.
 *
 * @param frame the number of the frame
 * @param found the evidence and the line of code to suspect, in words; it may contain text from the
 *     wire, so it must be escaped for a terminal
 */
public record Cause(Kind kind, long frame, String found) {
  /** The kinds of mistakes. */
  public enum Kind {
    /** An extended length has its bytes in the wrong order. */
    LITTLE_ENDIAN_LENGTH,
    /** The second byte has the lowest byte of a length that needs an extended length. */
    LENGTH_IN_ONE_BYTE,
    /** The length of a text counts characters instead of bytes. */
    LENGTH_IN_CHARACTERS,
    /** Text stands where a frame should be. */
    TEXT_WITHOUT_FRAME,
    /** The byte order mark of UTF-8 stands where a frame should begin. */
    BYTE_ORDER_MARK,
    /** U+FFFD stands where a frame should begin: its first byte was lost. */
    REPLACEMENT_CHARACTER,
    /** A line end stands where a frame should begin. */
    LINE_END,
    /** A frame of an old draft, between the bytes 00 and ff, stands where a frame should begin. */
    HIXIE_FRAME,
    /** A message is compressed, although the handshake did not agree on it. */
    COMPRESSED_WITHOUT_EXTENSION,
    /** The server sends back the bytes of a frame, masked as they are. */
    ECHOED_BYTES,
    /** The server does not unmask. */
    PAYLOAD_NOT_UNMASKED,
    /** The server combines the bytes of a payload with the wrong bytes of the key. */
    MASKING_KEY_MISAPPLIED,
    /** The server takes 126 or 127 for a length, and the extended length for the masking key. */
    LENGTH_MISREAD,
    /** The server has agreed to permessage-deflate, but does not inflate. */
    NOT_INFLATED,
    /** The server takes a Close for a message. */
    CLOSE_AS_MESSAGE,
    /** The server encodes text in another way than UTF-8. */
    TEXT_IN_OTHER_CHARSET;

    /** The stable name: lower-case words joined by hyphens. */
    public String id() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
