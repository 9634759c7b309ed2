package wscope.protocol.rule;

/**
 * One of the two ends of a connection (RFC 6455 §1.2), named as the sender of the bytes at hand.
 */
public enum Endpoint {
  /** The end that opened the connection; it masks every frame (§5.1). */
  CLIENT,
  /** The end that answered; it masks no frame (§5.1). */
  SERVER
}
