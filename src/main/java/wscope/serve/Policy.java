package wscope.serve;

import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.Reception.Denial;
import wscope.protocol.handshake.HeaderField;
import wscope.protocol.handshake.HttpResponse;
import wscope.protocol.handshake.RequestHead;

/**
 * Who may connect to a server, and where (RFC 6455 §10.1, §10.2, §10.5). Of what came from the wire
 * only a host and an origin appear in a refusal, and only if their grammar leaves nothing in them
 * that could do harm.
 *
 * @param hosts for which requests may be meant
 * @param origins which web pages may connect
 * @param credentials that a client must show; null for none
 * @param paths at which a WebSocket opens, as they come in the request; empty for any
 * @param subprotocols that the server speaks, the one it likes best first
 * @param fields added to the answer that opens a WebSocket
 */
public record Policy(
    HostRule hosts,
    OriginRule origins,
    @Nullable Credentials credentials,
    List<String> paths,
    List<String> subprotocols,
    List<HttpResponse.Field> fields) {
  /** What holds unless the user says otherwise: this machine's names, no more. */
  public static final Policy DEFAULT =
      new Policy(HostRule.LOOPBACK, OriginRule.DEFAULT, null, List.of(), List.of(), List.of());

  private static final HttpResponse.Field CHALLENGE =
      new HttpResponse.Field("WWW-Authenticate", "Basic realm=\"wscope\", charset=\"UTF-8\"");

  /**
   * Judges a request for a WebSocket that breaks no rule of the handshake.
   *
   * @param shared whether replies carry one client's messages to another
   * @return how it is refused; null if it is not
   */
  public @Nullable Denial judge(RequestHead request, boolean shared) {
    String refusal = hostRefusal(request);
    if (refusal == null) {
      refusal = origins.refusal(request.all("Origin"), shared);
    }
    return refusal == null ? admit(request, servesPath(request)) : forbidden(refusal);
  }

  /** Whether a client that may connect may also hear what other clients say. */
  boolean mayHearOthers(RequestHead request) {
    return origins.refusal(request.all("Origin"), true) == null;
  }

  /** Judges a plain request: its origin does not matter, and there is a page at / too. */
  public @Nullable Denial judgePage(RequestHead request) {
    String refusal = hostRefusal(request);
    boolean found = request.path().equals("/") || servesPath(request);
    return refusal == null ? admit(request, found) : forbidden(refusal);
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

  /** A target that is a whole URL names a host too (RFC 9112 §3.2.2). */
  private @Nullable String hostRefusal(RequestHead request) {
    HeaderField host = request.first("Host");
    String refusal = hosts.refusal(host == null ? "" : host.value());
    String authority = request.authority();
    return refusal == null && authority != null ? hosts.refusal(authority) : refusal;
  }

  private @Nullable Denial admit(RequestHead request, boolean found) {
    String refusal = credentials == null ? null : credentials.refusal(request.all("Authorization"));
    if (refusal != null) {
      String why = refusal + "; send the user and password that --auth names";
      return denial(401, List.of(CHALLENGE), why);
    }
    if (!found) {
      String why = "there is nothing at this path; connect to " + String.join(" or ", paths);
      return denial(404, List.of(), why + ", or add --path");
    }
    return null;
  }

  private boolean servesPath(RequestHead request) {
    return paths.isEmpty() || paths.contains(request.path());
  }

  private static Denial forbidden(String why) {
    return denial(403, List.of(), why);
  }

  private static Denial denial(int status, List<HttpResponse.Field> more, String why) {
    return new Denial(Refusals.explained(status, more, why + "\n"), why);
  }
}
