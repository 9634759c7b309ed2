package wscope.input.spelling;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same bytes as many tools print them. {@code capture.bin} holds them as they are; they are
 * made to be hard to read back: equal rows that dumps leave out, and text that looks like hex.
 */
class SpellingFilesTest {
  private static final int SHOWN_BY_NODE = 50;

  static Stream<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".txt"))
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void whole(String name) throws IOException {
    byte[] text = bytes(name);
    assertEquals(expected(name), Spelled.of(new ByteArrayInputStream(text), null, 64 << 10));
  }

  @ParameterizedTest
  @MethodSource("files")
  void inAnyCut(String name) throws IOException {
    byte[] text = bytes(name);
    String expected = expected(name);
    assertEquals(expected, Spelled.of(new Drip(text, 1), null, 64 << 10), "by byte");
    assertEquals(expected, Spelled.of(new Drip(text, 9), null, 1), "into one byte");
    for (int i = 1; i < text.length; i++) {
      int cut = i;
      assertEquals(expected, Spelled.of(Drip.inTwo(text, cut), null, 999), () -> "cut at " + cut);
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void withTheLineEndsOfWindows(String name) throws IOException {
    byte[] text = new String(bytes(name), ISO_8859_1).replace("\n", "\r\n").getBytes(ISO_8859_1);
    assertEquals(expected(name), Spelled.of(new ByteArrayInputStream(text), null, 64 << 10));
  }

  @ParameterizedTest
  @MethodSource("files")
  void withTheSpellingThatWasFound(String name) throws IOException {
    byte[] text = bytes(name);
    Guess guess = new SpelledBytes(new ByteArrayInputStream(text), null).guess();
    assertEquals(
        expected(name), Spelled.of(new ByteArrayInputStream(text), guess.spelling(), 64 << 10));
  }

  @ParameterizedTest
  @MethodSource("files")
  void isNoGuess(String name) throws IOException {
    Guess guess = new SpelledBytes(new ByteArrayInputStream(bytes(name)), null).guess();
    assertNull(guess.other());
  }

  private static String expected(String name) throws IOException {
    String binary = name.replace(".txt", ".bin");
    byte[] bytes = bytes(Files.exists(folder().resolve(binary)) ? binary : "capture.bin");
    String hex = HexFormat.of().formatHex(bytes);
    return name.equals("node-buffer-short.txt") ? hex.substring(0, 2 * SHOWN_BY_NODE) : hex;
  }

  private static byte[] bytes(String name) throws IOException {
    return Files.readAllBytes(folder().resolve(name));
  }

  private static Path folder() throws IOException {
    try {
      return Path.of(SpellingFilesTest.class.getResource("/spellings").toURI());
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }
}
