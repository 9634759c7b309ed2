package wscope.input.list;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import wscope.input.find.Candidate;
import wscope.input.find.Evidence;
import wscope.input.find.FrameCheck;
import wscope.input.find.Lines;
import wscope.input.find.Marks;

/**
 * Finds lists in brackets: {@code [129, 5]}, {@code [|129uy; 5uy|]}, <code>new byte[] {-127, 5}
 * </code>, {@code Array(-127, 5)}, {@code <<129,5>>}, {@code <Buffer 81 05>}, {@code <8105 4865>}
 * and {@code [size=7 hex=8105…]}.
 */
final class BracketLists {
  private static final int LONGEST_TYPE = 40;

  /** What stands before a list whose items are bytes. */
  private static final List<String> TYPES =
      List.of(
          "Buffer",
          "int8",
          "Int8",
          "u8",
          "byte[",
          "]byte",
          "bytes(",
          "Bytes(",
          "bytearray(",
          "ByteArray",
          "ByteString",
          "byteArrayOf",
          "ByteArrayOf",
          "ubyteArrayOf",
          "array('B'",
          "array('b'",
          "of Byte",
          "As Byte",
          "Byte[",
          "char[",
          "char ",
          "BYTE ");

  private static final boolean[] BRACKETS = new boolean[256];

  static {
    for (char c : "[{(<".toCharArray()) {
      BRACKETS[c] = true;
    }
  }

  private final Lines lines;
  private final byte[] text;
  private final Consumer<Candidate> found;
  private final Items items;
  private final ItemReader reader;
  private final Continued continued;
  private final ListCandidates candidates;
  private final HexWords words;

  /** Whether the brackets of the line have had no lists, whatever follows the line. */
  private boolean none;

  BracketLists(Lines lines, Consumer<Candidate> found) {
    this.lines = lines;
    this.text = lines.text();
    this.found = found;
    items = new Items(text);
    reader = new ItemReader(lines, items);
    continued = new Continued(lines, found);
    candidates = new ListCandidates(lines);
    words = new HexWords(lines, found, continued);
  }

  void run() {
    int line = 0;
    int at = 0;
    while (line < lines.count()) {
      int from = lines.start(line);
      if (at <= from) {
        int next = continued.isOpen() ? line : lines.next(line, Marks.Mark.BRACKET);
        if (next > line) {
          line = next;
          continue;
        }
        at = from;
        none = true;
      }
      int to = lines.end(line);
      while (at < to && !isBracket(text[at])) {
        at++;
      }
      if (at >= to) {
        if (none) {
          lines.setLacks(line, Marks.Mark.BRACKET);
        }
        line++;
        continue;
      }
      at = match(line, at);
      none &= at <= lines.end(line);
      while (line < lines.count() && at > lines.end(line)) {
        line++;
      }
      continued.passed(line);
    }
    continued.end();
  }

  private static boolean isBracket(byte c) {
    return BRACKETS[c & 0xff];
  }

  /** Reads the list that begins at a bracket; returns where to go on. */
  private int match(int line, int at) {
    int to = lines.end(line);
    if (text[at] == '<') {
      return angle(line, at);
    }
    int words = this.words.match(line, at);
    if (words > 0) {
      none = false;
      return words;
    }
    int from = Characters.isAt(text, at, to, "[|") ? at + 2 : at + 1;
    if (!mayBegin(from, to)) {
      return from;
    }
    if (from == at + 2) {
      return list(line, at, from, "|]");
    }
    String closer = text[at] == '[' ? "]" : text[at] == '{' ? "}" : ")";
    return list(line, at, at + 1, closer);
  }

  private int angle(int line, int at) {
    int to = lines.end(line);
    if (Characters.isAt(text, at, to, "<<")) {
      return mayBegin(at + 2, to) ? list(line, at, at + 2, ">>") : at + 2;
    }
    int from = Characters.isAt(text, at, to, "<Buffer ") ? at + 8 : at + 1;
    from = Characters.isAt(text, at, to, "<SlowBuffer ") ? at + 12 : from;
    if (from == to || Characters.hex(text[from]) < 0) {
      return at + 1;
    }
    none = false;
    return words.angle(line, at, from);
  }

  private int list(int line, int at, int from, String closer) {
    ItemReader.End end = reader.read(line, from, closer);
    int next = Math.max(reader.at(), from);
    none &= reader.line() == line && end != ItemReader.End.OPEN;
    if (end == ItemReader.End.FAILED || items.count() < 2) {
      return next;
    }
    if (items.hasHighByte() && (closer.equals(">>") || isTyped(line, at))) {
      items.mark();
    }
    Set<Evidence> given = EnumSet.of(Evidence.LIST);
    if (end == ItemReader.End.CUT) {
      none = false;
      leaveOut(candidates.of(items, false, given));
      return next;
    }
    boolean cut = end == ItemReader.End.CUT_OPEN;
    for (Candidate candidate : candidates.of(items, cut, given)) {
      none = false;
      found.accept(candidate);
    }
    if (!cut && items.firstLine() == line) {
      continueOthers(items, from);
    }
    return next;
  }

  private void leaveOut(List<Candidate> cut) {
    for (Candidate candidate : cut) {
      LeftOut.offer(candidate, reader.leftOut(), found);
    }
    if (cut.isEmpty()) {
      found.accept(LeftOut.claim(items.pieces(new byte[items.count()])));
    }
  }

  /** Takes the list for a frame that earlier lists of the same form began, in any base. */
  private void continueOthers(Items list, int from) {
    for (int base : list.bases()) {
      byte[] bytes = list.inBase(base);
      boolean use =
          continued.isOpen() || (bytes != null && FrameCheck.canBegin(bytes, 0, bytes.length));
      if (bytes != null && use) {
        none = false;
        EnumSet<Evidence> evidence = EnumSet.of(Evidence.LIST);
        if (list.isMarked()) {
          evidence.add(Evidence.MARKED);
        }
        String option = base == 16 ? "hex" : "decimal";
        continued.take(
            new Candidate(
                Candidate.Kind.BYTES, option + " list", option, list.pieces(bytes), evidence),
            from);
        return;
      }
    }
  }

  /** Whether an item, a comment or the end of the line follows a bracket. */
  private boolean mayBegin(int from, int to) {
    int at = Characters.skipWhite(text, from, to);
    if (at == to) {
      return true;
    }
    byte c = text[at];
    return switch (c) {
      case '-', '$', '&', '#', '\'', '"', '(', '/', '[' -> true;
      case 'b', 'B', 'i', 'U' -> true;
      default -> Characters.hex(c) >= 0;
    };
  }

  private boolean isTyped(int line, int at) {
    int from = Math.max(lines.start(line), at - LONGEST_TYPE);
    String before = lines.string(from, at);
    for (String type : TYPES) {
      if (before.contains(type)) {
        return true;
      }
    }
    return false;
  }
}
