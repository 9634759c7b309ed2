package wscope.autobahn;

import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Runs the real jar as the server for Autobahn's fuzzing client. The plugin calls {@link #main} in
 * the JVM of Maven, with the port as the only argument, and interrupts it when the client is done.
 */
public final class AutobahnServer {
  private static final int TIMEOUT_MINUTES = 12;

  private AutobahnServer() {}

  public static void main(String[] args) throws Exception {
    // Otherwise, AutobahnReportCheck could read the report of an earlier run.
    Files.deleteIfExists(AutobahnReportCheck.REPORT);
    Process server =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                "target/wscope.jar",
                "serve",
                "--detail=none",
                // The plugin connects to this address, which may differ from 127.0.0.1.
                "--host=" + InetAddress.getLocalHost().getHostAddress(),
                "--port=" + args[0])
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
