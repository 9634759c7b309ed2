package wscope.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wscope.support.ServerProcess;
import wscope.support.WscopeCommand;

/** The script at the start of the executable: how it finds Java and what it passes to it. */
@Timeout(30)
@DisabledOnOs(OS.WINDOWS)
class LauncherIT {
  private static final String NEEDED = "; wscope needs Java 17 or later; ";
  private static final Run FINE = new Run(0, "fine   1 frame, 1 message, 0 violations\n", "");

  @AutoClose private final WscopeCommand launched = WscopeCommand.ofExecutable();

  @TempDir private Path folder;

  @Test
  void consistsOfAScriptAndTheJar() throws IOException {
    byte[] jar = Files.readAllBytes(WscopeCommand.jar());
    byte[] executable = Files.readAllBytes(WscopeCommand.executable());
    int head = executable.length - jar.length;
    assertArrayEquals(jar, Arrays.copyOfRange(executable, head, executable.length));
    assertTrue(new String(executable, 0, head, UTF_8).startsWith("#!/bin/sh\n"));
    assertTrue(jar.length < 3_815_000, () -> jar.length + " bytes");
    assertEquals(
        "rwxr-xr-x",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(WscopeCommand.executable())));
  }

  @Test
  void passesArgumentsAndExitCodes() throws Exception {
    Path java = fakeJava("21.0.1", "printf '<%s>' \"$@\"; exit 42");
    Path jar = WscopeCommand.executable();
    assertEquals(
        new Run(
            42,
            "<-XX:-UsePerfData><-XX:TieredStopAtLevel=1><-Da=1><-Db=*><-jar><"
                + jar
                + "><rules><><a  b><*><x\ny><$HOME>",
            ""),
        launched
            .with("WSCOPE_JAVA", java)
            .with("WSCOPE_JAVA_OPTS", "-Da=1 -Db=*")
            .run("rules", "", "a  b", "*", "x\ny", "$HOME"));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "decode 81 00, true",
    "'decode --sender client 0x81,0x00', true",
    "accept-key, true",
    "--version, true",
    "decode, false",
    "decode --detail frames, false",
    "decode -, false",
    "decode --file=capture.bin 81, false",
    "serve --port 0, false",
    "proxy --to ws://localhost, false",
  })
  void disablesTheOptimisingCompilerForShortRuns(String arguments, boolean quick) throws Exception {
    Path java = fakeJava("17", "printf '%s ' \"$@\"");
    String flags = "-XX:-UsePerfData " + (quick ? "-XX:TieredStopAtLevel=1 " : "") + "-jar ";
    assertEquals(
        new Run(0, flags + WscopeCommand.executable() + " " + arguments + " ", ""),
        launched.with("WSCOPE_JAVA", java).run(arguments.split(" ", -1)));
  }

  /** What the compiler costs pays off only for a large file, or for one that may be large. */
  @ParameterizedTest(name = "{0} bytes")
  @CsvSource({"0, true", "81920000, true", "81920513, false"})
  void disablesTheOptimisingCompilerForShortFiles(long bytes, boolean quick, @TempDir Path folder)
      throws Exception {
    Path file = folder.resolve("-a file");
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(bytes);
    }
    Path java = fakeJava("17", "printf '<%s>' \"$@\"");
    String flags = "<-XX:-UsePerfData>" + (quick ? "<-XX:TieredStopAtLevel=1>" : "") + "<-jar>";
    String started = flags + "<" + WscopeCommand.executable() + "><decode>";
    launched.with("WSCOPE_JAVA", java).in(folder);
    assertEquals(
        new Run(0, started + "<--file><-a file><--detail><none>", ""),
        launched.run("decode", "--file", "-a file", "--detail", "none"));
    assertEquals(
        new Run(0, started + "<--file=" + file + ">", ""),
        launched.run("decode", "--file=" + file));
  }

  @Test
  void passesInputAndOutput() throws Exception {
    Process process = launched.start("decode", "--detail", "none");
    process.getOutputStream().write("81 00 83 00".getBytes(UTF_8));
    Run run = WscopeCommand.finish(process);
    assertEquals(1, run.exitCode(), run.err());
    assertTrue(run.out().endsWith("2 frames, 1 message, 1 violation\n"), run.out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"TERM", "INT"})
  void passesSignalsToTheServer(String signal) throws Exception {
    ServerProcess server = launched.serve("--host", "127.0.0.1", "--port", "0");
    assertTrue(server.listening().startsWith("wscope serve   ws://"));
    assertEquals("waiting for connections (Ctrl+C to stop)", server.out().readLine());
    boolean ignored = signal.equals("INT") && server.ignores(2);
    String sent = ignored ? "TERM" : signal;
    server.signal(sent);
    assertEquals("wscope serve   stopped after 0 connections", server.out().readLine());
    assertEquals(sent.equals("INT") ? 130 : 143, server.exitCode());
  }

  @Test
  void reportsThatThereIsNoJava() throws Exception {
    launched.without("JAVA_HOME").with("PATH", folder);
    String advice = "install one, or set JAVA_HOME\n";
    Run none = new Run(3, "", "wscope: no Java found" + NEEDED + advice);
    assertEquals(none, launched.run("--version"));
    assertEquals(none, launched.with("JAVA_HOME", folder).run("--version"), "an empty JAVA_HOME");
    assertEquals(
        new Run(3, "", "wscope: command not found: jawa" + NEEDED + "see WSCOPE_JAVA\n"),
        launched.with("WSCOPE_JAVA", "jawa").run("--version"));
    assertEquals(
        new Run(3, "", "wscope: command not found: a?[31mb?c" + NEEDED + "see WSCOPE_JAVA\n"),
        launched.with("WSCOPE_JAVA", "a\u001b[31mb\nc").run("--version"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.8.0_402", "11.0.22", "16"})
  void rejectsAnOldJava(String version) throws Exception {
    Path old = fakeJava(version, "echo started");
    Path home = old.getParent().getParent();
    String message = "wscope: " + old + " is Java " + version + NEEDED;
    launched.with("PATH", folder).with("JAVA_HOME", home);
    assertEquals(
        new Run(3, "", message + "install one, or set JAVA_HOME\n"), launched.run("--version"));
    assertEquals(
        new Run(3, "", message + "see WSCOPE_JAVA\n"),
        launched.with("WSCOPE_JAVA", old).run("--version"));
  }

  @Test
  void findsANewJavaAfterAnOldOne() throws Exception {
    Path old = fakeJava("11.0.22", "echo old").getParent();
    Path bin = Files.createDirectory(folder.resolve("links"));
    Path java = WscopeCommand.java();
    Path link = Files.createSymbolicLink(folder.resolve("java-link"), java);
    Files.createSymbolicLink(bin.resolve("java"), Path.of("../" + link.getFileName()));
    assertEquals(
        FINE,
        launched
            .with("JAVA_HOME", old.getParent())
            .with("PATH", bin + ":" + System.getenv("PATH"))
            .run("decode", "-d", "none", "81 00"));
    Files.delete(link);
  }

  @Test
  void asksAScriptForItsJavaVersion() throws Exception {
    Path java = WscopeCommand.java();
    Path script = script("shims/java", "exec '" + java + "' \"$@\"");
    launched.without("JAVA_HOME").with("PATH", script.getParent() + ":" + System.getenv("PATH"));
    assertEquals(FINE, launched.run("decode", "-d", "none", "81 00"));
    script("shims/java", "echo '    java.version = 11.0.2' >&2");
    assertEquals(
        new Run(
            3,
            "",
            "wscope: " + script + " is Java 11.0.2" + NEEDED + "install one, or set JAVA_HOME\n"),
        launched.run("--version"));
  }

  @Test
  void startsThroughLinksSpacesAndRelativePaths() throws Exception {
    Path spaces = Files.createDirectories(folder.resolve("a b/c d"));
    Path link = Files.createSymbolicLink(spaces.resolve("w s"), WscopeCommand.executable());
    assertEquals(FINE, WscopeCommand.ofExecutable(link).run("decode", "-d", "none", "81 00"));
    String relative = "cd '" + spaces + "' && exec './w s' decode -d none 81 00";
    Process process =
        new ProcessBuilder("/bin/sh", "-c", relative)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertEquals(FINE, WscopeCommand.finish(process));
    Files.delete(link);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void wrapsLinesAtTheWidthOfTheTerminal() throws Exception {
    String decode = " decode -d frames 88 02 03 ee";
    String command = "stty cols 60 && '" + WscopeCommand.executable() + "'" + decode;
    ProcessBuilder builder = new ProcessBuilder("script", "-qec", command, "/dev/null");
    builder
        .environment()
        .putAll(Map.of("NO_COLOR", "yes", "LC_ALL", "C.UTF-8", "WSCOPE_NO_ARCHIVE", "yes"));
    String words =
        """
        frame 1    FIN 1  RSV 000  opcode 0x8 close         MASK 0
                   length 2                       bytes 0-3
          ✗ close-code-never-sent   RFC 6455 §7.4.1 → close 1002
              The close code is for local use only and must never be
              sent
              found: code 1006
              hint: 1005 means a Close without a code; 1006 means no
                    Close; 1015 means that TLS failed
        close     1006 abnormal closure
        """;
    assertEquals(
        new Run(1, words.replace("\n", "\r\n"), ""), WscopeCommand.finish(builder.start()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "bash | add to your shell's profile: PATH=\"~/bin:$PATH\"; add to ~/.bashrc: . \"~/share/bash-completion/completions/wscope\"",
        "fish | add to ~/.config/fish/config.fish: fish_add_path \"~/bin\"; add to ~/.config/fish/config.fish: set -a fish_complete_path \"~/share/fish/vendor_completions.d\"",
        "dash | add to your shell's profile: PATH=\"~/bin:$PATH\"",
      })
  void installSaysWhatTheShellNeeds(String shell, String advice) throws Exception {
    String prefix = folder.resolve("p").toString();
    Run run = launched.with("SHELL", "/bin/" + shell).run("install", "--prefix", prefix);
    String shown = run.out().replaceAll("(?m)^installed .*\n", "");
    String expected =
        advice.replace("~/bin", prefix + "/bin").replace("~/share", prefix + "/share");
    assertEquals(expected.replace("; ", "\n") + "\n", shown);
    assertEquals(new Run(0, run.out(), ""), run);
  }

  @Test
  void installsFromTheExecutableAndFromTheJar() throws Exception {
    Path prefix = folder.resolve("a b");
    Path bin = prefix.resolve("bin");
    String installed =
        """
        installed ~/bin/wscope
        installed ~/share/man/man1/wscope-decode.1
        installed ~/share/man/man1/wscope-encode.1
        installed ~/share/man/man1/wscope-serve.1
        installed ~/share/man/man1/wscope-connect.1
        installed ~/share/man/man1/wscope-proxy.1
        installed ~/share/man/man1/wscope-check.1
        installed ~/share/man/man1/wscope-accept-key.1
        installed ~/share/man/man1/wscope-rules.1
        installed ~/share/man/man1/wscope-explain.1
        installed ~/share/man/man1/wscope-completion.1
        installed ~/share/man/man1/wscope-install.1
        installed ~/share/man/man1/wscope.1
        installed ~/share/man/man5/wscope-json.5
        installed ~/share/man/man5/wscope-reply.5
        installed ~/share/man/man7/wscope-rules.7
        installed ~/share/bash-completion/completions/wscope
        installed ~/share/zsh/site-functions/_wscope
        installed ~/share/fish/vendor_completions.d/wscope.fish
        """;
    String advice =
        """
        add to your shell's profile: PATH="~/bin:$PATH"
        add to ~/.zshrc, before compinit: fpath=("~/share/zsh/site-functions" $fpath)
        """;
    assertEquals(
        new Run(
            0,
            (installed + advice).replace("~/b", prefix + "/b").replace("~/s", prefix + "/s"),
            ""),
        launched.with("SHELL", "/bin/zsh").run("install", "--prefix", prefix.toString()));
    List<String> first = files(prefix);
    assertEquals(-1, Files.mismatch(WscopeCommand.executable(), bin.resolve("wscope")));
    for (String page : new String[] {"man1/wscope-install.1", "man5/wscope-json.5"}) {
      Path source = Path.of("man", page.substring(5));
      assertEquals(-1, Files.mismatch(source, prefix.resolve("share/man").resolve(page)), page);
    }

    Run again =
        WscopeCommand.ofExecutable(bin.resolve("wscope"))
            .with("PATH", bin + ":" + System.getenv("PATH"))
            .run("install", "--prefix", prefix.toString());
    assertEquals(
        new Run(0, installed.replace("~", prefix.toString()), ""),
        again,
        "the shell needs nothing more");
    assertEquals(first, files(prefix));

    Path other = folder.resolve("other");
    WscopeCommand.ofJar().run("install", "--prefix", other.toString());
    assertEquals(
        -1,
        Files.mismatch(WscopeCommand.executable(), other.resolve("bin/wscope")),
        "from the jar");
  }

  @Test
  void removesWhatItInstalledAndNothingElse() throws Exception {
    Path prefix = folder.resolve("a b");
    Path other = prefix.resolve("share/man/man1/other.1");
    String root = prefix.toString();
    Run install = launched.run("install", "--prefix", root);
    Files.createFile(other);
    String removed =
        install
            .out()
            .lines()
            .filter(line -> line.startsWith("installed "))
            .map(line -> line.replace("installed ", "removed ") + "\n")
            .collect(joining());
    assertEquals(
        new Run(0, removed, ""),
        WscopeCommand.ofExecutable(prefix.resolve("bin/wscope"))
            .run("install", "--uninstall", "--prefix", root));
    assertEquals(List.of("share/man/man1/other.1"), files(prefix));
    assertEquals(
        Run.misused("wscope install", "nothing of wscope is in " + root + "; see --prefix"),
        launched.run("install", "--uninstall", "--prefix", root));
  }

  @Test
  void doesNotRemoveAnotherProgram() throws Exception {
    Path program = Files.createDirectories(folder.resolve("bin")).resolve("wscope");
    Files.writeString(program, "#!/bin/sh\necho another\n");
    String page = "share/man/man1/wscope.1";
    Files.createFile(Files.createDirectories(folder.resolve(page).getParent()).resolve("wscope.1"));
    assertEquals(
        Run.misused(
            "wscope install", program + " is not an executable of wscope, so nothing was removed"),
        launched.run("install", "--uninstall", "--prefix", folder.toString()));
    assertEquals(List.of("bin/wscope", page), files(folder));
  }

  @Test
  void reportsWhereItCannotInstall() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    assertEquals(
        new Run(
            3,
            "",
            "wscope: cannot write "
                + file
                + "/bin/wscope: Not a directory; use --prefix DIR to install elsewhere\n"),
        launched.run("install", "--prefix", file.toString()));
    Path occupied = Files.createDirectories(folder.resolve("occupied/bin/wscope/something"));
    Path executable = occupied.getParent();
    assertEquals(
        new Run(
            3,
            "",
            "wscope: cannot write "
                + executable
                + ": Is a directory; use --prefix DIR to install elsewhere\n"),
        launched.run("install", "--prefix", folder.resolve("occupied").toString()));
    assertEquals(List.of(), files(folder.resolve("occupied")), "an incomplete file is left");
    assertEquals(
        Run.misused("wscope install", "HOME is not set; add --prefix DIR"),
        launched.run("install"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "HOME=$name exec \"$1\" install | HOME",
        "exec \"$1\" install --prefix \"$name\" | --prefix",
      })
  void rejectsADirectoryThatJavaCannotName(String command, String source) throws Exception {
    Path script = script("start", "name=$(printf '/home/\\303\\251')\n" + command);
    Process process =
        launched
            .with("LC_ALL", "C")
            .startThrough(script.toString(), WscopeCommand.executable().toString());
    Run run = WscopeCommand.finish(process);
    assertEquals(new Run(2, "", run.err()), run);
    assertTrue(
        run.err().startsWith("wscope install: " + source + ": '/home/")
            && run.err()
                .endsWith(
                    "' is not a valid file name in this locale; set LC_ALL to one with UTF-8,"
                        + " such as C.UTF-8\nsee: wscope install --help\n"),
        run.err());
  }

  @Test
  void showsTheRealNamesOfInstalledFiles() throws Exception {
    Path script = script("start", "exec \"$1\" install --prefix \"$2/$(printf '\\303\\251')\"");
    Path prefix = folder.resolve("p");
    Run run =
        WscopeCommand.finish(
            launched.startThrough(
                script.toString(), WscopeCommand.executable().toString(), prefix.toString()));
    assertEquals("installed " + prefix + "/\u00e9/bin/wscope", run.out().lines().findFirst().get());
    assertEquals(new Run(0, run.out(), ""), run);
  }

  private static List<String> files(Path root) throws IOException {
    try (var files = Files.walk(root)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> root.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  /** A fake Java of this version, which runs a shell script. */
  private Path fakeJava(String version, String script) throws IOException {
    Path java = script("fake/bin/java", script);
    Files.writeString(
        folder.resolve("fake/release"),
        "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"" + version + "\"\nMODULES=\"java.base\"\n");
    return java;
  }

  private Path script(String name, String script) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    return file;
  }
}
