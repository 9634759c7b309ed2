package wscope.autobahn;

import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs the real jar as the server for Autobahn's fuzzing client. The plugin calls {@link #main} in
 * the JVM of Maven, with the port as the only argument, and interrupts it when the client is done.
 */
public final class AutobahnServer {
  private static final int TIMEOUT_MINUTES = 12;

  private AutobahnServer() {}

  public static void main(String[] args) throws Exception {
    // Otherwise, AutobahnReportCheck could read the reports of an earlier run.
    Files.deleteIfExists(AutobahnReportCheck.REPORT);
    Files.deleteIfExists(AutobahnProxyReportCheck.DIRECT);
    run(wscope("serve", "--detail=none", host(), "--port=" + args[0]));
  }

  /** The option for the address that the plugin connects to, which may differ from 127.0.0.1. */
  static String host() throws UnknownHostException {
    return "--host=" + InetAddress.getLocalHost().getHostAddress();
  }

  /** The command that runs the real jar. */
  static List<String> wscope(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-jar", "target/wscope.jar"));
    command.addAll(List.of(arguments));
    return command;
  }

  /** Runs a command until the client is done. */
  static void run(List<String> command) throws Exception {
    Process server =
        new ProcessBuilder(command)
            .redirectOutput(Redirect.INHERIT)
            .redirectError(Redirect.INHERIT)
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(server::destroy));
    try {
      // The client waits forever if a handshake fails or no case is selected.
      boolean ended = server.waitFor(TIMEOUT_MINUTES, TimeUnit.MINUTES);
      System.err.println(ended ? "the server has ended" : "the suite has timed out");
      Runtime.getRuntime().halt(1);
    } finally {
      server.destroy();
    }
  }
}
