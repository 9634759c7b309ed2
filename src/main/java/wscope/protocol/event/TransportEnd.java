package wscope.protocol.event;

import wscope.protocol.rule.Endpoint;

/**
 * Who ended the TCP connection below a WebSocket, and how (RFC 6455 §7.1.1).
 *
 * @param by who did it first
 */
public record TransportEnd(Endpoint by, Manner manner) {
  /** How TCP ends. */
  public enum Manner {
    /** In order (FIN); the other end followed. */
    FIN("fin"),
    /** By a reset (RST), as of one that crashed. */
    RESET("reset"),
    /** Closed because the peer missed a deadline. */
    DEADLINE("deadline"),
    /** By a reset that was asked for. */
    DROP("drop"),
    /** Closed at once: the process stops, or something went wrong below the protocol. */
    ABORT("abort");

    private final String id;

    Manner(String id) {
      this.id = id;
    }
  }

  /** Its stable name, such as {@code client-fin}. */
  public String id() {
    return by.id() + "-" + manner.id;
  }
}
