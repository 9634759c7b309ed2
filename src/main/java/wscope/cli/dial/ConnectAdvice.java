package wscope.cli.dial;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import wscope.cli.process.ExitCode;
import wscope.cli.process.Failure;
import wscope.connect.Client;
import wscope.connect.Route;
import wscope.connect.Target;
import wscope.net.SocketFailure;
import wscope.net.TlsMismatch;

/** Describes why a client could not connect, with advice. */
public final class ConnectAdvice {
  private ConnectAdvice() {}

  /** Describes a mismatch in TLS between the client and the server. */
  public static String onTls(TlsMismatch mismatch) {
    return mismatch.getMessage() + onTls(mismatch.failure());
  }

  private static String onTls(SocketFailure failure) {
    return switch (failure) {
      case TLS_ON_PLAIN -> ": use wss:// or https://";
      case HTTP_ON_TLS -> ": use ws:// or http://";
      case NOT_TLS -> ": use ws://, or another port";
      case TLS_UNTRUSTED -> "; to trust it, give --cacert FILE; to accept any, give --insecure";
      case TLS_EXPIRED, TLS_WRONG_HOST -> "; to accept it all the same, give --insecure";
      case TLS_CERTIFICATE_REQUIRED ->
          "; the server requires a certificate of yours: give --cert and --key";
      case TLS_CERTIFICATE_REJECTED -> "; the server does not accept the certificate of --cert";
      case TLS_NOTHING_IN_COMMON ->
          "; wscope speaks TLS 1.2 and 1.3; if the server speaks no TLS, use ws://";
      case TLS_TRUNCATED -> ", so the end may be forged";
      default -> "";
    };
  }

  /** Describes why a Unix domain socket could not be connected to. */
  private static String onUnix(SocketFailure failure, IOException thrown, Path path) {
    return switch (failure) {
      case NO_SUCH_FILE ->
          path.toString().startsWith("@")
              ? "no such file; Java cannot connect to sockets without a file (abstract sockets)"
              : "no such file; check the path, and whether the server runs";
      case REFUSED -> "nothing listens there; " + onRefusal(path);
      case PERMISSION_DENIED ->
          "permission denied; you need write access to the socket, and access to its directories";
      case PATH_TOO_LONG ->
          "the path has "
              + path.toString().getBytes(StandardCharsets.UTF_8).length
              + " bytes, and Java allows 106 on Linux and 102 on macOS; use a shorter one, such as"
              + " a relative path";
      case QUEUE_FULL ->
          "the server does not accept connections, and its queue for them is full; try --retry";
      case TIMED_OUT -> thrown.getMessage() + " (--connect-timeout)";
      default -> String.valueOf(thrown.getMessage());
    };
  }

  private static String onRefusal(Path path) {
    if (Files.isDirectory(path)) {
      return "it is a directory";
    }
    return Files.isRegularFile(path)
        ? "it is a regular file, not a socket"
        : "the server that made this socket has ended";
  }

  /** The failure of a command that could not connect. */
  public static Failure failure(Client.ConnectFailure failed, Route route, Target target) {
    return new Failure(ExitCode.IO, words(failed.failure(), failed.cause(), route, target));
  }

  /** Describes why a server cannot be reached, with advice. */
  public static String words(
      SocketFailure failure, IOException thrown, Route route, Target target) {
    if (route instanceof Route.Unix unix) {
      Path path = unix.address().getPath();
      return "cannot connect to " + path + ": " + onUnix(failure, thrown, path);
    }
    String where = target.host() + " port " + target.port();
    String cause =
        thrown instanceof TlsMismatch mismatch
            ? onTls(mismatch)
            : String.valueOf(thrown.getMessage());
    return switch (failure) {
      case UNRESOLVED ->
          "cannot resolve "
              + target.host()
              + "; check the name, or give its address with --resolve "
              + target.host()
              + ":ADDRESS";
      case REFUSED -> "cannot connect to " + where + ": nothing listens there";
      case TIMED_OUT -> "cannot connect to " + where + ": " + cause + " (--connect-timeout)";
      default -> "cannot connect to " + where + ": " + cause;
    };
  }
}
