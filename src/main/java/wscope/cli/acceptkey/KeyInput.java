package wscope.cli.acceptkey;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import wscope.cli.process.ExitCode;
import wscope.cli.process.Failure;
import wscope.protocol.handshake.AcceptCause;
import wscope.protocol.handshake.AcceptKey;
import wscope.protocol.handshake.Hixie76Challenge;

/**
 * Reads the input of {@code accept-key} one line at a time: keys, header lines and whole heads, in
 * any order.
 */
final class KeyInput {
  /** The maximum length of a line in bytes, without its line end: that of a head. */
  private static final int LONGEST_LINE = 32 * 1024;

  private static final String MARKS = " \t<>*\"'";

  private final InputStream in;
  private boolean ended;
  private @Nullable String key1;
  private @Nullable String key2;
  private boolean inResponse;
  private boolean challenged;

  private KeyInput(InputStream in) {
    this.in = in;
  }

  /** What a line holds. */
  sealed interface Item {
    /** A key, alone or in its field. */
    record Key(AcceptKey key) implements Item {}

    /** An accept value, alone or in its field. */
    record Accept(String value) implements Item {}

    /** The two keys of hixie-76 and the bytes after the head, of which some may be missing. */
    record Challenge(Hixie76Challenge challenge) implements Item {}

    /** The bytes after the head of a hixie-76 response. */
    record Answer(ByteBuffer bytes) implements Item {}
  }

  /**
   * Reads arguments, one line each. A header line may be one argument or, without quotes in the
   * shell, two.
   */
  static KeyInput of(List<String> arguments) {
    return ofLines(String.join("\n", arguments));
  }

  /** Reads arguments, of which the second may be what a server sent for the key before it. */
  static KeyInput withValue(List<String> arguments) {
    boolean sent = arguments.size() == 2 && isSent(arguments.get(0), arguments.get(1));
    return ofLines(String.join(sent ? "\nSec-WebSocket-Accept: " : "\n", arguments));
  }

  private static KeyInput ofLines(String lines) {
    return new KeyInput(new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)));
  }

  /** Whether a server sent the second text for a key: a mistake gives it, or no key looks so. */
  private static boolean isSent(String first, String second) {
    AcceptKey key = AcceptKey.of(first);
    AcceptKey other = AcceptKey.of(second);
    return key.isValid()
        && second.indexOf(':') < 0
        && !other.key().isEmpty()
        && (other.key().length() != key.key().length()
            || AcceptCause.of(key, other.key(), List.of()) != null);
  }

  /** Reads an input, which is not read again after its end. */
  static KeyInput of(InputStream in) {
    return new KeyInput(new BufferedInputStream(in));
  }

  /** The next item; null if there is none. */
  @Nullable Item next() throws IOException, Failure {
    while (!ended) {
      Item item = item(line());
      if (item != null) {
        return item;
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

  private @Nullable Item item(String line) throws IOException {
    int start = 0;
    while (start < line.length() && MARKS.indexOf(line.charAt(start)) >= 0) {
      start++;
    }
    String text = line.substring(start);
    if (AcceptKey.of(text).key().isEmpty()) {
      return emptyLine();
    }
    if (isStartLine(text)) {
      inResponse = text.startsWith("HTTP/");
      return null;
    }
    int colon = text.indexOf(':');
    return colon > 0 && isName(text, colon)
        ? field(name(text, colon), value(text, colon, start > 0 && isQuote(line, start - 1)))
        : bare(line);
  }

  private @Nullable Item field(String name, String value) {
    switch (name) {
      case "sec-websocket-key" -> {
        return value.isEmpty() ? null : new Item.Key(AcceptKey.of(value));
      }
      case "sec-websocket-accept" -> {
        return value.isEmpty() ? null : new Item.Accept(value);
      }
      case "sec-websocket-key1" -> key1 = value;
      case "sec-websocket-key2" -> key2 = value;
      default -> {}
    }
    return null;
  }

  private @Nullable Item bare(String line) {
    AcceptKey text = AcceptKey.of(line);
    if (key1 != null && key2 != null && line.length() == Hixie76Challenge.BODY_BYTES) {
      return challenge(key1, key2, line.getBytes(StandardCharsets.ISO_8859_1));
    }
    return text.isAcceptValue() ? new Item.Accept(text.key()) : new Item.Key(text);
  }

  /** An empty line ends a head; in hixie-76, bytes follow. */
  private @Nullable Item emptyLine() throws IOException {
    if (key1 != null && key2 != null && !ended) {
      return challenge(key1, key2, in.readNBytes(Hixie76Challenge.BODY_BYTES));
    }
    if (challenged && inResponse && !ended) {
      challenged = false;
      inResponse = false;
      return new Item.Answer(ByteBuffer.wrap(in.readNBytes(Hixie76Challenge.ANSWER_BYTES)));
    }
    inResponse = false;
    return null;
  }

  private Item challenge(String first, String second, byte[] body) {
    key1 = null;
    key2 = null;
    challenged = true;
    return new Item.Challenge(Hixie76Challenge.of(first, second, ByteBuffer.wrap(body)));
  }

  private static boolean isStartLine(String text) {
    return text.startsWith("HTTP/") || text.contains(" HTTP/");
  }

  /** Whether letters, digits and hyphens, perhaps a quotation mark, precede the colon. */
  private static boolean isName(String text, int colon) {
    for (int at = 0; at < colon; at++) {
      char c = text.charAt(at);
      boolean token = Character.isLetterOrDigit(c) || c == '-' || c == '_';
      if (!token && !(at == colon - 1 && isQuote(text, at))) {
        return false;
      }
    }
    return true;
  }

  private static String name(String text, int colon) {
    int end = isQuote(text, colon - 1) ? colon - 1 : colon;
    return text.substring(0, end).toLowerCase(Locale.ROOT);
  }

  /** The value after the colon. In source code, it is quoted like the name. */
  private static String value(String text, int colon, boolean quoted) {
    String value = AcceptKey.of(text.substring(colon + 1)).key();
    int end = value.endsWith(",") ? value.length() - 1 : value.length();
    boolean inQuotes = quoted && end > 1 && isQuote(value, 0) && isQuote(value, end - 1);
    return inQuotes ? value.substring(1, end - 1) : value;
  }

  private static boolean isQuote(String text, int at) {
    return text.charAt(at) == '"' || text.charAt(at) == '\'';
  }
}
