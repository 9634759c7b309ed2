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
 * @param subprotocols the rule for the subprotocols that clients offer
 * @param fields the fields added to a 101 response
 */
public record Policy(
    HostRule hosts,
    OriginRule origins,
    @Nullable Credentials credentials,
    List<String> paths,
    SubprotocolRule subprotocols,
    List<OutgoingHeaderField> fields) {
  /** The default, which accepts only the names of this machine. */
  public static final Policy DEFAULT =
      new Policy(
          HostRule.DEFAULT, OriginRule.DEFAULT, null, List.of(), SubprotocolRule.ANY, List.of());

  private static final String SHARED = "replies carry one client's messages to others";

  /** Creates the policy of a server that only passes requests on. */
  public static Policy ofProxy(HostRule hosts, OriginRule origins) {
    return new Policy(hosts, origins, null, List.of(), SubprotocolRule.ANY, List.of());
  }

  /**
   * Judges a request that is passed on to another server.
   *
   * @return the reason to reject the request; null to accept it
   */
  public @Nullable Rejection judgePassing(RequestHead request) {
    Rejection rejection = judgeHost(request);
    return rejection == null
        ? origins.judge(request.all("Origin"), "they would reach the server through this machine")
        : rejection;
  }

  /**
   * Judges a request for a WebSocket that breaks no rule of the handshake.
   *
   * @param shared whether replies carry one client's messages to another
   * @return the reason to reject the request; null to accept it
   */
  public @Nullable Rejection judge(RequestHead request, boolean shared) {
    Rejection rejection = judgeHost(request);
    if (rejection == null) {
      rejection = origins.judge(request.all("Origin"), shared ? SHARED : null);
    }
    return rejection == null ? admit(request, servesPath(request)) : rejection;
  }

  /** Whether a client that may connect may also receive messages of other clients. */
  boolean mayReceiveOthers(RequestHead request) {
    return origins.judge(request.all("Origin"), SHARED) == null;
  }

  /**
   * Judges a request to watch all connections, which only a page of this machine may do, whatever
   * other origins may connect.
   */
  @Nullable Rejection judgeWatcherOfAll(RequestHead request) {
    List<HeaderField> fields = request.all("Origin");
    Origin origin = fields.size() == 1 ? Origin.parse(fields.get(0).value()) : null;
    return origin != null && origin.loopback() && namesThisMachine(request)
        ? null
        : Rejection.WATCHER_ELSEWHERE;
  }

  /** Whether the Host field is a loopback name or address. */
  boolean namesThisMachine(RequestHead request) {
    HeaderField host = request.first("Host");
    Authority authority = host == null ? null : Authority.parse(host.value());
    return authority != null && authority.loopback();
  }

  /** Judges a plain request. Its origin does not matter, and the path / always has a page. */
  public @Nullable Rejection judgePage(RequestHead request) {
    Rejection rejection = judgeHost(request);
    boolean found = request.path().equals("/") || servesPath(request);
    return rejection == null ? admit(request, found) : rejection;
  }

  /** A path at which a WebSocket opens. */
  public String webSocketPath() {
    return paths.isEmpty() ? "/" : paths.get(0);
  }

  /**
   * The subprotocol that the server selects; null for none.
   *
   * @param preferred the subprotocols that the replies speak, for a server that was given none
   */
  public @Nullable String subprotocol(RequestHead request, List<String> preferred) {
    return subprotocols.select(request.subprotocols(), preferred);
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
