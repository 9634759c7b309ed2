package wscope.connect;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.net.IDN;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads a URL from left to right, so that each error has a place. */
@SuppressWarnings("OrphanedFormatString") // The percent signs are those of URLs.
final class TargetReader {
  private static final String MARK = "://";
  private static final int LONGEST = 8000;
  private static final int HIGHEST_PORT = 65_535;
  private static final int PORT_DIGITS = 5;

  private final String url;
  private final List<String> notes = new ArrayList<>();
  private boolean secure;
  private @Nullable String credentials;
  private String host = "";
  private int port;
  private int at;

  TargetReader(String url) {
    this.url = url;
  }

  Target read() throws InvalidTarget {
    if (url.isEmpty()) {
      throw new InvalidTarget(0, "the URL is empty; write one such as ws://localhost:8080/");
    }
    if (url.length() > LONGEST) {
      throw new InvalidTarget(LONGEST, "the URL has more than " + LONGEST + " characters");
    }
    checkCharacters();
    readScheme();
    int end = end("/?#", at);
    readCredentials(end);
    readHost(end);
    readPort(end);
    at = end;
    String resource = resource();
    return new Target(secure, host, port, resource, credentials, List.copyOf(notes));
  }

  private void checkCharacters() throws InvalidTarget {
    for (int i = 0; i < url.length(); i++) {
      char c = url.charAt(i);
      if (c == ' ') {
        throw new InvalidTarget(i, "a URL has no spaces; write %20");
      }
      if (c < ' ' || c == 0x7f) {
        throw new InvalidTarget(i, "a URL has no control characters; write % and two hex digits");
      }
      if (c == '\\') {
        throw new InvalidTarget(i, "a URL has no backslashes; write / or %5C");
      }
    }
  }

  private void readScheme() throws InvalidTarget {
    int mark = url.indexOf(MARK);
    if (mark < 0 || mark > end("/?#", 0)) {
      checkSchemeWithoutMark();
      return;
    }
    String scheme = url.substring(0, mark).toLowerCase(Locale.ROOT);
    switch (scheme) {
      case "ws", "wss" -> {}
      case "http" -> notes.add("http:// is read as ws://");
      case "https" -> notes.add("https:// is read as wss://");
      default ->
          throw new InvalidTarget(
              0, "the scheme must be ws or wss; write ws://" + url.substring(mark + MARK.length()));
    }
    secure = Target.isSecure(scheme);
    at = mark + MARK.length();
  }

  /**
   * Finds a scheme without its colon or with fewer than two slashes, which would be read as a host.
   */
  private void checkSchemeWithoutMark() throws InvalidTarget {
    int end = end(":/?#", 0);
    String word = url.substring(0, end).toLowerCase(Locale.ROOT);
    boolean colon = url.startsWith(":", end);
    if (!List.of("ws", "wss", "http", "https").contains(word)
        || (!colon && !url.startsWith("//", end))) {
      return;
    }
    int rest = end + (colon ? 1 : 0);
    while (rest < url.length() && url.charAt(rest) == '/') {
      rest++;
    }
    throw new InvalidTarget(
        end,
        (colon ? "two slashes follow a scheme; write " : "a colon follows a scheme; write ")
            + word
            + MARK
            + url.substring(rest));
  }

  private void readCredentials(int end) throws InvalidTarget {
    int mark = url.lastIndexOf('@', end - 1);
    if (mark < at) {
      return;
    }
    String pair = decoded(at, mark);
    credentials = pair.indexOf(':') < 0 ? pair + ":" : pair;
    notes.add("the user and the password in the URL are sent as Authorization: Basic");
    at = mark + 1;
  }

