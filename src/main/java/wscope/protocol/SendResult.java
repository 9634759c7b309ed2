package wscope.protocol;

/** Whether a {@link Session} sent a message or frame, or the reason why not. */
public enum SendResult {
  /** The message or frame was sent. */
  SENT("it was sent"),
  /** The opening handshake is still under way. */
  NOT_OPEN("the WebSocket is not open yet"),
  /** We have sent a Close: only pongs may follow (RFC 6455 §5.5.1). */
  CLOSING("wscope has already sent a Close frame"),
  /** The connection is over. */
  CLOSED("the connection is closed"),
  /** A fault left a message unfinished: only control frames may follow. */
  IN_MESSAGE("a fault left a message unfinished"),
  /** A fault left a frame unfinished: the peer could not locate the next one. */
  IN_FRAME("a fault left a frame unfinished"),
  /** The peer reads too slowly: a ping would wait in the queue. */
  LAGGING("the peer reads too slowly"),
  /** The session is sending a message in steps: only control frames may come in between. */
  SENDING("an earlier message is still being sent"),
  /** The fault requires another result of negotiating permessage-deflate. */
  NOT_NEGOTIATED("the permessage-deflate negotiation does not allow this fault");

  private final String reason;

  SendResult(String reason) {
    this.reason = reason;
  }

  /** Whether the message or frame was sent. */
  public boolean isSent() {
    return this == SENT;
  }

  /** A clause that says why the message or frame was not sent. */
  public String reason() {
    return reason;
  }
}
