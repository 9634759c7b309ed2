package wscope.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import wscope.support.WscopeCommand;

/** The packages in target/dist, which the profile dist builds. */
@EnabledOnOs(OS.LINUX)
@Tag("dist")
@Timeout(60)
class DistIT {
  private static final Path DIST = WscopeCommand.jar().resolveSibling("dist");
  private static final String[] DECODE = {"decode", "--detail", "none", "81", "00"};
  private static final Run FINE = new Run(0, "fine   1 frame, 1 message, 0 violations\n", "");

  @TempDir private Path folder;
  private Path bundle = Path.of("");

  /** Extracts the bundle into a directory whose name has a space. */
  @BeforeEach
  void extract() throws Exception {
    Path target = Files.createDirectories(folder.resolve("a b"));
    run("tar", "xzf", packaged(".tar.gz").toString(), "-C", target.toString());
    try (Stream<Path> files = Files.list(target)) {
      bundle = files.findFirst().orElseThrow();
    }
  }

  @Test
  void theChecksumsFit() throws Exception {
    Run check = WscopeCommand.of(List.of("sha256sum", "-c", "SHA256SUMS")).in(DIST).run();
    assertEquals(0, check.exitCode(), check::toString);
    assertEquals(4, check.out().lines().filter(line -> line.endsWith(": OK")).count());
  }

  @Test
  void theBundleRunsInAnEmptyEnvironmentAndUsesItsClassArchive() throws Exception {
    assertTrue(Files.size(packaged(".tar.gz")) < 45_000_000, "a download below 45 MB");
    Path executable = bundle.resolve("bin/wscope");
    assertEquals(FINE, empty(executable).run(DECODE));
    Path link = Files.createSymbolicLink(folder.resolve("link"), executable);
    for (Path file : List.of(executable, link)) {
      Run logged = empty(file).with("WSCOPE_JAVA_OPTS", "-Xlog:class+load").run(DECODE);
      assertTrue(
          logged.out().lines().anyMatch(line -> line.matches(".* wscope.* shared objects file.*")),
          logged::out);
    }
  }

  @Test
  void aBundleThatWasChangedRunsWithoutItsClassArchive() throws Exception {
    Path executable = bundle.resolve("bin/wscope");
    run("touch", executable.toString());
    assertEquals(FINE, empty(executable).run(DECODE));
  }

  @Test
  void theBundleInstallsAndRemovesItself() throws Exception {
    Path prefix = folder.resolve("prefix");
    Run install = empty(bundle.resolve("bin/wscope")).run("install", "--prefix", prefix.toString());
    assertEquals(0, install.exitCode(), install::toString);
    Path executable = prefix.resolve("bin/wscope");
    run("rm", "-r", bundle.toString());
    Run logged = empty(executable).with("WSCOPE_JAVA_OPTS", "-Xlog:class+load").run(DECODE);
    assertTrue(logged.out().contains("shared objects file"), logged::out);
    Run again = empty(executable).run("install", "--prefix", prefix.toString());
    assertEquals(0, again.exitCode(), again::toString);
    assertEquals(FINE, empty(executable).run(DECODE));
    Run removal = empty(executable).run("install", "--uninstall", "--prefix", prefix.toString());
    assertEquals(0, removal.exitCode(), removal::toString);
    try (Stream<Path> left = Files.walk(prefix)) {
      assertEquals(List.of(prefix), left.toList());
    }
  }

  @Test
  void debianInstallsRunsAndRemovesThePackage() throws Exception {
    assertFalse(Files.exists(Path.of("/usr/bin/wscope")), "wscope is installed already");
    try {
      run("apt-get", "install", "-y", "-qq", packaged(".deb").toString());
      assertEquals(FINE, empty(Path.of("/usr/bin/wscope")).run(DECODE));
      List<String> files = run("dpkg", "-L", "wscope").lines().toList();
      assertTrue(files.contains("/usr/share/man/man1/wscope-decode.1.gz"), files::toString);
      assertTrue(files.contains("/usr/share/bash-completion/completions/wscope"), files::toString);
      assertTrue(files.contains("/usr/share/zsh/vendor-completions/_wscope"), files::toString);
      assertTrue(
          files.contains("/usr/share/fish/vendor_completions.d/wscope.fish"), files::toString);
    } finally {
      run("dpkg", "-r", "wscope");
    }
    assertFalse(Files.exists(Path.of("/usr/bin/wscope")));
    assertFalse(Files.exists(Path.of("/usr/share/doc/wscope")));
  }

  /** The executable without any variable, not even PATH. */
  private static WscopeCommand empty(Path executable) {
    return WscopeCommand.ofExecutable(executable).without(name -> true).with(Map.of("LC_ALL", "C"));
  }

  private static Path packaged(String suffix) throws Exception {
    try (Stream<Path> files = Files.list(DIST)) {
      return files.filter(file -> file.toString().endsWith(suffix)).findFirst().orElseThrow();
    }
  }

  private static String run(String... command) throws Exception {
    Run run = WscopeCommand.of(List.of(command)).run();
    assertEquals(0, run.exitCode(), run::toString);
    return run.out();
  }
}