  /** Decodes percent-encoded UTF-8. */
  private String decoded(int start, int end) throws InvalidTarget {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int i = start;
    while (i < end) {
      if (url.charAt(i) != '%') {
        int next = url.offsetByCodePoints(i, 1);
        bytes.writeBytes(url.substring(i, next).getBytes(UTF_8));
        i = next;
        continue;
      }
      int value = i + 3 > end ? -1 : hex(url.charAt(i + 1)) * 16 + hex(url.charAt(i + 2));
      if (value < 0) {
        throw new InvalidTarget(i, "two hex digits follow %; write %25 for % itself");
      }
      bytes.write(value);
      i += 3;
    }
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray())).toString();
    } catch (CharacterCodingException e) {
      throw new InvalidTarget(start, "the user and the password are not UTF-8");
    }
  }

  /** The value of a hex digit; a large negative number for any other character. */
  private static int hex(char c) {
    int value = c < 0x80 ? Character.digit(c, 16) : -1;
    return value < 0 ? -1000 : value;
  }

  private void readHost(int end) throws InvalidTarget {
    int start = at;
    if (at < end && url.charAt(at) == '[') {
      int close = url.indexOf(']', at);
      if (close < 0 || close > end) {
        throw new InvalidTarget(at, "the bracket is not closed; write an IPv6 address as in [::1]");
      }
      host = ipv6(url.substring(at + 1, close), at + 1);
      at = close + 1;
      return;
    }
    int colon = url.indexOf(':', at);
    at = colon < 0 || colon > end ? end : colon;
    int another = url.indexOf(':', at + 1);
    if (another >= 0 && another < end) {
      throw new InvalidTarget(
          start, "write an IPv6 address in brackets: [" + url.substring(start, end) + "]");
    }
    if (at == start) {
      if (start > 0 || at == end) {
        throw new InvalidTarget(start, "a host is missing; write one such as localhost");
      }
      host = "localhost";
      return;
    }
    host = name(url.substring(start, at), start);
  }

  private static String ipv6(String text, int start) throws InvalidTarget {
    int zone = text.indexOf('%');
    String address = zone < 0 ? text : text.substring(0, zone);
    boolean valid = address.indexOf(':') >= 0;
    for (int i = 0; i < address.length(); i++) {
      char c = address.charAt(i);
      valid &= c == ':' || c == '.' || (c < 0x80 && Character.digit(c, 16) >= 0);
    }
    if (!valid) {
      throw new InvalidTarget(start, "brackets enclose an IPv6 address, as in [::1]");
    }
    if (zone < 0) {
      return address;
    }
    // In a URL, %25 precedes the zone (RFC 6874); users also write the percent sign alone.
    String rest = text.substring(zone + 1);
    return address + "%" + (rest.startsWith("25") && rest.length() > 2 ? rest.substring(2) : rest);
  }

  private String name(String text, int start) throws InvalidTarget {
    boolean ascii = text.chars().allMatch(c -> c < 0x80);
    if (!ascii) {
      try {
        String encoded = IDN.toASCII(text);
        notes.add(text + " is read as " + encoded);
        return name(encoded, start);
      } catch (IllegalArgumentException e) {
        throw new InvalidTarget(start, "the host is not a valid name");
      }
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!Character.isLetterOrDigit(c) && c != '-' && c != '.' && c != '_') {
        throw new InvalidTarget(
            start + i, "a host has only letters, digits, hyphens, dots and underscores");
      }
    }
    checkNumbers(text, start);
    return text;
  }

  /** A host whose last part is a number is an IPv4 address, and resolvers read 1 as 0.0.0.1. */
  private static void checkNumbers(String text, int start) throws InvalidTarget {
    String[] parts = text.split("\\.", -1);
    if (!isNumber(parts[parts.length - 1])) {
      return;
    }
    if (parts.length == 1) {
      throw new InvalidTarget(
          start, "a number is not a host; write :" + text + " for a port of localhost");
    }
    boolean valid = parts.length == 4;
    for (String part : parts) {
      valid &= isNumber(part) && part.length() <= 3 && Integer.parseInt(part) <= 255;
    }
    if (!valid) {
      throw new InvalidTarget(
          start, "an IPv4 address has four numbers from 0 to 255, as in 127.0.0.1");
    }
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private void readPort(int end) throws InvalidTarget {
    port = Target.defaultPort(secure);
    if (at == end) {
      return;
    }
    if (url.charAt(at) != ':') {
      throw new InvalidTarget(at, "a colon and a port, or a slash, must follow the bracket");
    }
    int start = at + 1;
    String digits = url.substring(start, end);
    if (digits.isEmpty() && host.equals("localhost") && start == 1) {
      throw new InvalidTarget(start, "a port is missing; write one such as :8080");
    }
    if (digits.isEmpty()) {
      return;
    }
    if (!isNumber(digits)) {
      throw new InvalidTarget(start, "the port is not a number; write 1 to 65535");
    }
    int value = digits.length() > PORT_DIGITS ? 0 : Integer.parseInt(digits);
    if (value < 1 || value > HIGHEST_PORT) {
      throw new InvalidTarget(start, "the port is not between 1 and 65535");
    }
    port = value;
  }

  private String resource() throws InvalidTarget {
    int fragment = url.indexOf('#', at);
    if (fragment >= 0) {
      throw new InvalidTarget(
          fragment, "a WebSocket URL has no fragment (RFC 6455 §3); leave it out, or write %23");
    }
    String rest = url.substring(at);
    String path = rest.startsWith("/") ? rest : "/" + rest;
    StringBuilder encoded = new StringBuilder(path.length());
    for (byte b : path.getBytes(UTF_8)) {
      if (b > 0) {
        encoded.append((char) b);
      } else {
        encoded.append('%').append(Character.toUpperCase(Character.forDigit((b >> 4) & 0xf, 16)));
        encoded.append(Character.toUpperCase(Character.forDigit(b & 0xf, 16)));
      }
    }
    if (encoded.length() > path.length()) {
      notes.add("characters beyond ASCII are sent as percent-encoded UTF-8");
    }
    return encoded.toString();
  }

  /** The index of the first of these characters, or the end of the URL. */
  private int end(String characters, int from) {
    for (int i = from; i < url.length(); i++) {
      if (characters.indexOf(url.charAt(i)) >= 0) {
        return i;
      }
    }
    return url.length();
  }
}
