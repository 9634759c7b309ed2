package wscope.input;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import wscope.support.SampleHandshake;

/** Random frames in a random spelling within random noise are read back. */
class FinderPropertyTest {
  private static final int ROUNDS = 3000;

  @Test
  void spelledFramesAreReadBack() {
    for (int seed = 0; seed < ROUNDS; seed++) {
      Random random = new Random(seed);
      byte[] frames = new RandomFrames(random).next();
      List<String> expected = new ArrayList<>();
      String text = text(frames, random, expected);
      int current = seed;
      assertEquals(
          expected, Paste.readAll(text.getBytes(UTF_8)), () -> "seed " + current + "\n" + text);
    }
  }

  private static String text(byte[] frames, Random random, List<String> expected) {
    RandomNoise noise = new RandomNoise(random);
    RandomSpelling spelling = new RandomSpelling(random);
    StringBuilder text = new StringBuilder(noise.prose());
    if (random.nextInt(5) == 0) {
      text.append(handshake(expected));
    }
    String bytes =
        random.nextInt(3) == 0 ? spelling.rows(frames) : noise.prefix() + spelling.line(frames);
    text.append(noise.framed(bytes.endsWith("\n") ? bytes : bytes + "\n")).append(noise.prose());
    expected.add("bytes: " + HexFormat.ofDelimiter(" ").formatHex(frames));
    return text.toString();
  }

  private static String handshake(List<String> expected) {
    String request = SampleHandshake.REQUEST.replace("\r\n", "\n");
    String response = SampleHandshake.RESPONSE.replace("\r\n", "\n");
    expected.add(request.strip());
    expected.add(response.strip());
    return request + response;
  }
}
