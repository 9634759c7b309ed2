package wscope.protocol.rule;

/** How grave a broken rule is. */
public enum Severity {
  /** The RFC says MUST: an endpoint fails the connection or rejects the handshake. */
  ERROR,
  /** Legal or tolerated, but worth a look: an endpoint goes on. */
  WARNING
}
