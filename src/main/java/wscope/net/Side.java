package wscope.net;

/** Our end of a link. */
enum Side {
  CLIENT("server"),
  SERVER("client");

  private final String peer;

  Side(String peer) {
    this.peer = peer;
  }

  /** The name of the other end. */
  String peer() {
    return peer;
  }
}
