package wscope.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import wscope.protocol.handshake.HeaderField;
import wscope.protocol.handshake.RequestHead;

/** Keys that a client does not choose at random. */
class ClientSecretsTest {
  private final ClientSecrets secrets = new ClientSecrets();

  private Observation seen(byte[] key, Integer... masks) {
    Observation seen = new Observation();
    HeaderField field =
        new HeaderField("Sec-WebSocket-Key", Base64.getEncoder().encodeToString(key), 0, 0);
    seen.request = new RequestHead("GET", "/", "HTTP/1.1", List.of(field), 0);
    seen.maskingKeys.addAll(List.of(masks));
    secrets.note(seen);
    return seen;
  }

  private static byte[] random(long seed) {
    byte[] key = new byte[16];
    new Random(seed).nextBytes(key);
    return key;
  }

  @Test
  void acceptsRandomKeys() {
    for (int i = 0; i < 500; i++) {
      Random random = new Random(1000 + i);
      Observation seen =
          seen(random(i), random.nextInt(), random.nextInt(), random.nextInt(), random.nextInt());
      assertEquals(null, seen.keyTrouble, "seed " + i);
      assertEquals(null, seen.maskTrouble, "seed " + i);
    }
  }

  @Test
  void findsAKeyThatIsUsedAgain() {
    seen(random(1));
    seen(random(2));
    assertEquals("the key is that of an earlier connection", seen(random(1)).keyTrouble);
  }

  @Test
  void findsAKeyThatCounts() {
    byte[] key = random(1);
    seen(key);
    key[15]++;
    assertEquals(
        "15 of the 16 bytes of the key are those of an earlier connection", seen(key).keyTrouble);
  }

  @Test
  void findsAKeyOfOneByte() {
    assertEquals("the 16 bytes of the key are all the same", seen(new byte[16]).keyTrouble);
  }

  @Test
  void findsPatternsOfMasks() {
    assertEquals("the masking key of frame 2 is zero", seen(random(1), 5, 0).maskTrouble);
    assertEquals("frames 1 and 3 have the same masking key", seen(random(2), 5, 9, 5).maskTrouble);
    assertEquals(
        "each masking key is the one before it plus 7", seen(random(3), 1, 8, 15, 22).maskTrouble);
    assertEquals(null, seen(random(4), 1, 8, 15).maskTrouble);
    assertEquals(null, seen(random(5), 11, 8, 19, 5).maskTrouble);
    assertEquals(
        "the first two masking keys are those of an earlier connection",
        seen(random(6), 11, 8, 3, 900).maskTrouble);
  }
}
