package wscope.report.json;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import wscope.report.Redaction;
import wscope.report.WholeLines;

/**
 * Redacts a recording so that it can be read back: each secret becomes as many asterisks as it has
 * bytes, so headers of frames and heads stay true. A fragment may hold a part of a secret, so all
 * its characters become asterisks. The bytes of a compressed message cannot be changed, so they are
 * withheld, and a reader stops there.
 */
public final class RecordingRedaction {
  private static final int FIRST_CONTROL = 8;
  private static final byte FIRST_VISIBLE = 0x20;
  private static final byte LAST_VISIBLE = 0x7e;

  private final OutputStream out;
  private final LineRedaction redaction;

  /** The connections and senders whose unfinished message is compressed. */
  private final Set<String> compressed = new HashSet<>();

  private RecordingRedaction(OutputStream out, List<String> more) {
    this.out = out;
    redaction = new LineRedaction(new Redaction(Redaction.Style.SAME_LENGTH, more));
  }

  /**
   * Creates a stream for the lines of a recording.
   *
   * @param out receives whole lines
   * @param more regular expressions for further text to replace
   */
  public static OutputStream of(OutputStream out, List<String> more) {
    return new WholeLines(new RecordingRedaction(out, more)::lines);
  }

  private void lines(String lines) {
    StringBuilder redacted = new StringBuilder(lines.length());
    for (String line : lines.split("\n", 0)) {
      redacted.append(redacted(EventLine.of(line))).append('\n');
    }
    byte[] bytes = redacted.toString().getBytes(US_ASCII);
    try {
      out.write(bytes, 0, bytes.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String redacted(EventLine line) {
    if (line.type().equals("recording")) {
      line.mark(LineRedaction.REDACTED);
      return line.json();
    }
    if (line.type().equals("frame") && line.number("opcode") < FIRST_CONTROL) {
      dataFrame(line);
    } else if (LineRedaction.isChange(line)) {
      LineRedaction.withhold(line);
    }
    redaction.strings(line);
    return line.json();
  }

  private void dataFrame(EventLine frame) {
    String message = frame.number("connection") + frame.text("sender");
    boolean first = frame.number("opcode") > 0;
    boolean inflates = first ? frame.is("rsv1") : compressed.contains(message);
    if (inflates && !frame.is("fin")) {
      compressed.add(message);
    } else if (frame.is("fin")) {
      compressed.remove(message);
    }
    if (inflates) {
      LineRedaction.withhold(frame);
    } else if (!first || !frame.is("fin")) {
      hide(frame);
    }
  }

  private static void hide(EventLine frame) {
    String text = frame.text("text");
    String base64 = frame.text("base64");
    if (text != null) {
      frame.replace("text", "*".repeat(text.getBytes(UTF_8).length));
    } else if (base64 != null) {
      byte[] bytes = Base64.getDecoder().decode(base64);
      // What is not ASCII may be why the message is not valid UTF-8.
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = bytes[i] >= FIRST_VISIBLE && bytes[i] <= LAST_VISIBLE ? (byte) '*' : bytes[i];
      }
      frame.replace("base64", Base64.getEncoder().encodeToString(bytes));
    }
  }
}
