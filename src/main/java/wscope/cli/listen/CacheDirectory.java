package wscope.cli.listen;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import wscope.cli.process.UserFiles;

/** The directory in which the system keeps the user's caches. */
public final class CacheDirectory {
  private CacheDirectory() {}

  /**
   * The directory of wscope, which need not exist.
   *
   * @param environment returns the value of a variable; null if the variable is not set
   * @param system the name of the operating system, as Java gives it
   * @throws IOException if the environment does not name a directory
   */
  public static Path of(UnaryOperator<@Nullable String> environment, String system)
      throws IOException {
    String name = system.toLowerCase(Locale.ROOT);
    if (name.startsWith("windows")) {
      return named(environment, "LOCALAPPDATA").resolve("wscope");
    }
    if (name.startsWith("mac")) {
      return named(environment, "HOME").resolve("Library").resolve("Caches").resolve("wscope");
    }
    Path cache = UserFiles.absolute(environment.apply("XDG_CACHE_HOME"));
    return (cache == null ? named(environment, "HOME").resolve(".cache") : cache).resolve("wscope");
  }

  private static Path named(UnaryOperator<@Nullable String> environment, String variable)
      throws IOException {
    String value = environment.apply(variable);
    Path path = UserFiles.absolute(value);
    if (path == null) {
      boolean unset = value == null || value.isEmpty();
      throw new IOException(variable + (unset ? " is not set" : " is not an absolute path"));
    }
    return path;
  }
}
