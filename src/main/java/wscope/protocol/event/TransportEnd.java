package wscope.protocol.event;

import wscope.protocol.rule.Endpoint;

/**
 * The end of the TCP connection below a WebSocket (RFC 6455 §7.1.1).
 *
 * @param by the endpoint that ended TCP first
 * @param manner the manner in which it did
 */
public record TransportEnd(Endpoint by, Manner manner) {
  /** The manner in which TCP ends. */
  public enum Manner {
    /** In order, with a FIN from each endpoint. */
    FIN("fin"),
    /** By a reset (RST), as after a crash. */
    RESET("reset"),
    /** By closing the connection because the peer missed a deadline. */
    DEADLINE("deadline"),
    /** By a reset that the user requested. */
    DROP("drop"),
    /**
     * By closing the connection at once, because the process stopped or something failed below the
     * protocol.
     */
    ABORT("abort");

    private final String id;

    Manner(String id) {
      this.id = id;
    }

    /** The stable name of this manner. */
    String id() {
      return id;
    }
  }

  /** The stable name of this end, such as {@code client-fin}. */
  public String id() {
    return by.id() + "-" + manner.id;
  }
}
