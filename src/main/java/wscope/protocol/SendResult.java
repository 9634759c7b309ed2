package wscope.protocol;

/** Whether a {@link Session} sent something, or why not. */
public enum SendResult {
  /** Sent. */
  SENT("it was sent"),
  /** The opening handshake is still under way. */
  NOT_OPEN("the WebSocket is not open yet"),
  /** We have sent Close: only pongs may follow (RFC 6455 §5.5.1). */
  CLOSING("we have sent Close, and nothing may follow it"),
  /** The connection is over. */
  CLOSED("the connection is closed"),
  /** A fault left a message unfinished: only control frames may follow. */
  IN_MESSAGE("a fault left a message unfinished"),
  /** A fault left a frame unfinished: the peer could not find what follows. */
  IN_FRAME("a fault left a frame unfinished"),
  /** The peer reads too slowly: our pings would wait, too. */
  LAGGING("the peer reads too slowly"),
  /** The fault does not fit what was negotiated for permessage-deflate. */
  NOT_NEGOTIATED("what was negotiated for permessage-deflate does not allow it");

  private final String reason;

  SendResult(String reason) {
    this.reason = reason;
  }

  /** Whether it was sent. */
  public boolean isSent() {
    return this == SENT;
  }

  /** Why it was not sent, worded to follow "because". */
  public String reason() {
    return reason;
  }
}
