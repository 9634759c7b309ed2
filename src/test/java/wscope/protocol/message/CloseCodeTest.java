package wscope.protocol.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names and meanings of close codes (RFC 6455 §7.4, and the registry of §11.7). */
class CloseCodeTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "0, out of range, nobody may send this code",
    "999, out of range, nobody may send this code",
    "1000, normal closure, either end may send this code",
    "1001, going away, either end may send this code",
    "1002, protocol error, either end may send this code",
    "1003, unsupported data, either end may send this code",
    "1004, reserved, nobody may send this code",
    "1005, no status received, nobody may send this code",
    "1006, abnormal closure, nobody may send this code",
    "1007, invalid frame payload data, either end may send this code",
    "1008, policy violation, either end may send this code",
    "1009, message too big, either end may send this code",
    "1010, mandatory extension, a client may send this code",
    "1011, internal error, either end may send this code",
    "1012, service restart, a server may send this code",
    "1013, try again later, a server may send this code",
    "1014, bad gateway, a gateway may send this code",
    "1015, TLS handshake, nobody may send this code",
    "1016, unassigned, nobody may send this code",
    "2999, unassigned, nobody may send this code",
    "3000, unauthorized, either end may send this code",
    "3001, for libraries and frameworks, either end may send this code",
    "3003, forbidden, either end may send this code",
    "3008, timeout, either end may send this code",
    "3999, for libraries and frameworks, either end may send this code",
    "4000, for private use, either end may send this code",
    "4999, for private use, either end may send this code",
    "5000, out of range, nobody may send this code",
    "65535, out of range, nobody may send this code",
  })
  void hasANameAndASender(int code, String label, String sender) {
    assertEquals(label, CloseCode.label(code));
    String meaning = CloseCode.meaning(code);
    assertEquals(sender, meaning.substring(0, meaning.indexOf(':')));
  }

  /** The ranges of §7.4.2 differ in who defines the meaning of a code. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "3001, with IANA",
    "3999, with IANA",
    "4000, the applications agree",
    "4999, the applications agree",
    "1016, no meaning",
  })
  void saysWhoDefinesTheMeaning(int code, String words) {
    assertTrue(CloseCode.meaning(code).contains(words), CloseCode.meaning(code));
  }

  @Test
  void constantsAreInTheOrderOfTheirCodes() {
    CloseCode[] codes = CloseCode.values();
    for (int i = 0; i < codes.length; i++) {
      assertEquals(1000 + i, codes[i].code());
    }
  }
}
