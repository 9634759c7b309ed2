package wscope.protocol.handshake;

import wscope.protocol.rule.Rule;

/**
 * What a head may be. A server rejects a request whose grammar is broken; a client may read a
 * response all the same (RFC 9112 §2.2, §5.2).
 *
 * @param lineEnd the rule for a line that does not end with CR LF
 * @param folded the rule for a folded field
 * @param isTolerant whether broken lines are only warnings, and are read as far as possible
 * @param allowsEmptyLine whether an empty line may precede the first line (RFC 9112 §2.2)
 */
record HeadRules(Rule lineEnd, Rule folded, boolean isTolerant, boolean allowsEmptyLine) {
  static final HeadRules REQUEST =
      new HeadRules(Rule.LINE_END_NOT_CRLF, Rule.HEADER_FIELD_FOLDED, false, true);

  static final HeadRules RESPONSE =
      new HeadRules(Rule.ANSWER_LINE_END_NOT_CRLF, Rule.ANSWER_FIELD_FOLDED, true, false);
}
