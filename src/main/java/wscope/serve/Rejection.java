package wscope.serve;

/**
 * The reason why a server rejects a request that violates no rule of the handshake. The only text
 * from the wire is a host or an origin, which is safe to show because of its grammar.
 *
 * @param words the problem in words, without advice
 * @param subject the host or the origin that is not accepted, as in a URL; empty for other reasons
 */
public record Rejection(Reason reason, String words, String subject) {
  /** The reason for a rejection. */
  public enum Reason {
    /** The Host field, or the host in the target, is not a host. */
    HOST_MALFORMED(403),
    /** The server does not have this host. */
    HOST_UNKNOWN(403),
    /** There is more than one Origin field. */
    ORIGIN_REPEATED(403),
    /** The Origin field is not an origin. */
    ORIGIN_MALFORMED(403),
    /** Pages of this origin may not connect. */
    ORIGIN_UNKNOWN(403),
    /** The client watches all connections, but is not the test page on this machine. */
    WATCHER_ELSEWHERE(403),
    /** The user and password are missing or wrong. */
    UNAUTHORIZED(401),
    /** Nothing is at this path. */
    PATH_UNKNOWN(404),
    /** The query is invalid. */
    QUERY_INVALID(400);

    private final int status;

    Reason(int status) {
      this.status = status;
    }

    /** The HTTP status of the response. */
    public int status() {
      return status;
    }
  }

  /** The rejection of a watcher of all connections that is not on this machine. */
  static final Rejection WATCHER_ELSEWHERE =
      new Rejection(
          Reason.WATCHER_ELSEWHERE,
          "only the test page on the machine of the server may watch all connections");

  /** Creates a rejection without a subject. */
  Rejection(Reason reason, String words) {
    this(reason, words, "");
  }
}
