package wscope.input.head;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import wscope.input.find.Candidate.Kind;
import wscope.input.find.Lines;
import wscope.input.find.Way;

/**
 * Who sent a head, as what stands before it says: {@code > } and {@code < } of curl -v, {@code C>
 * }, {@code RX: }, {@code send: b'}, or a line {@code SENDING:}.
 */
final class Ways {
  private static final Set<String> OUT =
      Set.of("send", "sends", "sending", "sent", "sendto", "sendall", "tx", "out", "outgoing");
  private static final Set<String> IN =
      Set.of("recv", "recvfrom", "receive", "received", "receiving", "rx", "incoming");

  private static final Set<String> CURL =
      Set.of("trying", "connected", "host", "request", "closing", "connection", "mark", "tls");

  /** A longer line is not a label. */
  private static final int LONGEST_LABEL = 60;

  /** More words of a prefix are not looked at. */
  private static final int MOST_WORDS = 3;

  private final Lines lines;
  private @Nullable Boolean arrows;

  Ways(Lines lines) {
    this.lines = lines;
  }

  /** Who sent the head that a start line begins; null if the text does not say so. */
  @Nullable Way of(StartLine start) {
    Way way = ofPrefix(lines.start(start.line()), start.from());
    if (way == null) {
      way = ofLabel(start.line());
    }
    boolean client = start.kind() == Kind.REQUEST;
    return way == (client ? Way.SERVER : Way.CLIENT) ? null : way;
  }

  private @Nullable Way ofPrefix(int from, int to) {
    byte[] text = lines.text();
    int end = Chars.trim(text, from, to);
    if (end == from) {
      return null;
    }
    byte last = text[end - 1];
    return last == '<' || last == '>' || last == '-' || last == '='
        ? ofArrow(from, end)
        : ofWords(from, end);
  }

  private @Nullable Way ofArrow(int from, int end) {
    byte[] text = lines.text();
    int at = end;
    boolean left = false;
    boolean right = false;
    while (at > from && "<>-=".indexOf(text[at - 1]) >= 0) {
      at--;
      left |= text[at] == '<';
      right |= text[at] == '>';
    }
    // Ruby shows what it sends after <- and what it receives after ->, others the opposite.
    if (left == right || (end - at == 2 && (text[at] == '-' || text[at + 1] == '-'))) {
      return null;
    }
    int before = Chars.trim(text, from, at);
    if (before == at && at - from <= 2 && at > from) {
      int letter = Chars.lower(text[at - 1]);
      if (letter == 'c' || letter == 's') {
        return letter == 'c' ? Way.CLIENT : Way.SERVER;
      }
    }
    if (left) {
      return Way.IN;
    }
    // Mails are quoted with >.
    return !isQuoting(from, end) || hasArrows() ? Way.OUT : null;
  }

  private boolean isQuoting(int from, int to) {
    byte[] text = lines.text();
    for (int i = from; i < to; i++) {
      if (text[i] != '>' && !Chars.isSpace(text[i])) {
        return false;
      }
    }
    return true;
  }

  /** Whether lines begin with {@code <}, or as those of curl -v do. */
  private boolean hasArrows() {
    if (arrows == null) {
      boolean found = false;
      for (int i = 0; i < lines.count() && !found; i++) {
        found = isArrow(lines.start(i), lines.end(i));
      }
      arrows = found;
    }
    return arrows;
  }

  private boolean isArrow(int start, int end) {
    byte[] text = lines.text();
    int at = start;
    while (at < end && (text[at] == '>' || Chars.isSpace(text[at]))) {
      at++;
    }
    if (at < end && text[at] == '<') {
      return at + 1 == end || " \t\r<-=".indexOf(text[at + 1]) >= 0;
    }
    if (at + 1 >= end || text[at] != '*' || text[at + 1] != ' ') {
      return false;
    }
    int word = Chars.skipSpaces(text, at + 1, end);
    int to = word;
    while (to < end && Chars.isLetter(text[to])) {
      to++;
    }
    return to - word <= 10 && CURL.contains(word(word, to));
  }

  private @Nullable Way ofWords(int from, int end) {
    byte[] text = lines.text();
    int at = end;
    for (int words = 0; words < MOST_WORDS; words++) {
      while (at > from && !Chars.isLetter(text[at - 1])) {
        at--;
      }
      int to = at;
      while (at > from && Chars.isLetter(text[at - 1])) {
        at--;
      }
      Way way = to < end && text[to] == '(' ? ofCall(at, to) : ofWord(at, to);
      if (way != null) {
        return way;
      }
    }
    return null;
  }

  /** A line before the head, such as {@code SENDING:} or {@code [in]}. */
  private @Nullable Way ofLabel(int line) {
    byte[] text = lines.text();
    int label = line - 1;
    while (label >= 0 && label > line - 3 && lines.isEmpty(label)) {
      label--;
    }
    if (label < 0 || lines.end(label) - lines.start(label) > LONGEST_LABEL) {
      return null;
    }
    int end = Chars.trim(text, lines.start(label), lines.end(label));
    int from = lines.start(label);
    while (from < end && !Chars.isLetter(text[from])) {
      from++;
    }
    int to = from;
    while (to < end && Chars.isLetter(text[to])) {
      to++;
    }
    boolean bracketed = from > lines.start(label) && text[from - 1] == '[';
    if (bracketed && to - from == 2 && Chars.isAt(text, from, to, "in")) {
      return Way.IN;
    }
    boolean marked = from > lines.start(label) && !Chars.isSpace(text[lines.start(label)]);
    boolean isLabel = to == end || marked || text[end - 1] == ':' || text[end - 1] == ')';
    return isLabel ? ofWord(from, to) : null;
  }

  /** A call, such as {@code write(3, "} of strace. */
  private @Nullable Way ofCall(int from, int to) {
    String word = to - from <= 10 ? word(from, to) : "";
    return switch (word) {
      case "write" -> Way.OUT;
      case "read" -> Way.IN;
      default -> ofWord(from, to);
    };
  }

  private @Nullable Way ofWord(int from, int to) {
    if (to - from < 2 || to - from > 10) {
      return null;
    }
    String word = word(from, to);
    return OUT.contains(word) ? Way.OUT : IN.contains(word) ? Way.IN : null;
  }

  private String word(int from, int to) {
    return lines.string(from, to).toLowerCase(Locale.ROOT);
  }
}
