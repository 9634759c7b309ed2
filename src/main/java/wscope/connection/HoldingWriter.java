package wscope.connection;

import wscope.protocol.TransportWriter;

/** Holds bytes back for a time before it passes them on. */
interface HoldingWriter extends TransportWriter {
  /** The number of waiting bytes. */
  long waiting();

  /** Stops all output. */
  void stop();
}
