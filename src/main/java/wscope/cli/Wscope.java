package wscope.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ScopeType;
import wscope.cli.acceptkey.AcceptKeyCommand;
import wscope.cli.check.CheckCommand;
import wscope.cli.connect.ConnectCommand;
import wscope.cli.decode.DecodeCommand;
import wscope.cli.encode.EncodeCommand;
import wscope.cli.explain.ExplainCommand;
import wscope.cli.install.CompletionCommand;
import wscope.cli.install.InstallCommand;
import wscope.cli.process.Program;
import wscope.cli.process.Stdio;
import wscope.cli.proxy.ProxyCommand;
import wscope.cli.rules.RulesCommand;
import wscope.cli.serve.ServeCommand;
import wscope.report.text.Screen;

/**
 * The command {@code wscope}: finds the subcommand and runs it.
 *
 * <p>A short command ends before the just-in-time compiler is warm and spends most of its time
 * loading classes. Therefore this class builds only the model of the command that runs, without
 * lambdas or annotations.
 */
public final class Wscope implements IVersionProvider {
  private static final int HELP_WIDTH = 80;

  /** The minimum width that picocli allows. */
  private static final int LEAST_HELP_WIDTH = 55;

  /** Longer lines are hard to read, however wide the terminal is. */
  private static final int MOST_HELP_WIDTH = 120;

  /**
   * The types that no option has. Picocli would look up their converters by reflection at each
   * start.
   */
  private static final String UNUSED_TYPES = "java\\.(sql|time)\\..*";

  /** The names of the commands, in the order of the help. The help command is last. */
  static final List<String> COMMANDS =
      List.of(
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

  private final Stdio stdio;
  private final OptionSpec debug = debug();
  private final Failures failures;
  private final ScreenWriter help;

  Wscope(Stdio stdio) {
    this.stdio = stdio;
    failures = new Failures(stdio, debug);
    help = new ScreenWriter(new Screen(stdio.out(), false, stdio.unicode()));
  }

  /** Runs one command and exits with its code. */
  public static void main(String[] args) {
    System.setProperty("picocli.converters.excludes", UNUSED_TYPES);
    Wscope wscope = new Wscope(Stdio.ofProcess());
    Thread.setDefaultUncaughtExceptionHandler(wscope.failures);
    System.exit(wscope.run(Arguments.asTyped(args)));
  }

  /** Runs one command. */
  int run(String... args) {
    boolean named = args.length > 0 && COMMANDS.contains(args[0]);
    try {
      int exitCode =
          commandLine(named ? List.of(args[0]) : withHelp())
              .execute(args.length == 0 ? new String[] {"help"} : args);
      IOException failure = help.failure();
      return failure == null ? exitCode : failures.failed(failure);
    } catch (Error e) {
      return failures.failed(e);
    }
  }

  /** Creates the model of all commands, to generate files from it. */
  CommandLine commandLine() {
    return commandLine(withHelp());
  }

  private static List<String> withHelp() {
    List<String> commands = new ArrayList<>(COMMANDS);
    commands.add("help");
    return commands;
  }

  private CommandLine commandLine(List<String> commands) {
    CommandSpec spec = CommandSpec.create().name("wscope");
    spec.usageMessage()
        .description("A microscope for WebSocket that shows every bit and names every broken rule.")
        .footer(
            "",
            "Examples:",
            "  wscope decode 81 83 3d 54 23 06 70 10 6d",
            "  wscope serve --tls",
            "  wscope explain 1006",
            "  wscope help decode");
    spec.addOption(debug);
    for (String command : commands) {
      CommandSpec subcommand = subcommand(command);
      spec.addSubcommand(command, subcommand);
      describe(subcommand);
    }
    describe(spec);
    return new CommandLine(spec)
        // A payload may begin with @. It must not be read as the name of a file with arguments.
        .setExpandAtFiles(false)
        .setUsageHelpWidth(helpWidth())
        .setHelpFactory(new CommandHelp())
        .setOut(new PrintWriter(help))
        .setErr(new PrintWriter(new ScreenWriter(new Screen(stdio.err(), false, stdio.unicode()))))
        .setParameterExceptionHandler(failures)
        .setExecutionExceptionHandler(failures);
  }

  private int helpWidth() {
    int columns = stdio.columns();
    return columns == 0
        ? HELP_WIDTH
        : Math.max(LEAST_HELP_WIDTH, Math.min(columns, MOST_HELP_WIDTH));
  }

  private CommandSpec subcommand(String name) {
    return switch (name) {
      case "decode" -> new DecodeCommand(stdio).spec();
      case "encode" -> new EncodeCommand(stdio).spec();
      case "serve" -> new ServeCommand(stdio).spec();
      case "connect" -> new ConnectCommand(stdio).spec();
      case "proxy" -> new ProxyCommand(stdio).spec();
      case "check" -> new CheckCommand(stdio).spec();
      case "accept-key" -> new AcceptKeyCommand(stdio).spec();
      case "rules" -> new RulesCommand(stdio).spec();
      case "explain" -> new ExplainCommand(stdio).spec();
      case "completion" -> new CompletionCommand(stdio).spec();
      case "install" -> new InstallCommand(stdio, COMMANDS).spec();
      default -> new HelpCommand().spec();
    };
  }

  private static OptionSpec debug() {
    return OptionSpec.builder("--debug")
        .type(boolean.class)
        .scopeType(ScopeType.INHERIT)
        .description("Show the stack trace of a bug in wscope.")
        .build();
  }

  /** Adds the options that every command has. */
  private void describe(CommandSpec spec) {
    spec.addOption(
            OptionSpec.builder("-h", "--help")
                .type(boolean.class)
                .usageHelp(true)
                .description("Show this help message and exit.")
                .build())
        .addOption(
            OptionSpec.builder("-V", "--version")
                .type(boolean.class)
                .versionHelp(true)
                .description("Print version information and exit.")
                .build())
        .versionProvider(this);
  }

  /** The details that a bug report needs: wscope, Java and the system. */
  @Override
  public String[] getVersion() {
    return new String[] {
      Program.name(),
      "Java " + Runtime.version() + ", " + System.getProperty("java.vendor"),
      String.join(
          " ",
          System.getProperty("os.name"),
          System.getProperty("os.version"),
          System.getProperty("os.arch"))
    };
  }
}
