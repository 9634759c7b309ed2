package wscope.input.dump;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import wscope.input.find.Candidate;
import wscope.input.find.Evidence;
import wscope.input.find.Lines;
import wscope.input.find.Piece;
import wscope.input.find.Way;

/**
 * Reads what Wireshark's "Follow TCP Stream" exports, except its hex dump: C arrays ({@code char
 * peer0_0[] = { 0x81, 0x85 };}), YAML ({@code peer: 0} and {@code data: !!binary |}) and raw
 * ({@code Node 0: 127.0.0.1:50000}, then hex lines, those of the server after a tab).
 */
final class FollowExports {
  private enum State {
    NOTHING,
    ARRAY,
    NODES,
    YAML,
    BINARY
  }

  private static final Set<Evidence> ARRAY =
      Set.of(Evidence.MARKED, Evidence.LIST, Evidence.EXPORTED);
  private static final Set<Evidence> BINARY = Set.of(Evidence.MARKED, Evidence.EXPORTED);

  private final Lines lines;
  private final byte[] text;
  private final Consumer<Candidate> found;
  private final List<Piece> pieces = new ArrayList<>();
  private State state = State.NOTHING;
  private @Nullable Way way;
  private String form = "";
  private Set<Evidence> evidence = Set.of();
  private boolean comment;
  private int binaryIndent;

  FollowExports(Lines lines, Consumer<Candidate> found) {
    this.lines = lines;
    this.text = lines.text();
    this.found = found;
  }

  /** Takes a line; false if it is not a part of an export. */
  boolean take(int line) {
    return switch (state) {
      case NOTHING -> begin(line);
      case ARRAY -> array(line, lines.start(line));
      case NODES -> raw(line);
      case YAML -> yaml(line);
      case BINARY -> binary(line);
    };
  }

  /** The text ends. */
  void end() {
    if (!pieces.isEmpty()) {
      found.accept(new Candidate(Candidate.Kind.BYTES, form, "", pieces, evidence));
    }
    pieces.clear();
    state = State.NOTHING;
  }

  private boolean begin(int line) {
    int at = firstCharacter(line);
    if (at == lines.end(line)) {
      return false;
    }
    byte c = text[at];
    if (c == 'c' && starts(line, at, "char peer")) {
      return open(line, at);
    }
    if (c == 'N' && starts(line, at, "Node 1: ")) {
      start(State.NODES, "hex", Set.of(Evidence.EXPORTED));
      return true;
    }
    if (c == '-' && starts(line, at, "- packet: ")) {
      start(State.YAML, "base64", BINARY);
      return true;
    }
    return false;
  }

  private void start(State next, String newForm, Set<Evidence> newEvidence) {
    if (!form.equals(newForm)) {
      end();
    }
    state = next;
    form = newForm;
    evidence = newEvidence;
    way = null;
  }

  private boolean open(int line, int at) {
    int digit = at + "char peer".length();
    int brace = digit;
    while (brace < lines.end(line) && text[brace] != '{') {
      brace++;
    }
    if (brace == lines.end(line) || (text[digit] != '0' && text[digit] != '1')) {
      return false;
    }
    start(State.ARRAY, "C array", ARRAY);
    way = text[digit] == '0' ? Way.CLIENT : Way.SERVER;
    comment = false;
    return array(line, brace + 1);
  }

  /** Reads numbers after 0x, except in comments, up to the closing brace. */
  private boolean array(int line, int from) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int first = -1;
    int last = -1;
    int end = lines.end(line);
    for (int i = from; i < end; i++) {
      boolean pair = i + 1 < end;
      if (comment) {
        comment = !(pair && text[i] == '*' && text[i + 1] == '/');
      } else if (pair && text[i] == '/' && text[i + 1] == '*') {
        comment = true;
        i++;
      } else if (text[i] == '}') {
        state = State.NOTHING;
        break;
      } else if (isByte(i, end)) {
        bytes.write(Digits.hex(text[i + 2]) << 4 | Digits.hex(text[i + 3]));
        first = first < 0 ? i : first;
        last = i + 4;
        i += 3;
      }
    }
    add(line, first, last, bytes.toByteArray());
    return true;
  }

  private boolean isByte(int at, int end) {
    return at + 4 <= end
        && Digits.isPrefix(text, at, at + 4)
        && Digits.areHex(text, at + 2, at + 4);
  }

  private boolean raw(int line) {
    int from = firstCharacter(line);
    int end = from;
    while (end < lines.end(line) && Digits.hex(text[end]) >= 0) {
      end++;
    }
    boolean rest = Digits.areBlank(text, end, lines.end(line));
    if (end == from || !rest || (end - from) % 2 != 0) {
      end();
      return from < lines.end(line) && text[from] == '=';
    }
    way = from > lines.start(line) ? Way.SERVER : Way.CLIENT;
    byte[] bytes = new byte[(end - from) / 2];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (Digits.hex(text[from + 2 * i]) << 4 | Digits.hex(text[from + 2 * i + 1]));
    }
    add(line, from, end, bytes);
    return true;
  }

  private boolean yaml(int line) {
    int at = firstCharacter(line);
    if (starts(line, at, "peer: ") || starts(line, at, "- packet: ")) {
      byte digit = text[lines.end(line) - 1];
      way = text[at] == '-' ? null : digit == '0' ? Way.CLIENT : Way.SERVER;
      return true;
    }
    if (starts(line, at, "data: !!binary |")) {
      state = State.BINARY;
      binaryIndent = at - lines.start(line);
      return true;
    }
    if (starts(line, at, "index: ") || starts(line, at, "timestamp: ")) {
      return true;
    }
    end();
    return false;
  }

  private boolean binary(int line) {
    int at = firstCharacter(line);
    if (at - lines.start(line) <= binaryIndent) {
      state = State.YAML;
      return yaml(line);
    }
    int end = lines.end(line);
    while (end > at && Digits.isBlank(text[end - 1])) {
      end--;
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(lines.string(at, end));
      add(line, at, end, bytes);
    } catch (IllegalArgumentException e) {
      end();
      return false;
    }
    return true;
  }

  private void add(int line, int from, int to, byte[] bytes) {
    if (bytes.length > 0) {
      pieces.add(new Piece(line, from, to, bytes, way));
    }
  }

  private int firstCharacter(int line) {
    int at = lines.start(line);
    while (at < lines.end(line) && Digits.isBlank(text[at])) {
      at++;
    }
    return at;
  }

  private boolean starts(int line, int at, String expected) {
    if (lines.end(line) - at < expected.length()) {
      return false;
    }
    for (int i = 0; i < expected.length(); i++) {
      if (text[at + i] != expected.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
