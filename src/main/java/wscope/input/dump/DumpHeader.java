package wscope.input.dump;

import java.util.Locale;
import java.util.Set;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;
import wscope.input.find.Lines;
import wscope.input.find.Way;

/**
 * What the line before a dump says: who sent the bytes, how many they are, whether they are TLS
 * records. {@code => Send data, 11 bytes (0xb)}, {@code < 2024/05/01 12:00:00 length=11 from=0},
 * {@code READ: 11B}, {@code write to 0x55d0 [0x55d1] (11 bytes => 11 (0xb))}.
 *
 * @param ends the sender and the receiver, if the line has their addresses with an arrow; empty
 *     otherwise
 */
record DumpHeader(String text, @Nullable Way way, boolean tls, String ends) {
  static final DumpHeader NONE = new DumpHeader("", null, false, "");

  private static final int LONGEST = 240;
  private static final int MOST_LINES = 4;

  private static final Set<String> OUT =
      Set.of(
          "send",
          "sends",
          "sent",
          "sending",
          "tx",
          "out",
          "outgoing",
          "outbound",
          "write",
          "writes",
          "writing",
          "written",
          "wrote",
          "sendto",
          "sendmsg",
          "socket_bytes_sent",
          "ssl_socket_bytes_sent");
  private static final Set<String> IN =
      Set.of(
          "recv",
          "recvd",
          "receive",
          "receives",
          "received",
          "receiving",
          "rx",
          "in",
          "incoming",
          "inbound",
          "read",
          "reads",
          "reading",
          "recvfrom",
          "recvmsg",
          "got",
          "socket_bytes_received",
          "ssl_socket_bytes_received");
  private static final Set<String> OUT_ARROWS = Set.of("=>", ">>", ">>>", "-->", "->", "→");
  private static final Set<String> IN_ARROWS = Set.of("<=", "<<", "<<<", "<--", "<-", "←");
  private static final Set<String> COUNTS =
      Set.of("length", "len", "size", "count", "byte_count", "bytes", "n", "nbytes");

  /** Reads the lines before a dump, the nearest first. */
  static DumpHeader before(Lines lines, int after, int line) {
    StringBuilder text = new StringBuilder();
    Way way = null;
    boolean tls = false;
    String ends = "";
    int lowest = Math.max(after, line - MOST_LINES);
    for (int i = line - 1; i >= lowest && way == null && ends.isEmpty(); i--) {
      if (lines.isEmpty(i) && text.length() > 0) {
        break;
      }
      int to = Math.min(lines.end(i), lines.start(i) + LONGEST);
      String each = lines.string(lines.start(i), to).toLowerCase(Locale.ROOT);
      text.append(each).append('\n');
      way = way(each);
      ends = ends(each);
      tls |= way != null && each.contains(" ssl data");
    }
    return text.length() == 0 ? NONE : new DumpHeader(text.toString(), way, tls, ends);
  }

  /** The way that a text in lower case names; null if it names none or both. */
  static @Nullable Way way(String text) {
    boolean out = false;
    boolean in = false;
    String[] words = words(text);
    for (int i = 0; i < words.length; i++) {
      String word = bare(words[i]);
      out |= OUT.contains(word);
      in |= IN.contains(word) && !(word.equals("in") && i + 1 < words.length);
    }
    if (OUT_ARROWS.contains(words[0]) || IN_ARROWS.contains(words[0])) {
      return OUT_ARROWS.contains(words[0]) ? Way.OUT : Way.IN;
    }
    Way arrow = words[0].equals(">") ? Way.OUT : words[0].equals("<") ? Way.IN : null;
    if (arrow != null && (out || in || text.contains("length=") || words.length == 1)) {
      return arrow;
    }
    Way party = party(text);
    return party != null ? party : out == in ? null : out ? Way.OUT : Way.IN;
  }

  private static @Nullable Way party(String text) {
    if (names(text, "client", "server")) {
      return Way.CLIENT;
    }
    return names(text, "server", "client") ? Way.SERVER : null;
  }

