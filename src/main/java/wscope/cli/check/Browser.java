package wscope.cli.check;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import wscope.check.ClientStarter;

/** Chromium without a window, with a profile that is removed afterwards. */
final class Browser implements ClientStarter {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome");

  private static final Path MAC =
      Path.of("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");

  private final Path program;

  private Browser(Path program) {
    this.program = program;
  }

  /**
   * Finds Chromium.
   *
   * @param folders the folders to search, as in PATH
   * @return the browser; null if there is none
   */
  static @Nullable Browser find(@Nullable String folders) {
    for (String folder : folders == null ? new String[0] : folders.split(File.pathSeparator, -1)) {
      for (String name : NAMES) {
        if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, name))) {
          return new Browser(Path.of(folder, name));
        }
      }
    }
    return Files.isExecutable(MAC) ? new Browser(MAC) : null;
  }

  @Override
  public Running start(String url, Consumer<Ended> ended) throws IOException {
    Path profile = Files.createTempDirectory("wscope-browser");
    List<String> command =
        new ArrayList<>(
            List.of(
                program.toString(),
                "--headless=new",
                "--no-first-run",
                "--no-default-browser-check",
                "--disable-gpu",
                "--user-data-dir=" + profile));
    if ("root".equals(System.getProperty("user.name"))) {
      // Chromium refuses to run as root in its sandbox; the page is wscope's own.
      command.add("--no-sandbox");
    }
    command.add(url);
    Running running = new ClientProgram(command).start(url, ended);
    return () -> {
      running.kill();
      remove(profile);
    };
  }

  private static void remove(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      all.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException | java.io.UncheckedIOException e) {
      // Parts of the browser still use it; the system removes temporary files.
    }
  }
}
