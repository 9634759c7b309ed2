package wscope.autobahn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Compares the reports of Autobahn's fuzzing client with and without a proxy. */
class AutobahnProxyReportCheck {
  /** The report of the run without a proxy. */
  static final Path DIRECT = Path.of("target/autobahntestsuite-direct/index.json");

  /** The groups that run through the proxy: all but those that measure speed. */
  private static final Set<String> PROXIED = Set.of("1", "2", "3", "4", "5", "6", "7", "10");

  @Test
  void everyCaseHasTheSameResultThroughAProxy() throws IOException {
    Map<String, String> direct = AutobahnReportCheck.results(DIRECT);
    direct.keySet().removeIf(id -> !PROXIED.contains(AutobahnReportCheck.group(id)));
    assertEquals(direct, AutobahnReportCheck.results(AutobahnReportCheck.REPORT));
    assertEquals(247, direct.size());
  }
}
