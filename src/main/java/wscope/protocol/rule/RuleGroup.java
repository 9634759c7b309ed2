package wscope.protocol.rule;

/** The subject of a rule. Each group is a part of the table of rules. */
public enum RuleGroup {
  FRAME_HEADER("The header of a frame"),
  FRAME_ORDER("The order of frames"),
  MESSAGE("The content of a message"),
  COMPRESSION("permessage-deflate: frames and messages"),
  CLOSE_BODY("The body of a Close frame"),
  HEAD("The HTTP head"),
  REQUEST("The request, as a server reads it"),
  RESPONSE("The response, as a client reads it");

  private final String title;

  RuleGroup(String title) {
    this.title = title;
  }

  /** The heading of the group. */
  public String title() {
    return title;
  }
}
