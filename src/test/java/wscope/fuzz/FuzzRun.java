package wscope.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Fuzzes each target for some seconds with Jazzer, in a separate process. {@code target/fuzz} keeps
 * the log and the corpus. Add a finding, in hex, to {@code findings.csv}.
 */
final class FuzzRun {
  private static final Path FOLDER = Path.of("target", "fuzz");

  /** For the first input, Jazzer also instruments every class, possibly on a busy machine. */
  private static final int INPUT_TIMEOUT_SECONDS = 40;

  /** Enough for any input, but small enough to detect unbounded growth. */
  private static final String HEAP = "-Xmx512m";

  private FuzzRun() {}

  /**
   * Fails if fuzzing finds a bug.
   *
   * @param args a regular expression for the names of the targets; the seconds per target; the
   *     seed, 0 for a random one
   */
  public static void main(String... args) throws IOException, InterruptedException {
    boolean found = false;
    for (FuzzTarget target : FuzzTarget.all()) {
      if (target.toString().matches(args[0])) {
        found |= !fuzz(target, args[1], args[2]);
      }
    }
    if (found) {
      throw new IllegalStateException("fuzzing has found a bug, see above");
    }
  }

  /** Returns whether fuzzing found no bug. */
  private static boolean fuzz(FuzzTarget target, String seconds, String seed)
      throws IOException, InterruptedException {
    Path folder = FOLDER.resolve(target.toString());
    Path corpus = Files.createDirectories(folder.resolve("corpus"));
    Path seeds = Files.createDirectories(folder.resolve("seeds"));
    for (int i = 0; i < target.seeds().size(); i++) {
      Files.write(seeds.resolve("seed-" + i), target.seeds().get(i));
    }
    Path log = folder.resolve("log");
    int exitCode =
        new ProcessBuilder(command(target, seconds, seed, folder, corpus, seeds))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start()
            .waitFor();
    print(target, folder, log, exitCode);
    return exitCode == 0;
  }

  private static List<String> command(
      FuzzTarget target, String seconds, String seed, Path folder, Path corpus, Path seeds)
      throws IOException {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        HEAP,
        "-cp",
        System.getProperty("java.class.path"),
        "com.code_intelligence.jazzer.Jazzer",
        "--target_class=" + target.type().getName(),
        "--instrumentation_includes=wscope.**",
        "--instrumentation_excludes=" + testClasses(),
        "--custom_hook_includes=wscope.**",
        // ServeFuzz connects to a local server.
        "--disabled_hooks=com.code_intelligence.jazzer.sanitizers.ServerSideRequestForgery",
        "--reproducer_path=" + folder,
        "-artifact_prefix=" + folder + "/",
        "-max_total_time=" + seconds,
        "-seed=" + seed,
        "-max_len=" + FuzzTarget.LONGEST_INPUT,
        "-timeout=" + INPUT_TIMEOUT_SECONDS,
        corpus.toString(),
        seeds.toString());
  }

  /** The test classes, which Jazzer must not instrument. */
  private static String testClasses() throws IOException {
    CodeSource source = FuzzRun.class.getProtectionDomain().getCodeSource();
    Path folder = Path.of(source.getLocation().getPath());
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .map(file -> folder.relativize(file).toString())
          .filter(name -> name.endsWith(".class"))
          .map(name -> name.substring(0, name.length() - ".class".length()).replace('/', '.'))
          .collect(Collectors.joining(":"));
    }
  }

  private static void print(FuzzTarget target, Path folder, Path log, int exitCode)
      throws IOException {
    List<String> lines = Files.readAllLines(log, ISO_8859_1);
    String done =
        lines.stream().filter(line -> line.startsWith("Done ")).findAny().orElse("not done");
    System.out.println(target + ": " + done);
    if (exitCode != 0) {
      lines.stream()
          .dropWhile(line -> !line.contains("== Java Exception") && !line.contains("ERROR"))
          .limit(40)
          .forEach(System.out::println);
      for (Path input : findings(folder)) {
        System.out.println(
            target + ", " + HexFormat.of().formatHex(Files.readAllBytes(input)) + ", in " + input);
      }
    }
  }

  private static List<Path> findings(Path folder) throws IOException {
    List<Path> inputs = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "{crash,timeout,oom}-*")) {
      files.forEach(inputs::add);
    }
    return inputs;
  }
}
