package wscope.cli.install;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import wscope.cli.option.FileConverter;
import wscope.cli.option.Flag;
import wscope.cli.process.ExitCode;
import wscope.cli.process.Failure;
import wscope.cli.process.Stdio;
import wscope.report.text.SafeText;
import wscope.report.text.Screen;

/**
 * {@code wscope install}: puts the executable, manual pages and completions where they belong, or
 * removes them.
 */
public final class InstallCommand implements Callable<Integer> {
  private static final String FISH_PROFILE = "add to ~/.config/fish/config.fish: ";

  /** The places of the bash-completion package on Linux, and on macOS with Homebrew. */
  private static final List<Path> BASH_COMPLETIONS =
      List.of(
          Path.of("/usr/share/bash-completion/bash_completion"),
          Path.of("/usr/local/share/bash-completion/bash_completion"),
          Path.of("/opt/homebrew/share/bash-completion/bash_completion"));

  private final Stdio stdio;
  private final List<String> commands;
  private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);
  private final OptionSpec prefix;
  private final OptionSpec uninstall;

  /**
   * Creates the command.
   *
   * @param commands the names of the commands that have a manual page
   */
  public InstallCommand(Stdio stdio, List<String> commands) {
    this.stdio = stdio;
    this.commands = commands;
    prefix =
        FileConverter.option("--prefix")
            .paramLabel("DIR")
            .description("Install into DIR/bin and DIR/share. Default: ~/.local.")
            .build();
    uninstall = Flag.of("--uninstall", "Remove what an earlier install wrote into DIR.");
    spec.usageMessage()
        .description("Installs the executable, manual pages and completions.")
        .footer(
            "",
            "Examples:",
            "  wscope install",
            "  sudo wscope install --prefix /usr/local",
            "  java -jar wscope.jar install",
            "  wscope install --uninstall");
    spec.addOption(prefix);
    spec.addOption(uninstall);
  }

  public CommandSpec spec() {
    return spec;
  }

  @Override
  public Integer call() throws IOException, Failure {
    if (File.separatorChar == '\\') {
      throw new Failure(
          ExitCode.USAGE, "on Windows, copy wscope.jar and wscope.cmd into a directory in PATH");
    }
    Path root = root().toAbsolutePath().normalize();
    Screen screen = new Screen(stdio.out(), false, stdio.unicode());
    Installation installation = new Installation(root, commands);
    if (Flag.isSet(uninstall)) {
      List<Path> removed = installation.remove();
      if (removed.isEmpty()) {
        throw new Failure(ExitCode.USAGE, "nothing of wscope is in " + root + "; see --prefix");
      }
      removed.forEach(file -> line(screen, "removed ", file.toString()));
    } else {
      installation.write().forEach(file -> line(screen, "installed ", file.toString()));
      advise(root, screen);
    }
    screen.flush();
    return ExitCode.FINE;
  }

  private Path root() throws Failure {
    Path given = prefix.getValue();
    if (given != null) {
      return given;
    }
    String home = System.getenv("HOME");
    if (home == null || home.isEmpty()) {
      throw new Failure(ExitCode.USAGE, "HOME is not set; add --prefix DIR");
    }
    try {
      return Path.of(home, ".local");
    } catch (InvalidPathException e) {
      throw new Failure(ExitCode.USAGE, "HOME: " + FileConverter.invalid(home));
    }
  }

  /** Shows the remaining steps for the user in this environment. */
  private static void advise(Path root, Screen screen) {
    String shell = String.valueOf(System.getenv("SHELL"));
    String bin = root.resolve("bin").toString();
    String path = String.valueOf(System.getenv("PATH"));
    if (!Arrays.asList(path.split(File.pathSeparator, -1)).contains(bin)) {
      // Manual pages are also found through PATH.
      if (shell.endsWith("/fish")) {
        line(screen, FISH_PROFILE, "fish_add_path \"" + bin + "\"");
      } else {
        line(screen, "add to your shell's profile: ", "PATH=\"" + bin + ":$PATH\"");
      }
    }
    if (root.startsWith("/usr")) {
      return;
    }
    if (shell.endsWith("/zsh")) {
      String functions = root.resolve(Installation.ZSH).toString();
      line(screen, "add to ~/.zshrc, before compinit: ", "fpath=(\"" + functions + "\" $fpath)");
    } else if (shell.endsWith("/bash") && !(isHome(root) && hasBashCompletion())) {
      line(screen, "add to ~/.bashrc: ", ". \"" + root.resolve(Installation.BASH) + "\"");
    } else if (shell.endsWith("/fish") && !isHome(root)) {
      String completions = root.resolve(Installation.FISH).toString();
      line(screen, FISH_PROFILE, "set -a fish_complete_path \"" + completions + "\"");
    }
  }

  /** Whether a directory is one in which bash and fish look for completions. */
  private static boolean isHome(Path root) {
    String home = System.getenv("HOME");
    try {
      return home != null && root.equals(Path.of(home, ".local"));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /** Whether bash-completion is installed, which bash needs to load completions on demand. */
  private static boolean hasBashCompletion() {
    return BASH_COMPLETIONS.stream().anyMatch(Files::exists);
  }

  private static void line(Screen screen, String words, String text) {
    screen.text(words);
    SafeText.words(screen, text);
    screen.endLine();
  }
}
