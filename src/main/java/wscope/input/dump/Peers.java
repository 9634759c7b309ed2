package wscope.input.dump;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import wscope.input.find.Way;

/**
 * The two ends of each connection whose addresses stand before its dumps. If both have sent
 * something, the end that sent a request is the client. Without one, the end with the ephemeral
 * port is {@link Way#OUT}, or the one that sent first.
 */
final class Peers {
  private static final int FIRST_EPHEMERAL_PORT = 32768;

  private final Map<String, Way> ways = new HashMap<>();

  Peers(List<Dump> dumps) {
    Map<String, Dump> firsts = new HashMap<>();
    for (Dump dump : dumps) {
      firsts.putIfAbsent(dump.header().ends(), dump);
    }
    for (Dump dump : dumps) {
      String ends = dump.header().ends();
      Dump other = firsts.get(DumpHeader.reverse(ends));
      if (other != null && !ways.containsKey(ends)) {
        decide(ends, firsts.getOrDefault(ends, dump), other);
      }
    }
  }

  private void decide(String ends, Dump dump, Dump other) {
    String reverse = DumpHeader.reverse(ends);
    if (begins(dump, "GET ") || begins(other, "HTTP/")) {
      ways.put(ends, Way.CLIENT);
      ways.put(reverse, Way.SERVER);
    } else if (begins(other, "GET ") || begins(dump, "HTTP/")) {
      ways.put(ends, Way.SERVER);
      ways.put(reverse, Way.CLIENT);
    } else {
      boolean back = isEphemeral(reverse) && !isEphemeral(ends);
      ways.put(ends, back ? Way.IN : Way.OUT);
      ways.put(reverse, back ? Way.OUT : Way.IN);
    }
  }

  private static boolean begins(Dump dump, String start) {
    byte[] bytes = dump.pieces().get(0).bytes();
    for (int i = 0; i < start.length(); i++) {
      if (i >= bytes.length || bytes[i] != start.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Whether the sender has a port that systems give to clients. */
  private static boolean isEphemeral(String ends) {
    int space = ends.indexOf(' ');
    int port = 0;
    int unit = 1;
    for (int i = space - 1; i >= 0 && unit <= 10_000 && isDigit(ends.charAt(i)); i--) {
      port += unit * (ends.charAt(i) - '0');
      unit *= 10;
    }
    return port >= FIRST_EPHEMERAL_PORT;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** Who sent a dump with these ends; null if only one end sent anything. */
  @Nullable Way way(String ends) {
    return ways.get(ends);
  }
}
