package wscope.autobahn;

import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Runs the real jar for Autobahn's fuzzing client. The plugin calls {@link #main} inside the Maven
 * JVM, with the port as the only argument, and interrupts it when the client is done.
 */
public final class AutobahnServer {
  private static final int LONGEST_RUN_MINUTES = 12;

  private AutobahnServer() {}

  public static void main(String[] args) throws Exception {
    // Never judge the report of an earlier run.
    Files.deleteIfExists(AutobahnReportCheck.REPORT);
    Process server =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                "target/wscope.jar",
                "serve",
                "--detail=none",
                // The plugin connects to this address, which need not be 127.0.0.1.
                "--host=" + InetAddress.getLocalHost().getHostAddress(),
                "--port=" + args[0])
            .redirectOutput(Redirect.INHERIT)
            .redirectError(Redirect.INHERIT)
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(server::destroy));
    try {
      // The client waits for ever if a handshake fails or no case is selected.
      boolean ended = server.waitFor(LONGEST_RUN_MINUTES, TimeUnit.MINUTES);
      System.err.println(ended ? "the server has ended" : "the suite does not come to an end");
      Runtime.getRuntime().halt(1);
    } finally {
      server.destroy();
    }
  }
}
