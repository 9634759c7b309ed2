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

  /** Each with T for a time, D for a date, N for a number. */
  private static final String[] PREFIXES = {
    "",
    "frame: ",
    "data = ",
    "T INFO  ",
    "D T DEBUG [main] ",
    "DTT.NNN [http-nio-8080-exec-N] DEBUG o.s.w.s.h.LoggingWebSocketHandlerDecorator - ",
    "[D T,NNN] {app.py:NN} DEBUG - received: ",
    "T.NNN I/WebSocket(NNNN): ",
    "<- ",
    "-> ",
    "Mar NN T host app[NNNN]: rx ",
    "[N.NNNNNN] tx: ",
    "DEBUG:websockets:< ",
    "2024/03/NN T read N bytes from 10.0.0.N:5NNNN: ",
    "{\"level\":\"debug\",\"ts\":17NNNNNNNN} ",
    "level=debug msg=frame hex=",
    "#NN ",
    "|  N | D T | ",
    "I (NNNN) websocket_client: Received ",
    "[Thread-N] TRACE Connection - wrote frame ",
    "  at T: ",
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
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      boolean alone = !isLetter(pattern, i - 1) && !isLetter(pattern, i + 1);
      if (c == 'N' && isPlaceholder(pattern, i)) {
        text.append(random.nextInt(10));
      } else if (c == 'T' && (alone || pattern.startsWith("DTT"))) {
        text.append(pattern.startsWith("DTT") && i == 1 ? "T" : time());
      } else if (c == 'D' && (alone || pattern.startsWith("DTT"))) {
        text.append("2024-03-").append(10 + random.nextInt(20));
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }

  private static boolean isPlaceholder(String text, int at) {
    return !(isLetter(text, at - 1) && text.charAt(at - 1) != 'N')
        && !(isLetter(text, at + 1) && text.charAt(at + 1) != 'N');
  }

  private static boolean isLetter(String text, int at) {
    return at >= 0 && at < text.length() && Character.isLetter(text.charAt(at));
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
