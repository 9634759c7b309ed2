package wscope.report.text;

import java.util.HexFormat;
import wscope.protocol.handshake.AcceptKey;
import wscope.report.Advice;

/** Shows the derivation of an accept value from a key, step by step (RFC 6455 §4.2.2). */
public final class AcceptKeyReport {
  private static final HexFormat HEX = HexFormat.ofDelimiter(" ");
  private static final int VALUE = 13;

  private AcceptKeyReport() {}

  /** Shows the steps: the key, the key with the GUID, SHA-1, base64. */
  public static void steps(Screen screen, AcceptKey key) {
    row(screen, "key", key.key());
    if (key.isValid()) {
      row(screen, "16 bytes", HEX.formatHex(key.nonce()));
    }
    row(screen, "key + GUID", key.concatenated());
    row(screen, "SHA-1", HEX.formatHex(key.sha1()));
    row(screen, "base64", key.value());
  }

  /** Shows the violations in the key. */
  public static void violations(Screen screen, AcceptKey key) {
    key.check().forEach(violation -> Violations.show(screen, Advice.NONE, violation, null));
  }

  private static void row(Screen screen, String name, String value) {
    screen.text(name).pad(VALUE).words(VALUE);
    SafeText.line(screen, value);
    screen.endLine();
  }
}
