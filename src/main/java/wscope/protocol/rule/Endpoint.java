package wscope.protocol.rule;

/** One of the two endpoints of a connection (RFC 6455 §1.2), often as the sender of some bytes. */
public enum Endpoint {
  /** The endpoint that opened the connection; a client masks every frame (§5.1). */
  CLIENT("client"),
  /** The endpoint that accepted the connection; a server masks no frame (§5.1). */
  SERVER("server");

  private final String id;

  Endpoint(String id) {
    this.id = id;
  }

  /** The stable name of the endpoint, in lower case. */
  public String id() {
    return id;
  }

  /** The other endpoint. */
  public Endpoint peer() {
    return this == CLIENT ? SERVER : CLIENT;
  }
}
