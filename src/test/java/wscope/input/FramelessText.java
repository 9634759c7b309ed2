package wscope.input;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;

/** Random texts that look like what people paste and have no frames: logs, prose, source code. */
final class FramelessText {
  private static final String[] WORDS =
      """
      the server closed connection after a while and we added face cafe bead dead beef decade feed \
      fade deed babe ace bed cab dab add bad fee accede facade effaced defaced client sends message \
      der Dienst hat die Verbindung nach Ablauf beendet Fehler bei Abfrage größer und Ende \
      le serveur a fermé la connexion après un délai dépassé été façade cède décade \
      el servidor cerró la conexión después de un tiempo añade cada fecha \
      сервер закрыл соединение после паузы ошибка 服务器 关闭 连接 错误 サーバー 接続 切断\
      """
          .split(" ");

  private static final String[] LEVELS = {"INFO", "DEBUG", "WARN", "ERROR", "TRACE", "E", "D"};

  private static final int[] DIGESTS = {16, 20, 28, 32, 48, 64};

  private final Random random;

  FramelessText(Random random) {
    this.random = random;
  }

  /** A text of 1 to 200 lines of one or several kinds. */
  String next() {
    int lines = 1 + random.nextInt(random.nextInt(6) == 0 ? 200 : 12);
    int kind = random.nextInt(10);
    boolean mixed = random.nextBoolean();
    StringBuilder text = new StringBuilder();
    for (int line = 0; line < lines; line++) {
      text.append(line(mixed ? random.nextInt(10) : kind)).append('\n');
    }
    return text.toString();
  }

  private String line(int kind) {
    return switch (kind) {
      case 0 ->
          date() + " " + oneOf(LEVELS) + " [" + oneOf("main", "pool-1-thread-3") + "] " + fact();
      case 1 -> time() + "." + random.nextInt(1000) + " " + fact() + " " + fact();
      case 2 -> prose();
      case 3 -> source();
      case 4 -> json();
      case 5 -> table();
      case 6 -> base64();
      case 7 -> stack();
      case 8 -> "  " + fact();
      default -> words(1 + random.nextInt(4)) + ": " + fact();
    };
  }

  private String fact() {
    return switch (random.nextInt(16)) {
      case 0 -> "id=" + uuid();
      case 1 -> "sha " + hex(DIGESTS[random.nextInt(DIGESTS.length)], "");
      case 2 -> "mac " + hex(6, oneOf(":", "-"));
      case 3 -> "from " + address() + " to " + address();
      case 4 -> "from " + addressV6();
      case 5 -> "at 0x" + hex(oneOf(4, 8), "");
      case 6 -> "pid " + random.nextInt(40_000) + " port " + random.nextInt(65_536);
      case 7 -> "version " + number(20) + "." + number(20) + "." + number(200);
      case 8 -> "took " + number(9000) + " ms, " + number(900) + " bytes";
      case 9 -> "commit " + hex(20, "").substring(0, 7 + random.nextInt(6));
      case 10 -> "code " + number(5000) + " (" + words(2) + ")";
      case 11 -> "on " + date();
      case 12 -> number(100) + "% of " + number(64) + " GB";
      case 13 -> "pid=" + number(40_000) + " fd=" + number(500) + " addr=0x" + hex(6, "");
      case 14 -> "pid: " + number(40_000) + oneOf(", fd: ", " fd: ") + number(500);
      default -> words(4);
    };
  }

  private String prose() {
    String text = words(4 + random.nextInt(12));
    return Character.toUpperCase(text.charAt(0))
        + text.substring(1)
        + oneOf(".", "?", ", " + number(99));
  }

  private String source() {
    return switch (random.nextInt(8)) {
      case 0 -> "int a[] = {" + number(9) + ", " + number(99) + ", " + number(999) + "};";
      case 1 -> "for (int i = 0; i < " + number(256) + "; i++) {";
      case 2 -> "#define PORT " + number(65_536);
      case 3 -> "  return x & 0x" + hex(1, "") + ";";
      case 4 -> "colors = [\"#" + hex(3, "") + "\", \"#" + hex(3, "") + "\"]";
      case 5 -> "const sizes = [" + number(64) + ", " + number(1024) + "];";
      case 6 -> "// " + words(5);
      default -> "if (code == " + number(600) + ") { log(\"" + words(2) + "\"); }";
    };
  }

  private String json() {
    return switch (random.nextInt(4)) {
      case 0 -> "{\"id\": " + number(100_000) + ", \"name\": \"" + words(1) + "\"}";
      case 1 -> "  \"range\": [" + number(100) + ", " + number(1000) + "],";
      case 2 -> "  \"at\": [" + number(90) + "." + number(9999) + ", " + number(90) + "],";
      default -> "  \"" + words(1) + "\": \"" + uuid() + "\",";
    };
  }

  private String table() {
    StringBuilder row = new StringBuilder(words(1));
    for (int i = 2 + random.nextInt(5); i > 0; i--) {
      row.append(oneOf("  ", " | ", "\t")).append(number(10_000));
    }
    return row.toString();
  }

  /** Random bytes: a line of PEM, or the parts of a JSON Web Token. */
  private String base64() {
    if (random.nextBoolean()) {
      return Base64.getEncoder().encodeToString(bytes(48));
    }
    Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
    String header = encoder.encodeToString("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(UTF_8));
    return "Bearer "
        + header
        + "."
        + encoder.encodeToString(bytes(60))
        + "."
        + encoder.encodeToString(bytes(32));
  }

  private String stack() {
    return switch (random.nextInt(4)) {
      case 0 -> "\tat com.example.Feed.add(Feed.java:" + number(900) + ")";
      case 1 -> "  File \"/srv/app.py\", line " + number(900) + ", in face";
      case 2 -> "#" + number(30) + "  0x" + hex(8, "") + " in dead_code () from libc.so.6";
      default -> "java.lang.IllegalStateException: " + words(3);
    };
  }

  private String date() {
    String date = "20" + two(10, 30) + "-" + two(1, 13) + "-" + two(1, 29);
    return date + oneOf(" ", "T") + time();
  }

  private String time() {
    return two(0, 24) + ":" + two(0, 60) + ":" + two(0, 60);
  }

  private String two(int from, int to) {
    int value = from + random.nextInt(to - from);
    return (value < 10 ? "0" : "") + value;
  }

  private String address() {
    return number(256)
        + "."
        + number(256)
        + "."
        + number(256)
        + "."
        + number(256)
        + ":"
        + number(65_536);
  }

  private String addressV6() {
    return "2001:db8:" + hex(2, "") + ":" + hex(2, "") + "::" + hex(2, "");
  }

  private String uuid() {
    return hex(4, "") + "-" + hex(2, "") + "-" + hex(2, "") + "-" + hex(2, "") + "-" + hex(6, "");
  }

  private String number(int below) {
    return Integer.toString(random.nextInt(below));
  }

  private String words(int count) {
    StringBuilder text = new StringBuilder(oneOf(WORDS));
    for (int i = 1; i < count; i++) {
      text.append(' ').append(oneOf(WORDS));
    }
    return text.toString();
  }

  private String hex(int count, String separator) {
    HexFormat format = HexFormat.ofDelimiter(separator);
    return (random.nextInt(4) == 0 ? format.withUpperCase() : format).formatHex(bytes(count));
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  @SafeVarargs
  private <T> T oneOf(T... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
