package wscope.protocol;

/** Who ended the TCP connection below a WebSocket, and how (RFC 6455 §7.1.1). */
public enum TcpEnd {
  /** The client ended its side first (FIN). */
  CLIENT_FIN("client-fin"),
  /** The client reset the connection (RST), as one that crashed. */
  CLIENT_RESET("client-reset"),
  /** The server ended its side first (FIN), and the client followed. */
  SERVER_FIN("server-fin"),
  /** The server closed it because the client missed a deadline. */
  SERVER_DEADLINE("server-deadline"),
  /** The server reset it (RST) because it was asked to. */
  SERVER_DROP("server-drop"),
  /** The server closed it at once: it stops, or something went wrong below the protocol. */
  SERVER_ABORT("server-abort");

  private final String id;

  TcpEnd(String id) {
    this.id = id;
  }

  /** Its stable name. */
  public String id() {
    return id;
  }
}
