package wscope.protocol.rule;

/** What a rule is about: the parts of the table of rules. */
public enum RuleGroup {
  FRAME_HEADER("The header of a frame"),
  FRAME_ORDER("The order of frames"),
  MESSAGE("What a message carries"),
  COMPRESSION("permessage-deflate: frames and messages"),
  CLOSE_BODY("The body of a Close frame"),
  HEAD("The HTTP head"),
  REQUEST("The opening handshake, as a server reads it"),
  RESPONSE("The answer to it, as a client reads it");

  private final String title;

  RuleGroup(String title) {
    this.title = title;
  }

  /** What its rules are about. */
  public String title() {
    return title;
  }
}
