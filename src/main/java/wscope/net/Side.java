package wscope.net;

/** Which end of a link is ours. */
enum Side {
  CLIENT("the server"),
  SERVER("the client");

  private final String peer;

  Side(String peer) {
    this.peer = peer;
  }

  /** What to call the other end. */
  String peer() {
    return peer;
  }
}
