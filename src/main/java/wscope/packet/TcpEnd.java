package wscope.packet;

/** How the sender of a direction ended it. */
public enum TcpEnd {
  /** It had nothing more to send. */
  FIN,

  /** It gave up both directions. */
  RST
}
