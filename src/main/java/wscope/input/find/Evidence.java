package wscope.input.find;

import java.util.Set;

/**
 * What speaks for or against a candidate. The points of a candidate are added; {@link #NEEDED} are
 * enough to decode it, {@link #ASKED} to ask the user about it.
 */
public enum Evidence {
  // What the protocol says.
  WHOLE_FRAMES(5, "whole frames that keep the rules of RFC 6455"),
  SEVERAL_FRAMES(2, "two or more of them"),
  READABLE(2, "their text is UTF-8, or their close code is valid"),
  UNMASKED_TEXT(3, "the masking key makes text of their payload"),
  OPEN_MESSAGE(-3, "the last message is not finished"),
  BROKEN_FRAMES(2, "whole frames that break rules"),
  CUT_STREAM(3, "whole frames, then one that is incomplete"),
  FRAMES_FIRST(1, "whole frames at the start, then bytes that break rules"),
  CUT_FRAME(1, "the beginning of a frame"),
  CONTINUED(3, "they continue the frame before them"),
  REST_COUNTED(5, "the text leaves out as many bytes as their last frame lacks"),
  HEAD(8, "the start line of an HTTP request or response"),
  START_LINE(4, "such a start line without header fields"),
  HEADER_FIELDS(4, "the header fields of a handshake without its start line"),
  DOTS_FOR_BYTES(4, "dots stand for the line ends of a head, and perhaps for other bytes"),
  OPEN_HEAD(0, "the head may go on in the text that follows"),
  AFTER_HEAD(3, "they follow a handshake"),

  // What the text says.
  ALONE(6, "the text has nothing else"),
  MARKED(3, "they are marked as bytes, as in 0x81, \\x81 or <Buffer 81>"),
  LIST(2, "they stand in brackets"),
  OFFSETS(4, "offsets count them"),
  FIRST_OFFSET(2, "the row begins with an offset of zero"),
  CHARACTERS(4, "a column shows the same bytes as characters"),
  COUNTED(2, "the text says how many bytes they are"),
  LABELLED(2, "a word before them says that bytes follow"),
  ENDED(3, "the text says that the stream ended after them"),
  REPEATED(1, "other lines have the same form"),
  KNOWN(3, "bytes were found before in lines of the same form"),
  INTRODUCED(1, "a colon, an equals sign or an arrow stands before them"),
  OWN_LINE(2, "nothing stands before them on their line"),
  ENDS_LINE(1, "nothing follows them on their line"),
  EXPORTED(8, "an export of a TCP stream has them"),
  PACKETS(8, "they are TCP packets with consistent lengths"),
  OWN_OUTPUT(8, "wscope printed them"),
  LONG_REPEAT(0, "a row is repeated for more than 64 KiB"),
  LEFT_OUT(0, "the text leaves out the bytes after them"),

  // What speaks against them.
  OTHER_FORMAT(-20, "they begin as another format does"),
  NO_FRAMES(-2, "they do not begin with a frame that keeps the rules"),
  CLOCK(-5, "they look like a date or a time"),
  NUMBERS(-3, "they look like ordinary numbers"),
  WORDS(-5, "they look like ordinary words"),
  IDENTIFIER(-8, "they look like a UUID, an address or another identifier"),
  INSIDE(-8, "other bytes of the same form stand before them"),
  SHORT_WORD(-3, "they are one word of at most 16 hex digits"),
  ONE_WORD(-2, "they are one word of hex digits"),
  DIGEST(-4, "they are as long as a digest");

  /** The points that a candidate needs to be decoded. */
  public static final int NEEDED = 6;

  /** The points that a candidate needs to be mentioned. */
  public static final int ASKED = 3;

  private static final Evidence LAST_OF_PROTOCOL = AFTER_HEAD;

  private final int points;
  private final String reason;

  Evidence(int points, String reason) {
    this.points = points;
    this.reason = reason;
  }

  /** The points that it adds; negative if it speaks against a candidate. */
  public int points() {
    return points;
  }

  /**
   * Adds points.
   *
   * @param ofProtocol whether to add only what the protocol says
   */
  public static int points(Set<Evidence> evidence, boolean ofProtocol) {
    int points = 0;
    for (Evidence each : evidence) {
      points += !ofProtocol || each.isOfProtocol() ? each.points : 0;
    }
    return points;
  }

  /** Whether the protocol says it, and not the text. */
  public boolean isOfProtocol() {
    return compareTo(LAST_OF_PROTOCOL) <= 0;
  }

  /** In a few words, which can follow "because". */
  public String reason() {
    return reason;
  }
}
