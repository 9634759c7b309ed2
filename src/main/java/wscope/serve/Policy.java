package wscope.serve;

import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.handshake.HeaderField;
import wscope.protocol.handshake.OutgoingHeaderField;
import wscope.protocol.handshake.RequestHead;

/**
 * The rules for clients that connect to a server (RFC 6455 §10.1, §10.2, §10.5).
 *
 * @param hosts the rule for the hosts that requests may name
 * @param origins the rule for the web pages that may connect
 * @param credentials the credentials that a client must send; null for none
 * @param paths the paths at which a WebSocket opens, as in the request; empty for any
 * @param subprotocols the subprotocols that the server speaks, the preferred one first
 * @param fields the fields added to a 101 response
 */
public record Policy(
    HostRule hosts,
    OriginRule origins,
    @Nullable Credentials credentials,
    List<String> paths,
    List<String> subprotocols,
    List<OutgoingHeaderField> fields) {
  /** The default, which accepts only the names of this machine. */
  public static final Policy DEFAULT =
      new Policy(HostRule.LOOPBACK, OriginRule.DEFAULT, null, List.of(), List.of(), List.of());

  /**
   * Judges a request for a WebSocket that breaks no rule of the handshake.
   *
   * @param shared whether replies carry one client's messages to another
   * @return the reason to reject the request; null to accept it
   */
  public @Nullable Rejection judge(RequestHead request, boolean shared) {
    Rejection rejection = judgeHost(request);
    if (rejection == null) {
      rejection = origins.judge(request.all("Origin"), shared);
    }
    return rejection == null ? admit(request, servesPath(request)) : rejection;
  }

  /** Whether a client that may connect may also receive messages of other clients. */
  boolean mayReceiveOthers(RequestHead request) {
    return origins.judge(request.all("Origin"), true) == null;
  }

  /** Judges a plain request. Its origin does not matter, and the path / always has a page. */
  public @Nullable Rejection judgePage(RequestHead request) {
    Rejection rejection = judgeHost(request);
    boolean found = request.path().equals("/") || servesPath(request);
    return rejection == null ? admit(request, found) : rejection;
  }

  /** The first of the server's subprotocols that the client offers; null for none. */
  public @Nullable String subprotocol(RequestHead request) {
    List<String> offered = request.subprotocols();
    for (String subprotocol : subprotocols) {
      if (offered.contains(subprotocol)) {
        return subprotocol;
      }
    }
    return null;
  }

  /** A target in absolute-form also names a host (RFC 9112 §3.2.2). */
  private @Nullable Rejection judgeHost(RequestHead request) {
    HeaderField host = request.first("Host");
    Rejection rejection = hosts.judge(host == null ? "" : host.value());
    String authority = request.authority();
    return rejection == null && authority != null ? hosts.judge(authority) : rejection;
  }

  private @Nullable Rejection admit(RequestHead request, boolean found) {
    String wrong = credentials == null ? null : credentials.wrong(request.all("Authorization"));
    if (wrong != null) {
      return new Rejection(Rejection.Reason.UNAUTHORIZED, wrong);
    }
    return found
        ? null
        : new Rejection(
            Rejection.Reason.PATH_UNKNOWN,
            "this path does not exist; connect to " + String.join(" or ", paths));
  }

  private boolean servesPath(RequestHead request) {
    return paths.isEmpty() || paths.contains(request.path());
  }
}
