package wscope.cli.option;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;

/** Reads the name of a file, which may have characters that Java cannot use in this locale. */
public final class FileConverter implements ITypeConverter<Path> {
  /**
   * The working directory under a name that is valid in every locale. Java can lose the real name
   * only on Linux.
   */
  private static final Path HERE = Path.of("/proc/self/cwd");

  private final boolean mayBeInput;

  /** Reads the name of a file, which is not that of standard input or output. */
  public FileConverter() {
    this(false);
  }

  private FileConverter(boolean mayBeInput) {
    this.mayBeInput = mayBeInput;
  }

  /** Creates an option that names a file. */
  public static OptionSpec.Builder option(String name) {
    return option(name, new FileConverter());
  }

  /** Creates an option that names a file to read, or standard input by {@code -}. */
  public static OptionSpec.Builder input(String name) {
    return option(name, new FileConverter(true));
  }

  private static OptionSpec.Builder option(String name, FileConverter converter) {
    return OptionSpec.builder(name).paramLabel("FILE").type(Path.class).converters(converter);
  }

  /** Whether the working directory has a name that Java could not read in this locale. */
  private static boolean isHereLost() {
    return System.getProperty("user.dir").indexOf('\ufffd') >= 0;
  }

  @Override
  public Path convert(String name) {
    if (name.isEmpty()) {
      throw new TypeConversionException("'' is not a file name");
    }
    if (name.equals("-") && !mayBeInput) {
      throw new TypeConversionException(
          "'-' is not a file name here, and means neither standard input nor standard output; name"
              + " a file, or write ./- for one with the name -");
    }
    try {
      Path path = Path.of(name);
      boolean found = path.isAbsolute() || name.equals("-") || !isHereLost();
      return found ? path : HERE.resolve(path);
    } catch (InvalidPathException e) {
      throw new TypeConversionException(invalid(name));
    }
  }

  /** The error for an invalid file name, with advice. */
  public static String invalid(String name) {
    boolean ascii = name.chars().allMatch(c -> c < 0x80);
    return "'"
        + name
        + "' is not a valid file name"
        + (ascii ? "" : " in this locale; set LC_ALL to one with UTF-8, such as C.UTF-8");
  }
}
