package wscope.net;

/** Which end of a link is ours. */
enum Side {
  CLIENT("server"),
  SERVER("client");

  private final String peer;

  Side(String peer) {
    this.peer = peer;
  }

  /** What the other end is. */
  String peer() {
    return peer;
  }
}
