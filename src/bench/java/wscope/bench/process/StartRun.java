package wscope.bench.process;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** From the command to its end: the executable next to the smallest program in Java. */
final class StartRun {
  private StartRun() {}

  static void run(int rounds) throws IOException, InterruptedException {
    makeArchive();
    String executable = executable();
    Map<String, Timed> all = new LinkedHashMap<>();
    all.put("Hello", new Timed(Machine.java(), "-cp", classes(), Hello.class.getName()));
    all.put("wscope --version", new Timed(executable, "--version"));
    all.put("wscope --help", new Timed(executable, "--help"));
    all.put(
        "wscope accept-key KEY", new Timed(executable, "accept-key", "dGhlIHNhbXBsZSBub25jZQ=="));
    all.put("wscope decode 81 ...", new Timed(executable, "decode", "81 83 3d 54 23 06 70 10 6d"));
    all.put(
        "java -jar ... decode",
        new Timed(
            Machine.java(), "-jar", "target/wscope.jar", "decode", "81 83 3d 54 23 06 70 10 6d"));
    List<Timed> commands = new ArrayList<>(all.values());
    Timed.inTurn(1, commands);
    Timed.inTurn(rounds, commands);
    Timed hello = commands.get(0);
    System.out.printf("%nStart: whole processes in turn, medians of %d rounds.%n", rounds + 1);
    System.out.printf("%-24s %8s %8s %10s %8s%n", "", "ms", "CPU ms", "of Hello's", "by CPU");
    all.forEach(
        (name, timed) ->
            System.out.printf(
                Locale.ROOT,
                "%-24s %8.0f %8.0f %10.2f %8.2f%n",
                name,
                timed.wall() * 1000,
                timed.cpu() * 1000,
                timed.wall() / hello.wall(),
                timed.cpu() / hello.cpu()));
  }

  static String executable() {
    return Path.of("target/wscope").toAbsolutePath().toString();
  }

  /** Makes the archive of classes, which the first start makes in the background. */
  static void makeArchive() throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(executable());
    builder.environment().put("WSCOPE_MAKE_ARCHIVE", "yes");
    builder.inheritIO().start().waitFor();
  }

  private static String classes() throws IOException {
    try {
      return Path.of(Hello.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .toString();
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }
}