  private static boolean names(String text, String sender, String receiver) {
    return text.contains("from " + sender)
        || text.contains("from the " + sender)
        || text.contains("to " + receiver)
        || text.contains("to the " + receiver)
        || text.contains(sender + ":")
        || text.contains(sender + " -> " + receiver)
        || text.contains(sender + " => " + receiver)
        || text.contains(sender + " → " + receiver);
  }

  private static String[] words(String text) {
    StringTokenizer tokens = new StringTokenizer(text);
    String[] words = new String[Math.max(1, tokens.countTokens())];
    words[0] = "";
    for (int i = 0; tokens.hasMoreTokens(); i++) {
      words[i] = tokens.nextToken();
    }
    return words;
  }

  /** A word without the punctuation around it, up to an opening parenthesis. */
  private static String bare(String word) {
    int from = 0;
    int to = word.length();
    int parenthesis = word.indexOf('(');
    if (parenthesis > 0) {
      to = parenthesis;
    }
    while (from < to && "[(\"'|*".indexOf(word.charAt(from)) >= 0) {
      from++;
    }
    while (to > from && ":,;])\"'|*.".indexOf(word.charAt(to - 1)) >= 0) {
      to--;
    }
    return word.substring(from, to);
  }

  /** Addresses with an arrow between them: {@code 127.0.0.1:50000 -> 127.0.0.1:8080}. */
  private static String ends(String text) {
    String[] words = words(text);
    String only = bare(words[0]);
    int dash = only.indexOf('-');
    if (dash > 0 && isAddress(only.substring(0, dash)) && isAddress(only.substring(dash + 1))) {
      return only.substring(0, dash) + " " + only.substring(dash + 1);
    }
    for (int i = 1; i + 1 < words.length; i++) {
      boolean arrow = words[i].equals("->") || words[i].equals(">") || words[i].equals("→");
      if (arrow && isAddress(words[i - 1]) && isAddress(words[i + 1])) {
        return bare(words[i - 1]) + " " + bare(words[i + 1]);
      }
    }
    return "";
  }

  private static boolean isAddress(String word) {
    int digits = 0;
    int separators = 0;
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      digits += c >= '0' && c <= '9' ? 1 : 0;
      separators += c == '.' || c == ':' ? 1 : 0;
    }
    return digits > 0 && separators > 1;
  }

  /** The same with the two ends exchanged. */
  static String reverse(String ends) {
    int space = ends.indexOf(' ');
    return ends.substring(space + 1) + " " + ends.substring(0, space);
  }

  /** Whether a word says that bytes follow. */
  boolean isLabel() {
    String first = text.substring(0, Math.max(0, text.indexOf('\n'))).strip();
    return way != null || first.endsWith(":") || first.endsWith("=");
  }

  /** Whether it says that there are so many bytes. */
  boolean counts(int bytes) {
    String number = Integer.toString(bytes);
    int at = text.indexOf(number);
    while (at >= 0) {
      int end = at + number.length();
      boolean whole = !isDigit(at - 1) && !isDigit(end);
      if (whole && (isUnit(end) || COUNTS.contains(wordBefore(at)))) {
        return true;
      }
      at = text.indexOf(number, at + 1);
    }
    return false;
  }

  private boolean isDigit(int index) {
    return index >= 0 && index < text.length() && Character.isDigit(text.charAt(index));
  }

  private boolean isUnit(int at) {
    String rest = text.substring(at, Math.min(text.length(), at + 6));
    boolean unit = rest.startsWith("b") || rest.startsWith(" byte") || rest.startsWith(" octet");
    return unit && (!rest.startsWith("b") || rest.length() == 1 || !isLetter(rest.charAt(1)));
  }

  private static boolean isLetter(char c) {
    return c >= 'a' && c <= 'z';
  }

  private String wordBefore(int at) {
    int end = at;
    while (end > 0 && " =:(".indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    int from = end;
    while (from > 0 && (isLetter(text.charAt(from - 1)) || text.charAt(from - 1) == '_')) {
      from--;
    }
    return text.substring(from, end);
  }
}
