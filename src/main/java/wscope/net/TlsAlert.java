package wscope.net;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The alerts that explain why TLS with a peer fails (RFC 8446 §6.2). */
enum TlsAlert {
  HANDSHAKE_FAILURE(40, SocketFailure.TLS_NOTHING_IN_COMMON),
  BAD_CERTIFICATE(42, SocketFailure.TLS_CERTIFICATE_REJECTED),
  UNSUPPORTED_CERTIFICATE(43, SocketFailure.TLS_CERTIFICATE_REJECTED),
  CERTIFICATE_REVOKED(44, SocketFailure.TLS_CERTIFICATE_REJECTED),
  CERTIFICATE_EXPIRED(45, SocketFailure.TLS_CERTIFICATE_REJECTED),
  CERTIFICATE_UNKNOWN(46, SocketFailure.TLS_CERTIFICATE_REJECTED),
  UNKNOWN_CA(48, SocketFailure.TLS_CERTIFICATE_REJECTED),
  PROTOCOL_VERSION(70, SocketFailure.TLS_NOTHING_IN_COMMON),
  INSUFFICIENT_SECURITY(71, SocketFailure.TLS_NOTHING_IN_COMMON),
  CERTIFICATE_REQUIRED(116, SocketFailure.TLS_CERTIFICATE_REQUIRED),
  NO_APPLICATION_PROTOCOL(120, SocketFailure.TLS_NOTHING_IN_COMMON);

  private final int number;
  private final SocketFailure failure;

  TlsAlert(int number, SocketFailure failure) {
    this.number = number;
    this.failure = failure;
  }

  /** The alert with this number; null if there is none in this table. */
  static @Nullable TlsAlert numbered(byte number) {
    for (TlsAlert alert : values()) {
      if (alert.number == number) {
        return alert;
      }
    }
    return null;
  }

  /** The meaning of an alert from a peer, by its name. */
  static SocketFailure failure(String name) {
    for (TlsAlert alert : values()) {
      if (alert.title().equals(name)) {
        return alert.failure;
      }
    }
    return SocketFailure.TLS_BROKEN;
  }

  SocketFailure failure() {
    return failure;
  }

  /** The name of the alert in RFC 8446. */
  String title() {
    return name().toLowerCase(Locale.ROOT);
  }
}
