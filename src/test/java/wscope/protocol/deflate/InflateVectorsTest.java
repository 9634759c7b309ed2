package wscope.protocol.deflate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import wscope.cli.decode.DeflateText;
import wscope.protocol.Vectors;

/**
 * What a {@link MessageInflater} makes of known messages: whole, byte by byte and in two pieces.
 */
class InflateVectorsTest {
  static Stream<Arguments> messages() {
    return Vectors.arguments("deflate.csv");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("messages")
  void inflatesAsInTheVectors(String name, Vectors.Row row) {
    DeflateParameters agreed = DeflateText.read(row.cell("agreed")).parameters();
    List<byte[]> messages =
        Arrays.stream(row.cell("messages").split("\\|", -1)).map(Vectors::bytes).toList();
    String expected =
        Arrays.stream(row.cell("expected").split("\\|", -1))
            .map(String::strip)
            .collect(Collectors.joining(" | "));
    assertEquals(expected, read(agreed, messages, new int[0]));
    int longest = messages.stream().mapToInt(message -> message.length).max().orElseThrow();
    assertEquals(expected, read(agreed, messages, IntStream.range(0, longest + 1).toArray()));
    for (int cut = 0; cut <= longest; cut++) {
      assertEquals(expected, read(agreed, messages, cut), "cut before byte " + cut);
    }
  }

  private static String read(DeflateParameters agreed, List<byte[]> messages, int... cuts) {
    try (DeflateReader reader = new DeflateReader(agreed, Long.MAX_VALUE)) {
      return messages.stream()
          .map(message -> reader.read(message, cuts).text())
          .collect(Collectors.joining(" | "));
    }
  }
}
