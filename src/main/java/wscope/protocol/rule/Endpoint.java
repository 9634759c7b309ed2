package wscope.protocol.rule;

/**
 * One of the two ends of a connection (RFC 6455 §1.2), named as the sender of the bytes at hand.
 */
public enum Endpoint {
  /** The end that opened the connection; it masks every frame (§5.1). */
  CLIENT("client"),
  /** The end that accepted the connection; it masks no frame (§5.1). */
  SERVER("server");

  private final String id;

  Endpoint(String id) {
    this.id = id;
  }

  /** Its stable name, in lower case. */
  public String id() {
    return id;
  }

  /** The other end. */
  public Endpoint peer() {
    return this == CLIENT ? SERVER : CLIENT;
  }
}
