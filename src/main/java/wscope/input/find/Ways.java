package wscope.input.find;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the words and arrows before some bytes: who sent them, and whether bytes are announced. */
public final class Ways {
  /** Words further away say nothing. */
  private static final int LONGEST_LOOK = 96;

  private static final Set<String> SEND =
      Set.of(
          """
          send sends sent sending tx out outgoing outbound write writes wrote writing written \
          gesendet sende senden envoyé envoi enviado enviando отправлено отправка 发送 送信 upstream\
          """
              .split(" "));
  private static final Set<String> RECEIVE =
      Set.of(
          """
          recv recvd receive receives received receiving rx in incoming inbound read reads reading \
          got gets empfangen empfange reçu réception recibido recibiendo получено приём 收到 接收 \
          受信 downstream\
          """
              .split(" "));
  private static final Set<String> BYTES =
      Set.of(
          """
          frame frames ws wss websocket websockets data bytes byte packet payload hex buffer buf \
          raw message msg dump input output chunk octets hexdump body content text binary ping pong \
          close frame1 trame datos données rahmen daten кадр данные 数据 帧 データ フレーム\
          """
              .split(" "));
  private static final List<String> OUT_ARROWS = List.of("->", "=>", ">>", "→", "⇒", "▶", "↑");
  private static final List<String> IN_ARROWS = List.of("<-", "<=", "<<", "←", "⇐", "◀", "↓");

  private Ways() {}

  /**
   * Who sent the bytes that begin at an index of a line; null if the text before them does not say
   * so.
   */
  public static @Nullable Way of(Lines lines, int line, int before) {
    String prefix = prefix(lines, line, before);
    if (prefix.isEmpty()) {
      return null;
    }
    Reader reader = new Reader();
    reader.read(prefix);
    return reader.way(prefix);
  }

  /** Whether a word before the bytes says that bytes follow, or who sent them. */
  public static boolean announceBytes(Lines lines, int line, int before) {
    Reader reader = new Reader();
    reader.read(prefix(lines, line, before));
    return reader.bytes || reader.verb != null;
  }

  /** Whether the last word before the bytes says that bytes follow, or who sent them. */
  public static boolean announceBytesAtEnd(Lines lines, int line, int before) {
    Reader reader = new Reader();
    reader.read(prefix(lines, line, before));
    String last = reader.last;
    return BYTES.contains(last) || SEND.contains(last) || RECEIVE.contains(last);
  }

  private static String prefix(Lines lines, int line, int before) {
    int from = Math.max(lines.start(line), before - LONGEST_LOOK);
    while (from < before && (lines.text()[from] & 0xc0) == 0x80) {
      from++;
    }
    return new String(lines.text(), from, before - from, StandardCharsets.UTF_8)
        .toLowerCase(Locale.ROOT);
  }

  /** The words of a text before some bytes; the last ones count. */
  private static final class Reader {
    private boolean bytes;
    private @Nullable Way verb;
    private @Nullable Way party;
    private boolean toParty;
    private boolean fromParty;
    private String last = "";

    void read(String prefix) {
      int start = -1;
      for (int i = 0; i <= prefix.length(); i++) {
        boolean letter = i < prefix.length() && Character.isLetter(prefix.charAt(i));
        if (letter && start < 0) {
          start = i;
        } else if (!letter && start >= 0) {
          word(prefix.substring(start, i));
          start = -1;
        }
      }
      String end = prefix.strip();
      if (end.endsWith("c:") || end.endsWith("c>") || end.endsWith("s:") || end.endsWith("s>")) {
        letter(end);
      }
      if (prefix.contains("c2s") || prefix.contains("c->s")) {
        party = Way.CLIENT;
        verb = null;
      } else if (prefix.contains("s2c") || prefix.contains("s->c")) {
        party = Way.SERVER;
        verb = null;
      }
    }

    /** C and S as the names of the endpoints. */
    private void letter(String prefix) {
      int at = prefix.length() - 2;
      if (at == 0 || !Character.isLetterOrDigit(prefix.charAt(at - 1))) {
        party = prefix.charAt(at) == 'c' ? Way.CLIENT : Way.SERVER;
        verb = null;
        toParty = false;
        fromParty = false;
      }
    }

    private void word(String word) {
      bytes |= BYTES.contains(word);
      if (SEND.contains(word)) {
        verb = Way.OUT;
      } else if (RECEIVE.contains(word)) {
        verb = Way.IN;
      } else if (word.equals("client") || word.equals("server")) {
        party = word.equals("client") ? Way.CLIENT : Way.SERVER;
        toParty = last.equals("to");
        fromParty = last.equals("from");
      }
      last = word;
    }

    @Nullable Way way(String prefix) {
      if (party != null) {
        boolean other = toParty || (!fromParty && verb == Way.IN);
        return other ? (party == Way.CLIENT ? Way.SERVER : Way.CLIENT) : party;
      }
      Way arrow = arrow(withoutOpening(prefix));
      return arrow == null ? verb : arrow;
    }

    /** A prefix without the quotes and brackets that open the bytes, and without spaces. */
    private static String withoutOpening(String prefix) {
      int end = prefix.length();
      while (end > 0 && " \"'`[({".indexOf(prefix.charAt(end - 1)) >= 0) {
        end--;
      }
      return prefix.substring(0, end).strip();
    }

    /** An arrow at either end of the prefix. One between two names says nothing. */
    private static @Nullable Way arrow(String prefix) {
      String end = prefix.endsWith(":") ? prefix.substring(0, prefix.length() - 1).strip() : prefix;
      if (endsOrStartsWith(end, OUT_ARROWS) || end.equals(">") || end.startsWith("> ")) {
        return Way.OUT;
      }
      if (endsOrStartsWith(end, IN_ARROWS) || end.equals("<") || end.startsWith("< ")) {
        return Way.IN;
      }
      return null;
    }

    private static boolean endsOrStartsWith(String text, List<String> arrows) {
      for (String arrow : arrows) {
        if (text.endsWith(arrow) || text.startsWith(arrow)) {
          return true;
        }
      }
      return false;
    }
  }
}
