package wscope.input;

import java.util.Random;

/** What stands around bytes: prefixes of loggers, prose, fences. */
final class RandomNoise {
  private static final String[] PROSE = {
    "Hi all, my client gets these bytes and then the connection drops.",
    "Can anybody say what this means?",
    "I use Python 3.11 and websockets 12.0 on Debian 12.",
    "Server log, around 10:42:07 on 2024-03-05:",
    "Ich bekomme das hier vom Server, danach ist Schluss.",
    "Voici ce que je reçois du serveur :",
    "Esto es lo que recibo, no entiendo nada.",
    "Вот что приходит от сервера:",
    "这是我收到的数据：",
    "Here is the dump:",
    "What am I doing wrong? Thanks in advance, Bob",
    "It fails since version 4.17.21, see issue 1234.",
    "The payload should be 12 bytes long.",
    "At 127.0.0.1:8080 the server listens, at least I added a face to the decade.",
    "",
    "-----",
  };

  /** With %d for a date, %t for a time, and # for a digit. */
  private static final String[] PREFIXES = {
    "",
    "frame: ",
    "data = ",
    "%t INFO  ",
    "%d %t DEBUG [main] ",
    "%dT%t.### [http-nio-8080-exec-#] DEBUG o.s.w.s.h.LoggingWebSocketHandlerDecorator - ",
    "[%d %t,###] {app.py:##} DEBUG - received: ",
    "%t.### I/WebSocket(####): ",
    "<- ",
    "-> ",
    "Mar 1# %t host app[####]: rx ",
    "[#.######] tx: ",
    "DEBUG:websockets:< ",
    "2024/03/1# %t read # bytes from 10.0.0.#:5####: ",
    "{\"level\":\"debug\",\"ts\":17########} ",
    "level=debug msg=frame hex=",
    "No. ##: ",
    "|  # | %d %t | ",
    "I (####) websocket_client: Received ",
    "[Thread-#] TRACE Connection - wrote frame ",
    "  at %t: ",
    "[recv] ",
    "\u001b[36mDEBUG\u001b[0m ",
  };

  private final Random random;

  RandomNoise(Random random) {
    this.random = random;
  }

  /** What a logger prints before the bytes. */
  String prefix() {
    return filled(PREFIXES[random.nextInt(PREFIXES.length)]);
  }

  private String filled(String pattern) {
    String dated =
        pattern.replace("%d", "2024-03-" + (10 + random.nextInt(20))).replace("%t", time());
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < dated.length(); i++) {
      char c = dated.charAt(i);
      text.append(c == '#' ? (char) ('0' + random.nextInt(10)) : c);
    }
    return text.toString();
  }

  private String time() {
    return String.format(
        "%02d:%02d:%02d", random.nextInt(24), random.nextInt(60), random.nextInt(60));
  }

  /** Up to three lines of prose. */
  String prose() {
    StringBuilder text = new StringBuilder();
    for (int lines = random.nextInt(4); lines > 0; lines--) {
      text.append(PROSE[random.nextInt(PROSE.length)]).append('\n');
    }
    return text.toString();
  }

  /** A text between Markdown fences, quoted or indented, or as it is. */
  String framed(String text) {
    return switch (random.nextInt(6)) {
      case 0 -> "```\n" + text + "```\n";
      case 1 -> "```text\n" + text + "```\n";
      case 2 -> text.replaceAll("(?m)^(?=.)", "> ");
      case 3 -> text.replaceAll("(?m)^(?=.)", "    ");
      default -> text;
    };
  }
}
