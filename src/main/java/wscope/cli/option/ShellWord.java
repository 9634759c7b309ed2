package wscope.cli.option;

import java.io.File;
import java.util.regex.Pattern;

/** A word as typed in a POSIX shell. */
public final class ShellWord {
  private static final Pattern PLAIN = Pattern.compile("[\\w@%+=:,./-]+");

  private ShellWord() {}

  /** Returns the word itself, or the word in quotes if the shell would change it. */
  public static String of(String word) {
    boolean plain = PLAIN.matcher(word.replace(File.separatorChar, '/')).matches();
    return plain ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
