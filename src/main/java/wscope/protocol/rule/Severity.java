package wscope.protocol.rule;

/** The severity of a violation. */
public enum Severity {
  /** A violation of a MUST: an endpoint fails the connection or rejects the handshake. */
  ERROR,
  /** Something legal or tolerated that is worth a look: an endpoint continues. */
  WARNING
}
