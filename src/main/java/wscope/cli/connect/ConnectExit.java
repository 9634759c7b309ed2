package wscope.cli.connect;

import wscope.cli.process.ExitCode;
import wscope.connect.Client;
import wscope.connect.Endings;
import wscope.connection.Disconnected;
import wscope.net.ProxyFailure;
import wscope.net.TlsMismatch;

/** The exit code of a client whose connection has ended. */
final class ConnectExit {
  private ConnectExit() {}

  static int code(Client client) {
    Disconnected end = client.disconnected();
    if (client.observations().isBroken()) {
      return ExitCode.BROKEN;
    }
    if (end == null) {
      return client.failure() == null ? ExitCode.FINE : ExitCode.IO;
    }
    if (!end.opened() && client.wasStopped()) {
      return ExitCode.FINE;
    }
    if (!end.opened()) {
      return end.cause() instanceof TlsMismatch || end.cause() instanceof ProxyFailure
          ? ExitCode.IO
          : ExitCode.REJECTED;
    }
    if (client.conversation().hasFailed()) {
      return ExitCode.BROKEN;
    }
    return Endings.isNormal(end) ? ExitCode.FINE : ExitCode.ABNORMAL;
  }
}
