package wscope.autobahn;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** Like {@link AutobahnServer}, but with a proxy between the fuzzing client and the server. */
public final class AutobahnProxy {
  private AutobahnProxy() {}

  public static void main(String[] args) throws Exception {
    // The report of the run without a proxy is kept for the comparison.
    if (Files.exists(AutobahnProxyReportCheck.DIRECT)) {
      Files.deleteIfExists(AutobahnReportCheck.REPORT);
    } else {
      Files.createDirectories(AutobahnProxyReportCheck.DIRECT.getParent());
      Files.move(AutobahnReportCheck.REPORT, AutobahnProxyReportCheck.DIRECT);
    }
    List<String> command =
        new ArrayList<>(AutobahnServer.wscope("serve", "--detail=none", "--port=0", "--"));
    command.addAll(
        AutobahnServer.wscope(
            "proxy", "--detail=none", "--to={url}", AutobahnServer.host(), "--port=" + args[0]));
    AutobahnServer.run(command);
  }
}
