package wscope.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import wscope.cli.process.Stdio;
import wscope.support.SampleHandshake;

/** Help, wrong usage, failures of the system, and bugs. */
class WscopeTest {
  private static final String[] DECODE = {"decode", "81", "00"};

  @Test
  void showsHelpOfWscope() {
    Run help = Run.of("help");
    assertEquals(
        """
        A microscope for WebSocket that shows every bit and names every broken rule.

        Usage: wscope [-hV] [--debug] [COMMAND]

        Examples:
          wscope decode 81 83 3d 54 23 06 70 10 6d
          wscope serve --tls
          wscope explain 1006
          wscope help decode

        Commands:
          decode      Shows every bit of WebSocket frames, and every rule that they
                        break.
          encode      Builds WebSocket frames from their fields, including invalid ones
                        if you ask for them.
          serve       Runs a WebSocket echo server that shows every bit its clients
                        send.
          connect     Runs a WebSocket client that shows every frame.
          proxy       Passes every byte between WebSocket clients and a server, and
                        shows what both send.
          check       Checks which rules of RFC 6455 and RFC 7692 a server or a client
                        keeps.
          accept-key  Computes Sec-WebSocket-Accept from Sec-WebSocket-Key.
          rules       Lists the rules that wscope checks.
          explain     Explains an error text, a code, a header or a rule: what it
                        means, whose side it is, and what usually causes it.
          completion  Prints the completion script for a shell.
          install     Installs the executable, manual pages and completions.
          help        Shows the help of wscope or of a command.

        Options:
              --debug     Show the stack trace of a bug in wscope.
          -h, --help      Show this help message and exit.
          -V, --version   Print version information and exit.

        Exit codes:
          0     success
          1     a rule is broken, the input ends inside a frame, a checked value
                  differs, or nothing is known of what was asked for
          2     wrong usage, or input without bytes that wscope recognises
          3     a file, a port or another part of the system failed
          4     the server rejected the handshake, or no WebSocket is there
          5     the connection ended abnormally, or with a code other than 1000 and 1001
          70    a bug in wscope; --debug shows the stack trace
          130   interrupted

        Environment:
          WSCOPE_JAVA              the java command to run
          JAVA_HOME                the Java to use if WSCOPE_JAVA is not set; the next
                                     choice is java in PATH
          WSCOPE_JAVA_OPTS         extra JVM options, separated by spaces
          XDG_CACHE_HOME           where to keep a class-data archive, which makes
                                     wscope start faster; default: ~/.cache (macOS
                                     always uses ~/Library/Caches)
          WSCOPE_NO_ARCHIVE        if set and not empty, wscope neither uses nor
                                     creates the class-data archive
          LC_ALL, LC_CTYPE, LANG   if the first of these that is set does not name
                                     UTF-8, wscope writes only ASCII
        """,
        help.out());
    assertEquals(new Run(0, help.out(), ""), help);
    assertEquals(help, Run.of("--help"));
    assertEquals(help, Run.of("-h"));
    assertEquals(help, Run.of(), "without arguments");
  }

  static List<String> commands() {
    return List.of(
        "decode",
        "encode",
        "serve",
        "connect",
        "proxy",
        "check",
        "accept-key",
        "rules",
        "explain",
        "completion",
        "install");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void showsHelpOfACommand(String command) {
    Run help = Run.of("help", command);
    assertEquals(new Run(0, help.out(), ""), help);
    assertEquals(help, Run.of(command, "--help"));
    assertTrue(help.out().contains("\n\nUsage: wscope " + command + " "), help.out());
    assertTrue(help.out().contains("\n\nExamples:\n  "), help.out());
    assertTrue(help.out().contains("\nExit codes:\n  0     success"), help.out());
    assertTrue(help.out().lines().allMatch(line -> line.length() <= 80), help.out());
  }

  @ParameterizedTest
  @CsvSource({"1, 55", "60, 60", "200, 120"})
  void wrapsHelpAtTheWidthOfTheTerminal(int columns, int longest) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    InputStream in = InputStream.nullInputStream();
    new Wscope(new Stdio(in, out, out, false, true, true, true, columns)).run("help", "rules");
    assertTrue(
        out.toString(UTF_8).lines().allMatch(line -> line.length() <= longest), out::toString);
    assertEquals(
        Run.of("help", "rules").out().replaceAll("\\s+", " "),
        out.toString(UTF_8).replaceAll("\\s+", " "));
  }

