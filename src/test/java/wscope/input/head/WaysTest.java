package wscope.input.head;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WaysTest {
  @ParameterizedTest
  @CsvSource({
    "'< ', IN",
    "'<<< ', IN",
    "'<-- ', IN",
    "'--> ', OUT",
    "'=> ', OUT",
    "'#2 > ', OUT",
    "'DEBUG:websockets.client:> ', OUT",
    "'RX: ', IN",
    "'TX: ', OUT",
    "'[out] ', OUT",
    "'13:00:01 received ', IN",
    "'> ', null",
    "'>> ', null",
    "'-> ', null",
    "'17:43:13.645 -> ', null",
    "'web_1  | ', null",
    "'S> ', null",
    "'C> ', CLIENT"
  })
  void theTextBeforeTheStartLineSaysWhoSentIt(String prefix, String way) {
    String text = prefix + "GET / HTTP/1.1\n" + prefix + "Host: x\n";
    assertEquals(way, FoundHeads.in(text).ways());
  }

  @ParameterizedTest
  @CsvSource({
    "SENDING:, OUT",
    "[in], IN",
    "'=> Send header, 180 bytes', OUT",
    "'----- received -----', IN",
    "I sent a mail to him, null",
    "Request:, null"
  })
  void aLabelSaysWhoSentIt(String label, String way) {
    assertEquals(way, FoundHeads.in(label + "\nGET / HTTP/1.1\nHost: x\n").ways());
  }

  @Test
  void quotedMailsSayNothing() {
    assertEquals("null", FoundHeads.in("> GET / HTTP/1.1\n> Host: x\n> \nFine.\n").ways());
  }

  @Test
  void otherLinesOfCurlShowThatAnArrowIsNotAQuote() {
    assertEquals(
        "OUT", FoundHeads.in("*   Trying [::1]:80...\n> GET / HTTP/1.1\n> Host: x\n").ways());
    assertEquals(
        "OUT IN",
        FoundHeads.in("> GET / HTTP/1.1\n> Host: x\n> \n< HTTP/1.1 101 OK\n< Date: y\n").ways());
  }

  @Test
  void callsSayWhoSentALiteral() {
    String head = "(3, \"GET / HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n\", 27) = 27\n";
    assertEquals("OUT", FoundHeads.in("write" + head).ways());
    assertEquals("IN", FoundHeads.in("recvfrom" + head).ways());
    assertEquals("null", FoundHeads.in("check" + head).ways());
  }
}
