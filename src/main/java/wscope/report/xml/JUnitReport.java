package wscope.report.xml;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import wscope.report.CheckedCase;

/** The results of a check in the format of JUnit: a test suite for each group. */
public final class JUnitReport {
  private static final int NANOS_PER_MILLI = 1_000_000;
  private static final int MILLIS_PER_SECOND = 1000;
  private static final int DECIMALS = 3;

  private final StringBuilder xml = new StringBuilder(4096);

  private JUnitReport() {}

  /** The whole file. */
  public static String of(String url, List<CheckedCase> results) {
    JUnitReport report = new JUnitReport();
    report.xml.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"");
    report.escaped(url);
    report.xml.append("\">\n");
    Map<String, List<CheckedCase>> groups =
        results.stream()
            .collect(
                Collectors.groupingBy(CheckedCase::group, LinkedHashMap::new, Collectors.toList()));
    groups.forEach(report::suite);
    return report.xml.append("</testsuites>\n").toString();
  }

  private void suite(String group, List<CheckedCase> cases) {
    long failures = cases.stream().filter(CheckedCase::hasFailed).count();
    long skipped = cases.stream().filter(JUnitReport::isSkipped).count();
    xml.append("  <testsuite name=\"").append(group).append("\" tests=\"").append(cases.size());
    xml.append("\" failures=\"").append(failures).append("\" errors=\"0\" skipped=\"");
    xml.append(skipped).append("\">\n");
    cases.forEach(this::result);
    xml.append("  </testsuite>\n");
  }

  private static boolean isSkipped(CheckedCase one) {
    return one.outcome().equals("not-judgeable");
  }

  private void result(CheckedCase one) {
    xml.append("    <testcase classname=\"").append(one.group()).append("\" name=\"");
    escaped(one.id());
    long millis = one.nanos() / NANOS_PER_MILLI;
    String rest = String.valueOf(millis % MILLIS_PER_SECOND);
    xml.append("\" time=\"").append(millis / MILLIS_PER_SECOND).append('.');
    xml.append("0".repeat(DECIMALS - rest.length())).append(rest).append('"');
    if (one.hasFailed()) {
      xml.append(">\n      <failure type=\"").append(one.outcome()).append("\" message=\"");
      escaped("expected " + one.expected() + "; came: " + one.came());
      xml.append("\">");
      escaped("sent: " + one.sends() + "\nsee: " + one.citation() + "\nagain: " + one.command());
      xml.append("</failure>\n    </testcase>\n");
    } else if (isSkipped(one)) {
      xml.append(">\n      <skipped message=\"");
      escaped(one.came());
      xml.append("\"/>\n    </testcase>\n");
    } else {
      xml.append("/>\n");
    }
  }

  /** Characters that XML does not allow, and those beyond ASCII that show nothing, become ?. */
  private void escaped(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '<' -> xml.append("&lt;");
        case '>' -> xml.append("&gt;");
        case '&' -> xml.append("&amp;");
        case '"' -> xml.append("&quot;");
        case '\n' -> xml.append("&#10;");
        default -> {
          boolean visible = c >= ' ' && c < 0x7f;
          xml.append(visible ? String.valueOf(c) : c == '§' ? "&#167;" : "?");
        }
      }
    }
  }
}
