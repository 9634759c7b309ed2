package wscope.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import wscope.input.BadSpelling;
import wscope.report.SafeText;
import wscope.report.Screen;

/**
 * The command {@code wscope}: finds the subcommand, runs it, and turns what fails into an exit
 * code.
 */
public final class Wscope {
  private static final int HELP_WIDTH = 80;

  private final Stdio stdio;
  private final OptionSpec debug;
  private final CommandLine commandLine;

  Wscope(Stdio stdio) {
    this.stdio = stdio;
    debug =
        OptionSpec.builder("--debug")
            .type(boolean.class)
            .scopeType(ScopeType.INHERIT)
            .description("Show the stack trace of a bug of wscope.")
            .build();
    CommandSpec spec = CommandSpec.create().name("wscope");
    spec.usageMessage()
        .description(
            "A microscope for WebSocket: shows every bit, and names the rule that it breaks.")
        .footer(
            "",
            "Examples:",
            "  wscope decode 81 83 3d 54 23 06 70 10 6d",
            "  wscope serve --tls",
            "  wscope rules rsv1-without-extension",
            "  wscope help decode");
    spec.addOption(debug);
    spec.addSubcommand("decode", new DecodeCommand(stdio).spec());
    spec.addSubcommand("encode", new EncodeCommand(stdio).spec());
    spec.addSubcommand("serve", new ServeCommand(stdio).spec());
    spec.addSubcommand("accept-key", new AcceptKeyCommand(stdio).spec());
    spec.addSubcommand("rules", new RulesCommand(stdio).spec());
    spec.addSubcommand("completion", new CompletionCommand(stdio).spec());
    spec.addSubcommand("help", new HelpCommand().spec());
    commandLine = new CommandLine(spec);
    describe(spec);
    for (CommandLine subcommand : commandLine.getSubcommands().values()) {
      describe(subcommand.getCommandSpec());
    }
    commandLine
        // A payload may begin with @, and is then no name of a file with arguments.
        .setExpandAtFiles(false)
        .setUsageHelpWidth(HELP_WIDTH)
        // Not a method reference, which would load the class at once.
        .setHelpFactory((command, colours) -> CommandHelp.of(command, colours))
        .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
        .setOut(writer(stdio.out(), stdio))
        .setErr(writer(stdio.err(), stdio))
        .setParameterExceptionHandler(this::misused)
        .setExecutionExceptionHandler((e, command, parsed) -> failed(e, command));
  }

  /** Runs one command and exits with its code. */
  public static void main(String[] args) {
    System.exit(new Wscope(Stdio.ofProcess()).run(Arguments.asTyped(args)));
  }

  /** Runs one command. */
  int run(String... args) {
    try {
      return commandLine.execute(args.length == 0 ? new String[] {"help"} : args);
    } catch (Error e) {
      return bug(e);
    }
  }

  /** The model of all commands, for what is generated from it. */
  CommandLine commandLine() {
    return commandLine;
  }

  private static void describe(CommandSpec spec) {
    spec.mixinStandardHelpOptions(true).versionProvider(Wscope::version);
  }

  /** What a report of a bug must name: wscope, Java and the system. */
  private static String[] version() {
    String version = Wscope.class.getPackage().getImplementationVersion();
    return new String[] {
      "wscope " + (version == null ? "(not from a jar)" : version),
      "Java " + Runtime.version() + ", " + System.getProperty("java.vendor"),
      String.join(
          " ",
          System.getProperty("os.name"),
          System.getProperty("os.version"),
          System.getProperty("os.arch"))
    };
  }

  private int misused(ParameterException e, String[] args) {
    return misused(e.getCommandLine(), Misuse.told(e));
  }

  private int misused(CommandLine command, String told) {
    String name = command.getCommandSpec().qualifiedName();
    complain(name + ": " + told);
    complain("see: " + name + " --help");
    return ExitCode.USAGE;
  }

  private int failed(Exception e, CommandLine command) {
    if (e instanceof Failure failure) {
      if (failure.exitCode() == ExitCode.USAGE) {
        return misused(command, String.valueOf(failure.getMessage()));
      }
      complain("wscope: " + failure.getMessage());
      return failure.exitCode();
    }
    if (e instanceof BadSpelling bad) {
      complain(bad);
      return ExitCode.USAGE;
    }
    Throwable io = e instanceof UncheckedIOException ? e.getCause() : e;
    if (io instanceof IOException) {
      return failedIo(String.valueOf(io.getMessage()));
    }
    return bug(e);
  }

  private int bug(Throwable e) {
    complain("wscope: a bug of wscope, please report it: " + e);
    if (Boolean.TRUE.equals(debug.getValue())) {
      e.printStackTrace(commandLine.getErr());
      commandLine.getErr().flush();
    }
    return ExitCode.BUG;
  }

  /** A reader that has seen enough, such as {@code head}, is no failure. */
  private int failedIo(String message) {
    if (message.contains("Broken pipe")) {
      return ExitCode.FINE;
    }
    complain("wscope: " + message);
    return ExitCode.IO;
  }

  private void complain(String line) {
    Screen screen = new Screen(stdio.err(), false, stdio.unicode());
    SafeText.words(screen, line);
    screen.endLine();
    flush(screen);
  }

  /** What was wrong, the line with a mark under the place, and what to type instead. */
  private void complain(BadSpelling e) {
    Screen screen = new Screen(stdio.err(), false, stdio.unicode());
    screen.text("wscope: ").text(e.getMessage()).endLine();
    screen.text("  ").text(e.excerpt()).endLine();
    screen.text("  ").text(e.mark()).endLine();
    screen.text("hint: ").text(e.advice()).text("; this was read as ");
    screen.text(e.spelling().toString()).text(", see --from").endLine();
    flush(screen);
  }

  private static void flush(Screen screen) {
    try {
      screen.flush();
    } catch (UncheckedIOException e) {
      // Nobody hears it; the exit code still tells.
    }
  }

  private static PrintWriter writer(OutputStream out, Stdio stdio) {
    return new PrintWriter(new ScreenWriter(new Screen(out, false, stdio.unicode())));
  }
}
