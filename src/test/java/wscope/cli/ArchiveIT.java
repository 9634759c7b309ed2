package wscope.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.util.concurrent.TimeUnit.SECONDS;
import static java.util.stream.Collectors.partitioningBy;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wscope.support.WscopeCommand;

/** The class-data archive of the executable: created once, used, and never an obstacle. */
@Tag("interop")
@Timeout(60)
@DisabledOnOs(OS.WINDOWS)
class ArchiveIT {
  private static final String[] DECODE = {"decode", "-d", "none", "81 00"};
  private static final Run FINE = new Run(0, "fine   1 frame, 1 message, 0 violations\n", "");
  private static final String FROM_ARCHIVE = " wscope.cli.Wscope source: shared objects file";

  /** Contains the archive that {@link #startsRace} creates. */
  @TempDir private static Path cache;

  private static Path archive;

  @TempDir private Path folder;

  /** Starts several processes at once without an archive; one of them creates it. */
  @BeforeAll
  static void startsRace() throws Exception {
    Path home = Files.createDirectories(folderIn(cache));
    try (WatchService watch = home.getFileSystem().newWatchService()) {
      home.register(watch, ENTRY_CREATE, ENTRY_DELETE);
      List<Process> starts = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        starts.add(launched(cache).start(DECODE));
      }
      for (Process start : starts) {
        assertEquals(FINE, WscopeCommand.finish(start));
      }
      assertEquals(1, countArchivesUntilTheCreatorEnds(watch), "created once");
    }
    archive =
        home.resolve(
            list(home).stream().filter(name -> name.endsWith(".jsa")).findFirst().orElseThrow());
    assertEquals(Set.of(archive.getFileName().toString(), "executable"), list(home));
  }

  @Test
  void laterStartsUseTheArchive() throws Exception {
    Object created = Files.readAttributes(archive, "unix:ino,lastModifiedTime");
    Run run = launched(cache).with("WSCOPE_JAVA_OPTS", "-Xlog:class+load").run(DECODE);
    assertTrue(run.out().contains(FROM_ARCHIVE), run.out());
    assertEquals(
        created, Files.readAttributes(archive, "unix:ino,lastModifiedTime"), "not created again");
    assertEquals(Set.of(archive.getFileName().toString(), "executable"), list(archive.getParent()));
    Run withoutArchive =
        launched(cache)
            .with("WSCOPE_NO_ARCHIVE", "yes")
            .with("WSCOPE_JAVA_OPTS", "-Xlog:class+load")
            .run(DECODE);
    assertTrue(!withoutArchive.out().contains(FROM_ARCHIVE), withoutArchive.out());
  }

  /** The list of classes must say where the lambdas are linked. Otherwise, Java makes them anew. */
  @ParameterizedTest
  @ValueSource(strings = {"decode 81 00", "decode 8", "help serve"})
  void theArchiveHasTheLambdasOfItsCommands(String command) throws Exception {
    String[] words = command.split(" ", -1);
    Run run = launched(cache).with("WSCOPE_JAVA_OPTS", "-Xlog:class+load").run(words);
    Map<Boolean, List<String>> lambdas =
        run.out()
            .lines()
            .filter(line -> line.matches(".* wscope\\.\\S+\\$\\$Lambda.*"))
            .collect(partitioningBy(line -> line.contains(" source: shared objects file")));
    assertNotEquals(List.of(), lambdas.get(true));
    assertEquals(List.of(), lambdas.get(false));
  }

  @Test
  @EnabledForJreRange(minVersion = 25)
  void theClassesInTheArchiveAreLinked() throws Exception {
    Run run = launched(cache).with("WSCOPE_JAVA_OPTS", "-Xlog:aot").run(DECODE);
    assertTrue(run.out().contains("Using AOT-linked classes: true"), run::out);
  }

  /** Linked classes need the heap and the modules that the creator had. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "-XX:+UseSerialGC",
        "-XX:+UseParallelGC",
        "-XX:+UseG1GC",
        "-XX:+UseZGC",
        "-XX:-UseCompressedOops",
        "-XX:ObjectAlignmentInBytes=16",
        "-Xmx40g",
        "-Xmx16m",
        "-Xshare:off",
        "--add-opens=java.base/java.lang=ALL-UNNAMED",
        "--limit-modules=java.base,java.logging",
        "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:0,quiet=y",
      })
  void runsWithOtherOptionsThanTheCreator(String option) throws Exception {
    assertEquals(FINE, launched(cache).with("WSCOPE_JAVA_OPTS", option).run(DECODE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"truncated", "garbage", "zeros", "empty header"})
  void ignoresACorruptArchive(String how) throws Exception {
    byte[] content = Files.readAllBytes(archive);
    byte[] corrupt =
        switch (how) {
          case "truncated" -> Arrays.copyOf(content, content.length / 2);
          case "garbage" -> "not an archive\n".repeat(10_000).getBytes(US_ASCII);
          case "zeros" -> new byte[content.length];
          default -> {
            Arrays.fill(content, 0, 4096, (byte) 0);
            yield content;
          }
        };
    Path copy = Files.createDirectories(folderIn(folder)).resolve(archive.getFileName());
    Files.write(copy, corrupt);
    assertEquals(FINE, launched(folder).run(DECODE));
    assertEquals(Set.of(copy.getFileName().toString()), list(copy.getParent()));
  }

  @Test
  void runsWithoutAWritableCache() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    assertEquals(FINE, launched(file).run(DECODE));
    assertEquals(FINE, launched(file).without("XDG_CACHE_HOME").run(DECODE), "without HOME too");
    assertEquals(FINE, launched(file).with("XDG_CACHE_HOME", "relative").run(DECODE));
  }

  @Test
  void doesNotInterfereWithAnotherCreator() throws Exception {
    Path home = Files.createDirectories(folderIn(folder));
    Path inProgress = Files.createDirectory(home.resolve(archive.getFileName() + ".new"));
    Path old = Files.createFile(home.resolve("old-java@1.jsa"));
    assertEquals(new Run(1, "", ""), createIn(folder));
    assertEquals(
        Set.of(inProgress.getFileName().toString(), old.getFileName().toString()), list(home));
  }

  @Test
  void replacesAnAbandonedArchiveAndDeletesOldOnes() throws Exception {
    Path home = Files.createDirectories(folderIn(folder));
    Path abandoned = Files.createDirectory(home.resolve(archive.getFileName() + ".new"));
    Files.createFile(abandoned.resolve("list"));
    Files.setLastModifiedTime(abandoned, FileTime.fromMillis(0));
    Files.createFile(home.resolve("old-java@1.jsa"));
    Path gone = Files.createDirectories(home.resolveSibling("gone"));
    Files.writeString(gone.resolve("executable"), "/nowhere/wscope\n");
    Files.createFile(gone.resolve("old-java@1.jsa"));
    assertEquals(new Run(0, "", ""), createIn(folder));
    assertEquals(Set.of(archive.getFileName().toString(), "executable"), list(home));
    assertEquals(Set.of(home.getFileName().toString()), list(home.getParent()));
  }

  /** Creates the archive like the background process, and waits for the end. */
  private static Run createIn(Path cache) throws Exception {
    return launched(cache).with("WSCOPE_MAKE_ARCHIVE", "yes").run();
  }

  private static WscopeCommand launched(Path cache) {
    return WscopeCommand.ofExecutable().without("WSCOPE_NO_ARCHIVE").with("XDG_CACHE_HOME", cache);
  }

  /** The directory of the archives of the executable. */
  private static Path folderIn(Path cache) {
    String name = WscopeCommand.executable().toString().substring(1).replace('/', ',');
    return cache.resolve("wscope/classes").resolve(name);
  }

  private static int countArchivesUntilTheCreatorEnds(WatchService watch) throws Exception {
    int archives = 0;
    while (true) {
      WatchKey key = watch.poll(40, SECONDS);
      assertNotNull(key, "no archive is created");
      for (WatchEvent<?> event : key.pollEvents()) {
        boolean isArchive = event.context().toString().endsWith(".jsa");
        if (isArchive && event.kind() == ENTRY_CREATE) {
          archives++;
        } else if (archives > 0 && event.kind() == ENTRY_DELETE) {
          return archives;
        }
      }
      key.reset();
    }
  }

  private static Set<String> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
    }
  }
}
