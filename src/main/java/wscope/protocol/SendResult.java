package wscope.protocol;

/** Whether a {@link Session} has sent what it was asked to, and why not. */
public enum SendResult {
  /** It is on its way. */
  SENT("it was sent"),
  /** The opening handshake is still under way. */
  NOT_OPEN("the WebSocket is not open yet"),
  /** We have sent Close: nothing but pongs may follow (RFC 6455 §5.5.1). */
  CLOSING("our Close was sent, and nothing may follow it"),
  /** The connection is over. */
  CLOSED("the connection is closed"),
  /** A fault has left a message without its end: only control frames may follow. */
  IN_MESSAGE("a fault has left a message unfinished"),
  /** A fault has left a frame without its end: nothing that follows would be found. */
  IN_FRAME("a fault has left a frame unfinished"),
  /** The peer reads too slowly: pings of ours would only wait as well. */
  LAGGING("the peer reads too slowly"),
  /** The fault needs something of permessage-deflate that was not agreed on, or its absence. */
  NOT_NEGOTIATED("what was negotiated for permessage-deflate does not allow it");

  private final String reason;

  SendResult(String reason) {
    this.reason = reason;
  }

  /** Whether it was sent. */
  public boolean isSent() {
    return this == SENT;
  }

  /** Why it was not sent, in words, to follow "because". */
  public String reason() {
    return reason;
  }
}
