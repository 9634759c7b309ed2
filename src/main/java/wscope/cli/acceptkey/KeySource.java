package wscope.cli.acceptkey;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.cli.process.ExitCode;
import wscope.cli.process.Failure;
import wscope.protocol.handshake.AcceptKey;

/**
 * Reads the keys of {@code accept-key} one at a time: each line holds a key, or a header line with
 * one.
 */
final class KeySource {
  private static final String FIELD = "sec-websocket-key:";

  /** The maximum length of a line in bytes, without its line end. */
  private static final int LONGEST_LINE = 4096;

  private final InputStream in;
  private boolean ended;

  private KeySource(InputStream in) {
    this.in = in;
  }

  /**
   * Reads keys from arguments. A header line may be one argument or, without quotes in the shell,
   * two.
   */
  static KeySource of(List<String> arguments) {
    String lines = String.join("\n", arguments);
    return new KeySource(new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)));
  }

  /** Reads keys from an input, which is not read again after its end. */
  static KeySource of(InputStream in) {
    return new KeySource(new BufferedInputStream(in));
  }

  /** The next key; null if there is none. */
  @Nullable AcceptKey next() throws IOException, Failure {
    while (!ended) {
      AcceptKey key = key(line());
      if (!key.key().isEmpty()) {
        return key;
      }
    }
    return null;
  }

  /** Reads a line, one character for each byte. */
  private String line() throws IOException, Failure {
    StringBuilder line = new StringBuilder();
    int b = in.read();
    while (b >= 0 && b != '\n') {
      if (line.length() == LONGEST_LINE) {
        throw new Failure(
            ExitCode.USAGE,
            "a line is longer than " + LONGEST_LINE + " bytes; a key has 24 characters");
      }
      line.append((char) b);
      b = in.read();
    }
    ended = b < 0;
    return line.toString();
  }

  private static AcceptKey key(String line) {
    AcceptKey stripped = AcceptKey.of(line);
    boolean named = stripped.key().regionMatches(true, 0, FIELD, 0, FIELD.length());
    return named ? AcceptKey.of(stripped.key().substring(FIELD.length())) : stripped;
  }
}
