package wscope.packet;

/** Why nothing more of a connection is read. */
public enum TcpRelease {
  /** Both ends have ended it, or one has reset it. */
  ENDED,

  /** The capture ends. */
  CAPTURE_ENDED,

  /** Another connection between the same endpoints begins. */
  REPLACED,

  /** Too many connections are open, and this one is idle for the longest time. */
  CROWDED
}
