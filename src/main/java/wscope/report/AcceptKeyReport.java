package wscope.report;

import java.util.HexFormat;
import java.util.List;
import wscope.protocol.handshake.AcceptKey;
import wscope.protocol.rule.Violation;

/** Shows how an accept value is derived from a key, step by step (RFC 6455 §4.2.2). */
public final class AcceptKeyReport {
  private static final HexFormat HEX = HexFormat.ofDelimiter(" ");
  private static final int VALUE = 13;
  private static final int NOTE = 52;

  private AcceptKeyReport() {}

  /** The steps: key, key and GUID, SHA-1, base64. */
  public static void steps(Screen screen, AcceptKey key) {
    row(screen, "key", key.key());
    List<Violation> violations = key.check();
    if (violations.stream().noneMatch(violation -> violation.rule().isError())) {
      screen.pad(NOTE).style(Style.ASIDE).text("16 bytes: ");
      screen.text(HEX.formatHex(key.nonce())).plain();
    }
    screen.endLine();
    row(screen, "+ GUID", key.concatenated());
    screen.endLine();
    row(screen, "SHA-1", HEX.formatHex(key.sha1()));
    screen.endLine();
    row(screen, "base64", key.value());
    screen.endLine();
  }

  /** What is wrong with the key. */
  public static void violations(Screen screen, AcceptKey key) {
    key.check().forEach(violation -> Violations.show(screen, violation));
  }

  private static void row(Screen screen, String name, String value) {
    screen.text(name).pad(VALUE);
    SafeText.line(screen, value);
  }
}
