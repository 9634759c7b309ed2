package wscope.input;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import wscope.input.spelling.InvalidSpelling;

/** Nothing is found in texts that have no frames. */
class NegativeTextTest {
  private static final int ROUNDS = 2000;

  @Test
  void nothingIsFound() throws IOException {
    for (int seed = 0; seed < ROUNDS; seed++) {
      String text = new FramelessText(new Random(seed)).next();
      int current = seed;
      assertEquals(List.of(), finds(text), () -> "seed " + current + "\n" + text);
    }
  }

  /** Each find; an error may end the text. */
  private static List<Find> finds(String text) throws IOException {
    Finder finder = new Finder(new ByteArrayInputStream(text.getBytes(UTF_8)));
    try {
      while (finder.next() != null) {
        // Only what was read is wanted.
      }
    } catch (InvalidSpelling e) {
      return finder.reading().finds();
    }
    return finder.reading().finds();
  }
}
