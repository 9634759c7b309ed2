package wscope.cli.listen;

import wscope.net.SocketFailure;
import wscope.net.TlsMismatch;

/** Describes a mismatch in TLS between a client and wscope, with advice. */
public final class TlsProblem {
  private TlsProblem() {}

  /** Describes the problem, with advice. */
  public static String describe(TlsMismatch mismatch) {
    return mismatch.getMessage() + advice(mismatch.failure());
  }

  private static String advice(SocketFailure failure) {
    return switch (failure) {
      case TLS_ON_PLAIN -> "; the client uses wss://: start wscope with --tls, or use ws://";
      case HTTP_ON_TLS ->
          "; the client uses ws:// or http://: use wss://, or start wscope without --tls";
      case TLS_CERTIFICATE_REJECTED ->
          "; the client does not trust the certificate: wscope shows at its start how to"
              + " trust it";
      case TLS_NOTHING_IN_COMMON ->
          "; the client must speak TLS 1.2 or 1.3 with a modern cipher suite";
      case TLS_LEFT -> "; usually because the client does not trust the certificate";
      case TLS_TRUNCATED -> ", so the end may be forged";
      default -> "";
    };
  }
}
