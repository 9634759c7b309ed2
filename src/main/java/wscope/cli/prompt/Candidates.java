package wscope.cli.prompt;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jline.reader.Candidate;
import org.jspecify.annotations.Nullable;
import wscope.protocol.Fault;
import wscope.protocol.Faults;
import wscope.protocol.FrameFault;
import wscope.protocol.message.CloseCode;
import wscope.protocol.rule.Endpoint;

/** The words that may complete what a user types at a prompt. */
public final class Candidates {
  private static final int MOST_FILES = 100;

  private Candidates() {}

  /** Creates a candidate for a word. A value must follow one that ends with an equals sign. */
  static Candidate of(String word, @Nullable String description) {
    return new Candidate(word, word, null, description, null, null, !word.endsWith("="));
  }

  /** Creates candidates for words. A value must follow those that end with an equals sign. */
  public static List<Candidate> words(Collection<String> words) {
    return words.stream().map(word -> of(word, null)).toList();
  }

  /** The faults that an endpoint can commit in a frame. */
  static List<Candidate> faults(Endpoint self) {
    List<Candidate> candidates = new ArrayList<>();
    for (Fault fault : Faults.of(self)) {
      if (fault instanceof FrameFault) {
        candidates.add(of(fault.id(), fault.title()));
      }
    }
    return candidates;
  }

  /**
   * The candidates for an argument that means the same at every prompt: CODE, FILE, or alternatives
   * in lower case. Others have none.
   *
   * @param typed the beginning of the argument
   */
  static List<Candidate> common(String argument, String typed) {
    List<Candidate> candidates = new ArrayList<>();
    for (String name : argument.split("\\|", -1)) {
      if (name.equals("CODE")) {
        codes(candidates);
      } else if (name.equals("FILE")) {
        files(candidates, typed);
      } else if (argument.length() > name.length() && Character.isLowerCase(name.charAt(0))) {
        candidates.add(of(name, null));
      }
    }
    return candidates;
  }

  /** Adds the close codes that have a name and may be sent. */
  private static void codes(List<Candidate> candidates) {
    for (CloseCode code : CloseCode.values()) {
      if (CloseCode.brokenBy(code.code()) == null) {
        candidates.add(of(Integer.toString(code.code()), CloseCode.label(code.code())));
      }
    }
  }

  /** Adds the files of the directory that was typed, and those of this one without a directory. */
  private static void files(List<Candidate> candidates, String typed) {
    String directory = typed.substring(0, typed.lastIndexOf('/') + 1);
    try (Stream<Path> files = Files.list(Path.of(directory))) {
      files
          .filter(file -> isTypable(file.getFileName().toString()))
          .sorted()
          .limit(MOST_FILES)
          .forEach(file -> candidates.add(file(directory, file)));
    } catch (IOException | UncheckedIOException | InvalidPathException e) {
      // Without the files, other words can still be completed.
    }
  }

  private static Candidate file(String directory, Path file) {
    String name = directory + file.getFileName();
    return Files.isDirectory(file)
        ? new Candidate(name + "/", name + "/", null, null, null, null, false)
        : of(name, null);
  }

  /** Whether a name is one word that a terminal shows as it is, and not hidden. */
  private static boolean isTypable(String name) {
    return !name.startsWith(".")
        && name.codePoints()
            .allMatch(c -> Character.isLetterOrDigit(c) || "-_.+@,".indexOf(c) >= 0);
  }
}
