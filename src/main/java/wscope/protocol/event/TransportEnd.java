package wscope.protocol.event;

import wscope.protocol.rule.Endpoint;

/**
 * Who ended the TCP connection below a WebSocket, and how (RFC 6455 §7.1.1).
 *
 * @param by the endpoint that ended it first
 */
public record TransportEnd(Endpoint by, Manner manner) {
  /** How TCP ends. */
  public enum Manner {
    /** Orderly (FIN); the other endpoint followed. */
    FIN("fin"),
    /** By a reset (RST), as after a crash. */
    RESET("reset"),
    /** Closed because the peer missed a deadline. */
    DEADLINE("deadline"),
    /** By a reset on request. */
    DROP("drop"),
    /** Closed at once: the process stopped, or something failed below the protocol. */
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
