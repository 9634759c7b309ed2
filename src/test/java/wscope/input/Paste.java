package wscope.input;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.function.ThrowingSupplier;
import wscope.input.spelling.InvalidSpelling;

/**
 * A text that people paste, and what must be read of it. {@code pastes/README.md} describes the
 * files.
 *
 * @param name of its file
 * @param text of the paste, one character for each byte
 * @param expected heads and bytes in their order, see {@link #read}
 */
record Paste(String name, String text, List<String> expected) {
  private static final String ERROR = "error: ";
  private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

  @Override
  public String toString() {
    return name;
  }

  /** Whether no frame and no head may be read. */
  boolean expectsNothing() {
    return expected.isEmpty();
  }

  byte[] bytes() {
    return text.getBytes(ISO_8859_1);
  }

  /** All pastes in {@code src/test/resources/pastes}. */
  static List<Paste> all() throws IOException {
    Path folder = folder();
    try (Stream<Path> files = Files.walk(folder)) {
      List<Paste> pastes = new ArrayList<>();
      for (Path file : files.filter(each -> each.toString().endsWith(".txt")).sorted().toList()) {
        pastes.add(of(folder, file));
      }
      return pastes;
    }
  }

  private static Path folder() throws IOException {
    try {
      return Path.of(Paste.class.getResource("/pastes").toURI());
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }

  private static Paste of(Path folder, Path file) throws IOException {
    Path expectation = Path.of(file.toString().replaceAll("\\.txt$", ".expected"));
    List<String> expected =
        Files.exists(expectation) ? expected(Files.readAllLines(expectation, UTF_8)) : List.of();
    return new Paste(
        folder.relativize(file).toString(), Files.readString(file, ISO_8859_1), expected);
  }

  private static List<String> expected(List<String> lines) {
    List<String> expected = new ArrayList<>();
    for (String line : lines) {
      if (line.startsWith("  ") && !expected.isEmpty()) {
        int last = expected.size() - 1;
        String line1 = line.substring(2);
        String before = expected.get(last);
        expected.set(last, before.isEmpty() ? line1 : before + "\n" + line1);
      } else if (line.startsWith("request:") || line.startsWith("response:")) {
        expected.add("");
      } else if (line.startsWith("bytes")) {
        addBytes(expected, line.substring(line.indexOf(':') + 1).strip());
      }
    }
    return requestFirst(expected);
  }

  /** A request is read before its response, wherever it stands. */
  private static List<String> requestFirst(List<String> heads) {
    if (heads.size() > 1 && isResponse(heads.get(0)) && !isResponse(heads.get(1))) {
      if (!heads.get(1).startsWith("bytes: ")) {
        heads.add(0, heads.remove(1));
      }
    }
    return heads;
  }

  private static boolean isResponse(String head) {
    return head.regionMatches(true, 0, "HTTP/", 0, 5);
  }

  /** Adds bytes to those before them, or begins with them. */
  private static void addBytes(List<String> read, String hex) {
    int last = read.size() - 1;
    if (last >= 0 && read.get(last).startsWith("bytes: ")) {
      read.set(last, read.get(last) + " " + hex);
    } else {
      read.add("bytes: " + hex);
    }
  }

  /**
   * What is read of a text: heads without their empty line, and frame bytes in hex.
   *
   * @throws InvalidSpelling at the first line that is neither bytes nor words
   */
  static List<String> read(InputStream text) throws IOException, InvalidSpelling {
    Finder finder = new Finder(text);
    return read(finder::next);
  }

  /** What is read of a text; if there is an error, its message follows. */
  static List<String> readAll(byte[] text) {
    return readAll(new Finder(new ByteArrayInputStream(text)));
  }

  /** What a finder reads to its end; if there is an error, its message follows. */
  static List<String> readAll(Finder finder) {
    List<String> read = new ArrayList<>();
    try {
      read(finder::next, read);
    } catch (InvalidSpelling e) {
      read.add(ERROR + e.getMessage());
    }
    return read;
  }

  /** Whether this is the message of an error. */
  static boolean isError(String read) {
    return read.startsWith(ERROR);
  }

  private static List<String> read(ThrowingSupplier<Found> next) throws InvalidSpelling {
    List<String> read = new ArrayList<>();
    read(next, read);
    return read;
  }

  private static void read(ThrowingSupplier<Found> next, List<String> read) throws InvalidSpelling {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      for (Found found = next.get(); found != null; found = next.get()) {
        if (found.begins()) {
          split(bytes, read);
        }
        byte[] piece = new byte[found.bytes().remaining()];
        found.bytes().get(piece);
        bytes.writeBytes(piece);
      }
    } catch (InvalidSpelling e) {
      split(bytes, read);
      throw e;
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
    split(bytes, read);
  }

  /** Splits what was read into heads and bytes. */
  private static void split(ByteArrayOutputStream bytes, List<String> read) {
    String rest = bytes.toString(ISO_8859_1);
    bytes.reset();
    while (rest.matches("(?si)^(GET |HTTP/|POST ).*")) {
      int end = rest.indexOf("\r\n\r\n");
      String head = end < 0 ? rest : rest.substring(0, end);
      read.add(head.replace("\r\n", "\n"));
      rest = end < 0 ? "" : rest.substring(end + 4);
    }
    if (!rest.isEmpty()) {
      addBytes(read, HEX.formatHex(rest.getBytes(ISO_8859_1)));
    }
  }
}
