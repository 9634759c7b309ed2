package wscope.serve;

/**
 * Why a server rejects a request that breaks no rule of the handshake. What comes from the wire is
 * in it only as a host or an origin whose grammar leaves nothing that could do harm.
 *
 * @param words what is wrong, without what to do about it
 * @param subject the host or the origin that is not accepted, as a URL has it; empty if the reason
 *     is another
 */
public record Rejection(Reason reason, String words, String subject) {
  /** What a request is rejected for. */
  public enum Reason {
    /** The Host field, or the host in the target, is none. */
    HOST_MALFORMED(403),
    /** It is not one of the server's. */
    HOST_UNKNOWN(403),
    /** There is more than one Origin field. */
    ORIGIN_REPEATED(403),
    /** The Origin field is none. */
    ORIGIN_MALFORMED(403),
    /** Pages of this origin may not connect. */
    ORIGIN_UNKNOWN(403),
    /** The user and password are missing or wrong. */
    UNAUTHORIZED(401),
    /** Nothing is at this path. */
    PATH_UNKNOWN(404),
    /** The query does not set a behaviour. */
    QUERY_WRONG(400);

    private final int status;

    Reason(int status) {
      this.status = status;
    }

    /** The HTTP status of the response. */
    int status() {
      return status;
    }
  }

  /** For a reason that is neither a host's nor an origin's. */
  Rejection(Reason reason, String words) {
    this(reason, words, "");
  }
}
