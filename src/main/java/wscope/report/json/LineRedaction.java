package wscope.report.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Base64;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import java.util.Set;
import wscope.report.Redaction;

/**
 * Redacts the lines of a report. A payload that holds a secret loses what would give it away: the
 * masking key and the raw header. A fragment or a compressed payload cannot be searched, so it is
 * withheld; its message is searched as a whole.
 */
public final class LineRedaction {
  /** What a line has whose payload is not written because it cannot be searched. */
  public static final String WITHHELD = Property.WITHHELD_PAYLOAD.toString();

  /** What a line has whose payload was changed. */
  public static final String REDACTED = Property.REDACTED.toString();

  /** Properties that hold nothing of a peer. */
  private static final Set<String> OWN =
      Set.of(
          "type",
          "time",
          "sender",
          "rule",
          "severity",
          "citation",
          "title",
          "kind",
          "opcodeName",
          "outcome",
          "tcpEnd",
          "initiator",
          "codeName");

  private static final int FIRST_CONTROL = 8;

  private final Redaction redaction;

  public LineRedaction(Redaction redaction) {
    this.redaction = redaction;
  }

  /** Redacts a line. */
  public void apply(EventLine line) {
    if ((line.type().equals("frame") && !isWhole(line)) || isChange(line)) {
      withhold(line);
    }
    boolean hadPayload = line.has("text") || line.has("base64");
    String before = payload(line);
    strings(line);
    if (hadPayload && !before.equals(payload(line))) {
      line.mark(REDACTED);
    }
    if (line.has(REDACTED) || line.has(WITHHELD)) {
      line.remove("maskingKey");
      line.remove("header");
    }
  }

  /** Whether a line has bytes that a proxy sent instead, which are masked or compressed. */
  static boolean isChange(EventLine line) {
    return line.type().equals("interfered") && line.has("base64");
  }

  /** Removes the payload of a line. */
  static void withhold(EventLine line) {
    line.remove("text");
    line.remove("base64");
    line.mark(WITHHELD);
  }

  /** Whether the payload of a frame is that of its whole message, and not compressed. */
  public static boolean isWhole(EventLine frame) {
    long opcode = frame.number("opcode");
    return opcode >= FIRST_CONTROL || (opcode > 0 && frame.is("fin") && !frame.is("rsv1"));
  }

  /** Redacts everything in a line that may come from a peer or from the user. */
  void strings(EventLine line) {
    object(line.properties());
  }

  private static String payload(EventLine line) {
    return line.text("text") + "," + line.text("base64");
  }

  private void object(Map<String, Object> object) {
    Object name = object.get("name");
    for (Map.Entry<String, Object> each : object.entrySet()) {
      if (each.getKey().equals("value") && name instanceof String field) {
        each.setValue(redaction.field(field, (String) each.getValue()));
      } else if (!OWN.contains(each.getKey())) {
        each.setValue(value(each.getKey(), each.getValue()));
      }
    }
  }

  @SuppressWarnings("unchecked") // EventLine holds such maps and lists only.
  private Object value(String name, Object value) {
    if (value instanceof Map<?, ?> object) {
      object((Map<String, Object>) object);
    } else if (value instanceof List<?> values) {
      ListIterator<Object> each = ((List<Object>) values).listIterator();
      while (each.hasNext()) {
        each.set(value(name, each.next()));
      }
    } else if (value instanceof String text) {
      return name.equals("base64") || name.equals("reasonBase64")
          ? binary(text)
          : redaction.text(text);
    }
    return value;
  }

  /** Redacts bytes as if each were a character, which finds what is in ASCII. */
  private String binary(String base64) {
    String text = new String(Base64.getDecoder().decode(base64), ISO_8859_1);
    String redacted = redaction.text(text);
    return redacted.equals(text)
        ? base64
        : Base64.getEncoder().encodeToString(redacted.getBytes(ISO_8859_1));
  }
}
