package wscope.protocol.rule;

import java.util.EnumSet;
import java.util.Set;

/** The parts of the table of rules: what the rules are about, in its order. */
public enum RuleGroup {
  FRAME_HEADER("The header of a frame", Rule.CLIENT_FRAME_UNMASKED, Rule.LENGTH_TOP_BIT_SET),
  FRAME_ORDER("The order of frames", Rule.CONTINUATION_WITHOUT_MESSAGE, Rule.DATA_AFTER_CLOSE),
  MESSAGE("What a message carries", Rule.TEXT_NOT_UTF8, Rule.TOO_MANY_FRAGMENTS),
  COMPRESSION(
      "permessage-deflate: frames and messages",
      Rule.RSV1_ON_CONTINUATION,
      Rule.CONTEXT_TAKEN_OVER),
  CLOSE_BODY("The body of a Close frame", Rule.CLOSE_BODY_OF_ONE_BYTE, Rule.CLOSE_REASON_NOT_UTF8),
  HEAD("The HTTP head", Rule.HEAD_TOO_LARGE, Rule.HEADER_VALUE_MALFORMED),
  REQUEST(
      "The opening handshake, as a server reads it",
      Rule.METHOD_NOT_GET,
      Rule.EXTENSIONS_MALFORMED),
  ANSWER(
      "The answer to it, as a client reads it",
      Rule.STATUS_LINE_MALFORMED,
      Rule.DEFLATE_OFFER_IGNORED);

  private final String title;
  private final Rule first;
  private final Rule last;

  RuleGroup(String title, Rule first, Rule last) {
    this.title = title;
    this.first = first;
    this.last = last;
  }

  /** What its rules are about. */
  public String title() {
    return title;
  }

  /** Its rules, in the order of their table. */
  public Set<Rule> rules() {
    return EnumSet.range(first, last);
  }
}