  @Test
  void writesHelpInAscii() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Stdio ascii = new Stdio(InputStream.nullInputStream(), out, out, false, false, false, true, 0);
    assertEquals(0, new Wscope(ascii).run("serve", "--help"));
    assertEquals(Run.of("help", "serve").out().replace('✗', 'x'), out.toString(UTF_8));
  }

  /** A user can copy each example of a description, because no line ends inside a word. */
  @ParameterizedTest
  @MethodSource("commands")
  void noWordOfADescriptionIsBroken(String command) {
    String shown = Run.of("help", command).out().replaceAll("\\s+", " ");
    CommandSpec spec = Run.commands().getSubcommands().get(command).getCommandSpec();
    Stream.concat(spec.options().stream(), spec.positionalParameters().stream())
        .flatMap(argument -> Stream.of(argument.description()))
        .map(text -> text.replaceAll("\\s+", " "))
        .forEach(text -> assertTrue(shown.contains(text), () -> "broken: " + text));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void examplesOfHelpAreNotWrapped(String command) {
    // No example is wrapped: only headings begin in the first column.
    Run.of("help", command)
        .out()
        .lines()
        .dropWhile(line -> !line.equals("Examples:"))
        .filter(line -> !line.isEmpty() && line.charAt(0) != ' ')
        .forEach(line -> assertTrue(line.endsWith(":"), () -> "a wrapped line: " + line));
  }

  /** Each default that help names is the one that counts. */
  @ParameterizedTest
  @MethodSource("commands")
  void helpNamesTheDefaults(String command) {
    Pattern named = Pattern.compile("Default: ([0-9][0-9A-Za-z]*|[a-z]+)\\.$");
    for (OptionSpec option :
        Run.commands().getSubcommands().get(command).getCommandSpec().options()) {
      Matcher description = named.matcher(String.join(" ", option.description()));
      if (description.find() && !option.longestName().equals("--close")) {
        boolean optional = option.arity().min() == 0 && option.arity().max() > 0;
        String usual = optional ? option.fallbackValue() : option.defaultValue();
        assertEquals(description.group(1), usual, option.longestName());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--version", "-V"})
  void showsItsVersion(String option) {
    Run version = Run.of(option);
    assertTrue(
        version
            .out()
            .matches("wscope .+\\RJava " + Runtime.version().feature() + ".*, .+\\R.+ .+ .+\\R"),
        version.out());
    assertEquals(new Run(0, version.out(), ""), version);
    for (String command : commands()) {
      assertEquals(version, Run.of(command, option), command);
    }
  }

  /** A file with the name - would surprise who means standard input or output. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "decode --html",
        "serve --html",
        "connect --html",
        "proxy --html",
        "check --html",
        "check --junit",
        "serve --record",
        "connect --record",
        "proxy --record",
        "serve --ready-file",
        "proxy --ready-file",
        "check --baseline",
        "serve --reply-file",
        "decode --keylog",
        "connect --cacert",
        "serve --tls-cert",
      })
  void aDashIsNoFile(String option) {
    String[] words = option.split(" ", -1);
    assertEquals(
        Run.misused(
            "wscope " + words[0],
            words[1]
                + ": '-' is not a file name here, and means neither standard input nor standard"
                + " output; name a file, or write ./- for one with the name -"),
        Run.of(words[0], words[1], "-"));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "--frob | wscope: unknown option '--frob'",
        "frob | wscope: unknown command 'frob'",
        "help frob | wscope help: unknown command 'frob'",
        "decode --fromat json 81 00 | wscope decode: unknown option '--fromat'; did you mean --format?",
        "accept-key --chekc x | wscope accept-key: unknown option '--chekc'; did you mean --check?",
        "install --prefix= | wscope install: --prefix: '' is not a file name",
        "decode --file= | wscope decode: --file: '' is not a file name",
        "connect --detial 12 | wscope connect: unknown option '--detial'; did you mean --detail?",
        "connect --deflat | wscope connect: unknown option '--deflat'; did you mean --deflate?",
        "connect --deflate | wscope connect: URL is missing",
        "decode --detail | wscope decode: --detail needs a value; write --detail LEVEL",
        "serve --port x | wscope serve: --port: 'x' is not a number from 0 to 65535",
        "serve --port 65536 | wscope serve: --port: '65536' is not a number from 0 to 65535",
        "serve --port=-1 | wscope serve: --port: '-1' is not a number from 0 to 65535",
        "serve --port --tls | wscope serve: --port needs a value; write --port PORT",
        "serve --tls=yes | wscope serve: --tls takes no value",
        "serve --reply ech | wscope serve: --reply: 'ech' is not one of echo, broadcast, others, none, graphql-ws, socket.io, mqtt, stomp; did you mean echo?",
        "serve --tls-key x | wscope serve: --tls-key needs --tls-cert",
        "decode --skip 1 --skip 2 | wscope decode: --skip is given twice; give it once",
        "decode --format jsno 81 00 | wscope decode: --format: 'jsno' is not one of text, json; did you mean json?",
        "rules fooo | wscope rules: unexpected argument 'fooo'",
        "rules utf-16 | wscope rules: unexpected argument 'utf-16'",
        "serve extra | wscope serve: unexpected argument 'extra'",
        "serve 9000 | wscope serve: unexpected argument '9000'; did you mean --port 9000?",
        "serve --stop-reading 9000 | wscope serve: unexpected argument '9000'; did you mean --port 9000?",
        "serve --never off extra | wscope serve: unexpected argument 'extra'",
        "serve --half=extra | wscope serve: --half: 'extra' is not one of on, off",
        "serve --trickle 9000 | wscope serve: --trickle: '9000' has no unit; add ms, s, m or h",
        "proxy --stop-reading :9000 | wscope proxy: unexpected argument ':9000'; did you mean --to :9000?",
        "proxy ws://a/b | wscope proxy: unexpected argument 'ws://a/b'; did you mean --to ws://a/b?",
        "proxy 9000 | wscope proxy: unexpected argument '9000'; did you mean --port 9000?",
      })
  void reportsWrongUsage(String args, String message) {
    Run run = Run.of(args.split(" ", -1));
    assertEquals(
        Run.misused(
            message.substring(0, message.indexOf(':')),
            message.substring(message.indexOf(':') + 2)),
        run);
  }

  /** The word after an option whose value may be absent can be a URL, a file or bytes. */
  @Test
  void optionalValuesLeaveOtherWordsAlone() {
    List<String> found = new ArrayList<>();
    for (String name : Wscope.COMMANDS) {
      for (OptionSpec option : specOf(Run.commands(), name).options()) {
        if (option.arity().min() == 0 && option.arity().max() > 0) {
          found.add(name + " " + option.longestName());
          CommandLine commands = Run.commands().setUnmatchedArgumentsAllowed(true);
          commands.parseArgs(name, option.longestName(), "localhost:9");
          List<String> values =
              specOf(commands, name).findOption(option.longestName()).originalStringValues();
          assertFalse(values.contains("localhost:9"), name + " " + option.longestName());
        }
      }
    }
    assertEquals(
        List.of(
            "decode --deflate",
            "serve --never",
            "serve --half",
            "serve --stop-reading",
            "serve --trickle",
            "connect --deflate",
            "proxy --stop-reading",
            "check --idle"),
        found);
  }

  /** Where nothing else can follow, the word after such an option must be its value. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "serve --never | noo | 'noo' is not one of on, off",
        "serve --half | extra | 'extra' is not one of on, off",
        "serve --stop-reading | yes | 'yes' is not one of on, off",
        "serve --trickle | slow | 'slow' is not a time; write a whole number with a unit, such as 500ms, 2s, 1m or 1h",
        "proxy --to :1 --stop-reading | clinet | 'clinet' is not one of client, server, both; did you mean client?",
        "check :1 --idle | never | 'never' is not a time; write a whole number with a unit, such as 500ms, 2s, 1m or 1h",
        "connect :1 --deflate | windowbits | unknown parameter 'windowbits'; the valid parameters are server_no_context_takeover, client_no_context_takeover, server_max_window_bits, client_max_window_bits",
      })
  void namesTheWrongValueThatFollowsAnOption(String words, String value, String message) {
    List<String> args = List.of(words.split(" "));
    String option = args.get(args.size() - 1);
    List<String> attached = new ArrayList<>(args.subList(0, args.size() - 1));
    attached.add(option + "=" + value);
    List<String> apart = new ArrayList<>(args);
    apart.add(value);
    Run misused = Run.misused("wscope " + args.get(0), option + ": " + message);
    assertEquals(misused, Run.of(attached.toArray(String[]::new)));
    assertEquals(misused, Run.of(apart.toArray(String[]::new)));
  }

  private static CommandSpec specOf(CommandLine commands, String name) {
    return commands.getSubcommands().get(name).getCommandSpec();
  }

  @Test
  void suggestsWhatToTypeInstead() {
    assertEquals(
        """
        wscope: unknown command 'decod'; did you mean decode?
        see: wscope --help
        """,
        Run.of("decod").err());
    assertEquals(
        """
        wscope decode: unknown option '--from-hex'; did you mean --from?
        see: wscope decode --help
        """,
        Run.of("decode", "--from-hex").err());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "--format, 'text, json'",
    "--detail, 'bits, frames, messages, none'",
    "--color, 'auto, always, never'",
    "--sender, 'auto, client, server'",
    "--from, 'hex, decimal, bits, escaped, base64, dump, raw'",
  })
  void listsTheValuesOfAnOption(String option, String known) {
    // The message lists the values as users type them.
    assertEquals(
        Run.misused("wscope decode", option + ": 'frob' is not one of " + known),
        Run.of("decode", option, "frob", "81", "00"));
  }

  /** S15: error messages escape the arguments that they quote. */
  @Test
  void escapesArgumentsInMessages() {
    Run run = Run.of("--\u001b[2J\u202e\u009b\n\r");
    assertEquals(2, run.exitCode());
    assertTrue(run.err().chars().allMatch(c -> c == '\n' || (c >= ' ' && c < 0x7f)), run.err());
    assertTrue(run.err().startsWith("wscope: unknown option '--\\x1b[2J"), run.err());
  }

  @Test
  @Timeout(10)
  void reportsABusyPort() throws IOException {
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    try (ServerSocket busy = new ServerSocket(0, 1, loopback)) {
      int port = busy.getLocalPort();
      assertEquals(
          new Run(
              3,
              "",
              "wscope: port " + port + " of 127.0.0.1 is in use; try --port 0 for any free port\n"),
          Run.of("serve", "--port", Integer.toString(port)));
    }
  }

  @Test
  @Timeout(10)
  void reportsAnUnknownHost() {
    assertEquals(
        new Run(3, "", "wscope: unknown host no.such host; try --host 127.0.0.1\n"),
        Run.of("serve", "--port", "0", "--host", "no.such host"));
  }

  @Test
  @Timeout(10)
  void reportsAnAddressOfAnotherMachine() {
    assertEquals(
        new Run(
            3, "", "wscope: 192.0.2.1 is not an address of this machine; try --host 127.0.0.1\n"),
        Run.of("serve", "--port", "0", "--host", "192.0.2.1"));
  }

  @ParameterizedTest
  @MethodSource("writingCommands")
  void exitsWith0WhenThePipeCloses(String args) {
    assertEquals(
        new Run(0, "", ""),
        writingTo(new Failing(new IOException("Broken pipe")), args.split(" ", -1)));
  }

  /**
   * S14: a note says that other machines can connect. The closed output ends the server at once.
   */
  @Test
  void warnsThatOtherMachinesCanConnect() {
    assertEquals(
        new Run(0, "", "note: other machines can reach this server, at any address of this one\n"),
        writingTo(
            new Failing(new IOException("Broken pipe")),
            "serve",
            "--port",
            "0",
            "--host",
            "0.0.0.0"));
  }

  @ParameterizedTest
  @MethodSource("writingCommands")
  void reportsAFullDisk(String args) {
    assertEquals(
        new Run(3, "", "wscope: No space left on device\n"),
        writingTo(new Failing(new IOException("No space left on device")), args.split(" ", -1)));
  }

  @Test
  void exitsWith0WhenThePipeClosesInTheMiddle() {
    String frames = "81 05 48 65 6c 6c 6f ".repeat(20_000);
    OutputStream out = new Failing(new IOException("Broken pipe"), 100_000);
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Stdio stdio = Run.stdio(new ByteArrayInputStream(frames.getBytes(UTF_8)), out, err);
    assertEquals(0, new Wscope(stdio).run("decode"));
    assertEquals("", err.toString(UTF_8));
  }

  @ParameterizedTest
  @MethodSource("writingCommands")
  void reportsABugInOneLine(String args) {
    Run run = writingTo(new Failing(new IllegalStateException("oh\u001b[2J")), args.split(" ", -1));
    assertEquals(
        new Run(
            70,
            "",
            "wscope: this is a bug in wscope, please report it: java.lang.IllegalStateException:"
                + " oh\\x1b[2J\n"),
        run);
  }

  @Test
  void showsTheStackTraceOfABugWithDebug() {
    for (String[] args :
        List.of(
            new String[] {"--debug", "decode", "81", "00"},
            new String[] {"decode", "--debug", "81", "00"})) {
      Run run = writingTo(new Failing(new IllegalStateException("oh")), args);
      assertEquals(70, run.exitCode());
      assertTrue(
          run.err()
              .startsWith(
                  "wscope: this is a bug in wscope, please report it:"
                      + " java.lang.IllegalStateException:"
                      + " oh\njava.lang.IllegalStateException: oh\n\tat wscope."),
          run.err());
    }
  }

  @Test
  void reportsAnErrorAsABug() {
    Run run = writingTo(new Failing(new AssertionError("oh")), DECODE);
    assertEquals(
        new Run(
            70,
            "",
            "wscope: this is a bug in wscope, please report it: java.lang.AssertionError:"
                + " oh\n"),
        run);
  }

  @Test
  void reportsExhaustedMemory() {
    assertEquals(
        new Run(3, "", "wscope: out of memory\n"),
        writingTo(new Failing(new OutOfMemoryError("Java heap space")), DECODE));
  }

  @Test
  void reportsAFailingInput() {
    InputStream in =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("Input/output error");
          }

          @Override
          public int read(byte[] into, int offset, int length) throws IOException {
            return read();
          }
        };
    Run expected = new Run(3, "", "wscope: Input/output error\n");
    assertEquals(expected, Run.reading(in, "decode"));
    assertEquals(expected, Run.reading(in, "accept-key"));
    assertEquals(expected, Run.reading(in, "encode", "text"));
  }

  @Test
  void keepsTheExitCodeIfTheErrorCannotBeWritten() {
    OutputStream closed = new Failing(new IOException("Bad file descriptor"));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Stdio stdio = Run.stdio(InputStream.nullInputStream(), out, closed);
    assertEquals(2, new Wscope(stdio).run("decode", "8g"));
    assertEquals(2, new Wscope(stdio).run("--frob"));
    assertEquals(1, new Wscope(stdio).run("decode", "83", "00"));
  }

  @Test
  void hidesTheStackTraceWithoutDebug() {
    Run run = writingTo(new Failing(new IllegalStateException("oh")), DECODE);
    assertFalse(run.err().contains("\tat "), run.err());
  }

  static List<String> writingCommands() {
    return List.of(
        "decode 81 00", "encode text Hello", "accept-key " + SampleHandshake.KEY, "serve --port 0");
  }

  private static Run writingTo(OutputStream out, String... args) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exitCode = new Wscope(Run.stdio(InputStream.nullInputStream(), out, err)).run(args);
    return new Run(exitCode, "", err.toString(UTF_8));
  }

  /** Fails after a number of bytes. */
  private static final class Failing extends OutputStream {
    private final Throwable failure;
    private long room;

    Failing(Throwable failure) {
      this(failure, 0);
    }

    Failing(Throwable failure, long room) {
      this.failure = failure;
      this.room = room;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      room -= length;
      if (room >= 0) {
        return;
      }
      if (failure instanceof IOException e) {
        throw e;
      } else if (failure instanceof RuntimeException e) {
        throw e;
      }
      throw (Error) failure;
    }
  }
}
