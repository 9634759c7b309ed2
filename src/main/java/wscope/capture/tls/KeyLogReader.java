package wscope.capture.tls;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Reads the lines of a key log (RFC 9850), in any pieces: a label, the random number of the
 * ClientHello, and a secret.
 */
public final class KeyLogReader {
  /** The length of the longest line that is read. */
  static final int LONGEST_LINE = 1024;

  private final KeyLog log;
  private final byte[] line = new byte[LONGEST_LINE];

  /** The length of the line so far, also if it is too long. */
  private long length;

  /** Creates a reader that adds secrets to a log. */
  public KeyLogReader(KeyLog log) {
    this.log = log;
  }

  /** Reads the next bytes. */
  public void read(ByteBuffer bytes) {
    while (bytes.hasRemaining()) {
      byte next = bytes.get();
      if (next == '\n' || next == '\r') {
        end();
      } else {
        if (length < LONGEST_LINE) {
          line[(int) length] = next;
        }
        length++;
      }
    }
  }

  /** Ends the last line. */
  public void end() {
    if (length > 0 && length <= LONGEST_LINE) {
      line(new String(line, 0, (int) length, StandardCharsets.ISO_8859_1));
    }
    length = 0;
  }

  private void line(String text) {
    int first = text.indexOf(' ');
    int second = text.indexOf(' ', first + 1);
    SecretLabel label = second < 0 ? null : SecretLabel.of(text.substring(0, first));
    if (label == null) {
      // A comment, or a secret that is not needed, such as that of an exporter.
      return;
    }
    byte[] random = bytes(text.substring(first + 1, second));
    byte[] secret = bytes(text.substring(second + 1).strip());
    if (random != null
        && secret != null
        && random.length == HelloRandom.LENGTH
        && label.hasLength(secret.length)) {
      log.line(HelloRandom.of(random), label, secret);
    }
  }

  private static byte @Nullable [] bytes(String hex) {
    try {
      return HexFormat.of().parseHex(hex);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
