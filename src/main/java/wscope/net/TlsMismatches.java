package wscope.net;

import java.io.IOException;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Creates the {@link TlsMismatch} for each way in which the peer of a TLS link does not match. */
final class TlsMismatches {
  private static final Set<String> ALERTS_FOR_NO_CERTIFICATE =
      Set.of(TlsAlert.BAD_CERTIFICATE.title(), TlsAlert.HANDSHAKE_FAILURE.title());

  private static final String CLOSED = " ended TLS during the TLS handshake (close_notify)";

  private final TlsSettings settings;
  private final String peer;

  TlsMismatches(TlsSettings settings, Side side) {
    this.settings = settings;
    peer = "the " + side.peer();
  }

  /** The peer speaks plain HTTP. */
  TlsMismatch http() {
    return new TlsMismatch(
        SocketFailure.HTTP_ON_TLS,
        settings instanceof TlsServer
            ? "the client sent plain HTTP to the TLS port"
            : "the server responded with plain HTTP",
        null);
  }

  /** The peer speaks neither TLS nor HTTP. */
  TlsMismatch notTls() {
    return new TlsMismatch(
        SocketFailure.NOT_TLS,
        settings instanceof TlsServer
            ? "the client sent neither TLS nor HTTP to the TLS port"
            : "the server does not speak TLS",
        null);
  }

  TlsMismatch leftDuringHandshake(IOException cause) {
    return left(" disconnected during the TLS handshake", cause);
  }

  TlsMismatch leftAfterHandshake() {
    return left(" disconnected after the TLS handshake", null);
  }

  TlsMismatch resetAtHandshake(IOException cause) {
    return left(" reset TCP during the TLS handshake", cause);
  }

  /** The peer ended TLS in order. */
  TlsMismatch closedDuringHandshake(SSLException cause) {
    return left(CLOSED, cause);
  }

  private TlsMismatch left(String how, @Nullable IOException cause) {
    return new TlsMismatch(SocketFailure.TLS_LEFT, peer + how, cause);
  }

  TlsMismatch truncated() {
    return new TlsMismatch(
        SocketFailure.TLS_TRUNCATED, "TCP ended without a TLS close_notify", null);
  }

  /**
   * The peer sent an alert.
   *
   * @param sentNone whether we are a client that sent no certificate, although version and cipher
   *     suite were negotiated. Then the server requires one, for which TLS 1.2 has no separate
   *     alert
   */
  TlsMismatch alert(String alert, boolean sentNone, SSLException cause) {
    SocketFailure failure =
        sentNone && ALERTS_FOR_NO_CERTIFICATE.contains(alert)
            ? SocketFailure.TLS_CERTIFICATE_REQUIRED
            : TlsAlert.failure(alert);
    return new TlsMismatch(failure, peer + " sent a TLS alert: " + alert, cause);
  }

  /** The peer began a second handshake. */
  TlsMismatch secondHandshake(SSLException cause) {
    return broken(peer + " began a second handshake", cause);
  }

  TlsMismatch recordTooLong(IllegalStateException cause) {
    return broken("a record longer than TLS allows", cause);
  }

  private static TlsMismatch broken(String how, Exception cause) {
    return new TlsMismatch(SocketFailure.TLS_BROKEN, "TLS failed: " + how, cause);
  }

  /**
   * Our engine failed.
   *
   * @param nothingInCommon whether the alert of our engine reports nothing in common
   */
  TlsMismatch failed(SSLException cause, boolean nothingInCommon) {
    SocketFailure failure =
        nothingInCommon ? SocketFailure.TLS_NOTHING_IN_COMMON : SocketFailure.of(cause);
    return new TlsMismatch(failure, message(failure, cause), cause);
  }

  private String message(SocketFailure failure, SSLException cause) {
    String certificate = peer + "'s certificate ";
    return switch (failure) {
      case TLS_UNTRUSTED -> certificate + "is not trusted";
      case TLS_EXPIRED -> certificate + "has expired, or is not valid yet";
      case TLS_WRONG_HOST -> certificate + "is not for " + host();
      case TLS_LEFT -> peer + CLOSED;
      case TLS_CERTIFICATE_MISSING -> peer + " sent no certificate";
      default -> "TLS failed: " + cause.getMessage();
    };
  }

  private String host() {
    return settings instanceof TlsClient client ? client.host() : "its host";
  }
}
