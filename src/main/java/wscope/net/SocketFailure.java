package wscope.net;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.List;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The reason why a socket failed. Only this class parses the messages of the system and the JDK,
 * which are often the only difference between two reasons.
 */
public enum SocketFailure {
  /** Nothing listens on the address, or a firewall rejects the connection. */
  REFUSED,
  /** The peer has reset TCP. */
  RESET,
  /** Output had no reader, because the socket was reset or the pipe was closed. */
  BROKEN_PIPE,
  /** A deadline of the system or of wscope has passed. */
  TIMED_OUT,
  /** There is no route to the address. */
  UNREACHABLE,
  /** The name has no address. */
  UNRESOLVED,
  /** Another socket already listens on the address. */
  ADDRESS_IN_USE,
  /** The address does not belong to this machine. */
  ADDRESS_NOT_AVAILABLE,
  /** The system does not permit the operation, for example because of a low port or a firewall. */
  PERMISSION_DENIED,
  /** There is no Unix domain socket with this path. */
  NO_SUCH_FILE,
  /** The path of a Unix domain socket is longer than the system or Java allows. */
  PATH_TOO_LONG,
  /** The server of a Unix domain socket has too many connections that it has not accepted. */
  QUEUE_FULL,
  /** The process or the system has reached its limit of open files. */
  TOO_MANY_OPEN_FILES,

  /** The peer speaks TLS, but this side does not. */
  TLS_ON_PLAIN,
  /** The peer speaks HTTP, but this side speaks TLS. */
  HTTP_ON_TLS,
  /** The peer speaks neither TLS nor HTTP, but this side speaks TLS. */
  NOT_TLS,
  /** The two sides have no version, cipher suite or application protocol in common. */
  TLS_NOTHING_IN_COMMON,
  /** We do not trust the peer's certificate. */
  TLS_UNTRUSTED,
  /** The peer's certificate has expired, or is not valid yet. */
  TLS_EXPIRED,
  /** The server's certificate is not for the name that we connected to. */
  TLS_WRONG_HOST,
  /** The client has no certificate, and we require one. */
  TLS_CERTIFICATE_MISSING,
  /** The server requires a certificate, and we sent none. */
  TLS_CERTIFICATE_REQUIRED,
  /** The peer sent an alert that rejects our certificate. */
  TLS_CERTIFICATE_REJECTED,
  /** The peer disconnected during the TLS handshake, or right after it, without sending data. */
  TLS_LEFT,
  /** The peer ended TCP without a close_notify (RFC 8446 §6.1): more may have been sent. */
  TLS_TRUNCATED,
  /** Any other failure of TLS. */
  TLS_BROKEN,

  /** Anything else. */
  OTHER;

  private static final String ALERT = "Received fatal alert: ";
  private static final String CLOSE_NOTIFY = "close_notify during handshake";
  private static final String NO_CLIENT_CERTIFICATE = "Empty client certificate chain";

  /** The beginnings of JDK messages about a certificate for other names. */
  private static final List<String> OTHER_NAMES =
      List.of("No subject alternative", "No name matching", "Illegal given domain name");

  /** A part of a system message, and its meaning. */
  private record MessagePart(String part, SocketFailure failure) {}

  private static final List<MessagePart> MESSAGE_PARTS =
      List.of(
          new MessagePart("Connection refused", REFUSED),
          new MessagePart("Connection reset", RESET),
          // The messages of Windows.
          new MessagePart("forcibly closed by the remote host", RESET),
          new MessagePart("Broken pipe", BROKEN_PIPE),
          new MessagePart("timed out", TIMED_OUT),
          new MessagePart("unreachable", UNREACHABLE),
          new MessagePart("No route to host", UNREACHABLE),
          new MessagePart("already in use", ADDRESS_IN_USE),
          new MessagePart("assign requested address", ADDRESS_NOT_AVAILABLE),
          new MessagePart("Permission denied", PERMISSION_DENIED),
          new MessagePart("No such file", NO_SUCH_FILE),
          new MessagePart("path too long", PATH_TOO_LONG),
          new MessagePart("Resource temporarily unavailable", QUEUE_FULL),
          new MessagePart("Too many open files", TOO_MANY_OPEN_FILES));

  /** Finds the reason why an exception was thrown. */
  public static SocketFailure of(Throwable thrown) {
    if (thrown instanceof TlsMismatch mismatch) {
      return mismatch.failure();
    }
    if (thrown instanceof SSLException tls) {
      return ofTls(tls);
    }
    if (thrown instanceof UnknownHostException) {
      return UNRESOLVED;
    }
    if (thrown instanceof SocketTimeoutException) {
      return TIMED_OUT;
    }
    if (thrown instanceof NoRouteToHostException) {
      return UNREACHABLE;
    }
    return thrown instanceof IOException io ? ofMessage(io) : OTHER;
  }

  /** Whether the peer reset TCP. Readers and writers get different messages for this. */
  public boolean isReset() {
    return this == RESET || this == BROKEN_PIPE;
  }

  /** The name of the alert that the peer sent; null if it sent none. */
  static @Nullable String alert(SSLException thrown) {
    String message = message(thrown);
    int at = message.indexOf(ALERT);
    return at < 0 ? null : message.substring(at + ALERT.length());
  }

  private static SocketFailure ofTls(SSLException thrown) {
    String alert = alert(thrown);
    if (alert != null) {
      return TlsAlert.failure(alert);
    }
    if (message(thrown).contains(CLOSE_NOTIFY)) {
      return TLS_LEFT;
    }
    if (message(thrown).contains(NO_CLIENT_CERTIFICATE)) {
      return TLS_CERTIFICATE_MISSING;
    }
    SocketFailure failure = TLS_BROKEN;
    for (Throwable cause = thrown.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateExpiredException
          || cause instanceof CertificateNotYetValidException) {
        return TLS_EXPIRED;
      }
      if (cause instanceof CertificateException && startsWithAny(message(cause), OTHER_NAMES)) {
        return TLS_WRONG_HOST;
      }
      if (cause instanceof CertificateException
          || cause instanceof CertPathBuilderException
          || cause instanceof CertPathValidatorException) {
        failure = TLS_UNTRUSTED;
      }
    }
    return failure;
  }

  private static boolean startsWithAny(String message, List<String> beginnings) {
    return beginnings.stream().anyMatch(message::startsWith);
  }

  private static SocketFailure ofMessage(IOException thrown) {
    String message = message(thrown);
    for (MessagePart known : MESSAGE_PARTS) {
      if (message.contains(known.part)) {
        return known.failure;
      }
    }
    return thrown instanceof ConnectException ? REFUSED : OTHER;
  }

  private static String message(Throwable thrown) {
    return String.valueOf(thrown.getMessage());
  }
}
