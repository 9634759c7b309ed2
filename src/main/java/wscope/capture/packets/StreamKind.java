package wscope.capture.packets;

/** What a TCP connection carries, as far as its first bytes show. */
public enum StreamKind {
  WEBSOCKET("WebSocket"),
  HTTP("HTTP without WebSocket"),
  HTTP2("HTTP/2"),
  HTTP2_WEBSOCKET("WebSockets over HTTP/2 (RFC 8441)"),
  TLS("TLS"),
  EMPTY("nothing"),
  UNREAD("bytes that were not read, because too many waited in the capture"),
  UNFOLLOWED("a WebSocket that was not read"),
  OTHER("another protocol, or WebSocket from its middle on");

  private final String words;

  StreamKind(String words) {
    this.words = words;
  }

  /** What it is, in words. */
  public String words() {
    return words;
  }
}
