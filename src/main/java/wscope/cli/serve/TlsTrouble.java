package wscope.cli.serve;

import wscope.net.Misfit;

/** What to do when a client and the port do not fit together. */
final class TlsTrouble {
  private TlsTrouble() {}

  /** The trouble and the way out of it. */
  static String words(Misfit misfit) {
    return misfit.getMessage() + advice(misfit.kind());
  }

  private static String advice(Misfit.Kind kind) {
    return switch (kind) {
      case TLS_ON_PLAIN -> "; the client uses wss://, start with --tls or use ws://";
      case HTTP_ON_TLS -> "; the client uses ws:// or http://, use wss:// or start without --tls";
      case DISTRUST ->
          "; the client does not trust the certificate, the start of wscope shows how it can";
      case NOTHING_IN_COMMON -> "; the client must speak TLS 1.2 or 1.3 with a modern cipher suite";
      case LEFT -> "; most often a client does so that does not trust the certificate";
      case TRUNCATED -> ", so that its end may have been forged";
      case NOT_TLS, BROKEN -> "";
    };
  }
}
