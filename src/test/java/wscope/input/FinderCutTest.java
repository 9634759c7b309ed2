package wscope.input;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import wscope.input.spelling.Drip;

/** What a text gives does not depend on the pieces in which it comes, nor on its line ends. */
class FinderCutTest {
  /** Longer texts are cut at some random places only: to cut them everywhere takes minutes. */
  private static final int SHORT = 40;

  private static final int RANDOM_CUTS = 2;

  /** Pastes that are read as raw bytes, whose line ends are bytes too. */
  private static final Set<String> RAW =
      Set.of("literals/node-json-latin1.txt", "other/curl-include-raw.txt");

  private static final String BYTE_ORDER_MARK = "\u00ef\u00bb\u00bf";

  static Stream<Paste> pastes() throws IOException {
    return Paste.all().stream();
  }

  @ParameterizedTest
  @MethodSource("pastes")
  void givesTheSameByteByByte(Paste paste) {
    byte[] text = paste.bytes();
    assertEquals(whole(text), read(new Drip(text, 1)));
  }

  @ParameterizedTest
  @MethodSource("pastes")
  void givesTheSameInAnyTwoPieces(Paste paste) {
    byte[] text = paste.bytes();
    String whole = whole(text);
    cuts(text.length)
        .forEach(cut -> assertEquals(whole, read(Drip.inTwo(text, cut)), "cut at " + cut));
  }

  private static IntStream cuts(int length) {
    return length < SHORT
        ? IntStream.range(1, length)
        : new Random(length).ints(RANDOM_CUTS, 1, length);
  }

  static Stream<Paste> lines() throws IOException {
    return pastes().filter(paste -> !RAW.contains(paste.name()) && !paste.text().contains("\r"));
  }

  @ParameterizedTest
  @MethodSource("lines")
  void givesTheSameWithTheLineEndsOfWindows(Paste paste) {
    byte[] text = paste.text().replace("\n", "\r\n").getBytes(ISO_8859_1);
    assertEquals(whole(paste.bytes()), whole(text));
  }

  static Stream<Paste> unmarked() throws IOException {
    return pastes()
        .filter(paste -> !RAW.contains(paste.name()) && !paste.text().startsWith(BYTE_ORDER_MARK));
  }

  @ParameterizedTest
  @MethodSource("unmarked")
  void givesTheSameAfterAByteOrderMark(Paste paste) {
    byte[] text = (BYTE_ORDER_MARK + paste.text()).getBytes(ISO_8859_1);
    assertEquals(whole(paste.bytes()), whole(text));
  }

  /** A mark before bytes as they are is one of the bytes. */
  @Test
  void aByteOrderMarkBelongsToRawBytes() throws Exception {
    byte[] text = (BYTE_ORDER_MARK + "\u0081\u0002ok").getBytes(ISO_8859_1);
    Finder finder = new Finder(new Drip(text, 1));
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    for (Found found = finder.next(); found != null; found = finder.next()) {
      while (found.bytes().hasRemaining()) {
        read.write(found.bytes().get());
      }
    }
    assertArrayEquals(text, read.toByteArray());
  }

  private static String whole(byte[] text) {
    return read(new ByteArrayInputStream(text));
  }

  /** What is read, and what is said of it. */
  private static String read(InputStream text) {
    Finder finder = new Finder(text);
    List<String> read = Paste.readAll(finder);
    Reading reading = finder.reading();
    return String.join("\n", read)
        + ("\nfinds: " + reading.finds())
        + ("\ndoubtful: " + reading.doubtful())
        + ("\npassed over: " + reading.passedOver() + " from " + reading.firstPassedOver());
  }
}
