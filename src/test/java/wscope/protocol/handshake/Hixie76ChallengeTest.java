package wscope.protocol.handshake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The challenge of draft-hixie-thewebsocketprotocol-76 and the response to it. */
class Hixie76ChallengeTest {
  /** The examples of the draft (§1.2, §1.3). */
  @ParameterizedTest
  @CsvSource({
    "'18x 6]8vM;54 *(5:  {   U1]8  z [  8', '1_ tx7X d  <  nw  334J702) 7]o}` 0',"
        + " 155712099, 173347027, Tm[K T2u, 'fQJ,fN/4F4!~K~MH'",
    "'4 @1  46546xW%0l 1 5', '12998 5 Y3 1  .P00', 829309203, 259970620, '^n:ds[4U',"
        + " '8jKS''y:G*Co,Wxa-'",
  })
  void respondsToTheExamplesOfTheDraft(
      String key1, String key2, long first, long second, String body, String response) {
    Hixie76Challenge challenge = challenge(key1, key2, body);
    assertEquals(first, challenge.first());
    assertEquals(second, challenge.second());
    assertTrue(challenge.isValid());
    assertEquals(response, new String(challenge.response(), ISO_8859_1));
  }

  /** The digits divided by the number of spaces: an integer of 32 bits, or -1. */
  @ParameterizedTest(name = "'{0}'")
  @CsvSource({
    "'1 2', 12",
    "'0 ', 0",
    "' ', 0",
    "'x1y5z /:', 15",
    "'1  2', 6",
    "'1  3', -1",
    "'12', -1",
    "'', -1",
    "'4294967295 ', 4294967295",
    "'4294967296 ', -1",
    "'8589934590  ', 4294967295",
    "'9223372036854775799 ', -1",
    "'99999999999999999999999 ', -1",
  })
  void dividesTheDigitsByTheSpaces(String key, long number) {
    assertEquals(number, challenge(key, "1 ", "").first());
    assertEquals(number, challenge("1 ", key, "").second());
    assertEquals(number >= 0, challenge(key, "1 ", "").isValid());
    assertEquals(number >= 0, challenge("1 ", key, "").isValid());
  }

  @ParameterizedTest
  @CsvSource(
      value = {"-, 1", "1, -", "-, -"},
      nullValues = "-")
  void isNullWithoutBothKeys(@Nullable String key1, @Nullable String key2) {
    assertNull(challenge(key1, key2, ""));
  }

  private static Hixie76Challenge challenge(
      @Nullable String key1, @Nullable String key2, String body) {
    List<HeaderField> fields = new ArrayList<>();
    if (key1 != null) {
      fields.add(new HeaderField("Sec-WebSocket-Key1", key1, 0, 0));
    }
    if (key2 != null) {
      fields.add(new HeaderField("Sec-WebSocket-Key2", key2, 0, 0));
    }
    return Hixie76Challenge.of(
        new RequestHead("GET", "/", "HTTP/1.1", fields, 0),
        ByteBuffer.wrap(body.getBytes(ISO_8859_1)));
  }
}
