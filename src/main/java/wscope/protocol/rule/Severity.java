package wscope.protocol.rule;

/** How severe a violation is. */
public enum Severity {
  /** The RFC says MUST: an endpoint fails the connection or rejects the handshake. */
  ERROR,
  /** Legal or tolerated, but worth a look: an endpoint continues. */
  WARNING
}
