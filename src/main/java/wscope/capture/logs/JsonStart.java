package wscope.capture.logs;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Recognises a log in JSON by its first names. */
final class JsonStart {
  private static final int LONGEST = 4096;

  private static final int LONGEST_NAME = 20;
  private static final int BOM_FIRST = 0xef;

  /** One of these begins the log of a HAR. */
  private static final Set<String> HAR_NAMES =
      Set.of("version", "creator", "browser", "pages", "entries", "comment");

  private final BufferedInputStream in;

  /** How many bytes may still be read. */
  private int left = LONGEST;

  private JsonStart(BufferedInputStream in) {
    this.in = in;
  }

  /** Recognises a log; null if it is none. The input keeps its position. */
  static @Nullable LogKind of(BufferedInputStream in) throws IOException {
    in.mark(2 * LONGEST);
    try {
      return new JsonStart(in).kind();
    } finally {
      in.reset();
    }
  }

  private @Nullable LogKind kind() throws IOException {
    int first = next();
    if (first == BOM_FIRST && (in.read() != 0xbb || in.read() != 0xbf)) {
      return null;
    }
    if ((first == BOM_FIRST ? next() : first) != '{' || next() != '"') {
      return null;
    }
    String outer = name();
    boolean known = outer.equals("log") || outer.equals("constants");
    if (!known || next() != ':' || next() != '{' || next() != '"') {
      return null;
    }
    if (outer.equals("constants")) {
      return LogKind.NETLOG;
    }
    String inner = name();
    return HAR_NAMES.contains(inner) || inner.startsWith("_") ? LogKind.HAR : null;
  }

  /** The next byte that is not a space. */
  private int next() throws IOException {
    int next = in.read();
    while (left > 0 && (next == ' ' || next == '\n' || next == '\r' || next == '\t')) {
      left--;
      next = in.read();
    }
    return next;
  }

  /** The rest of a name, up to its quotation mark. */
  private String name() throws IOException {
    StringBuilder name = new StringBuilder();
    int next = in.read();
    while (next >= 0 && next != '"' && name.length() < LONGEST_NAME) {
      name.append((char) next);
      next = in.read();
    }
    return name.toString();
  }
}
