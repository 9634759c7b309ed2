package wscope.protocol.handshake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import wscope.protocol.rule.Rule;

class ReasonPhrasesTest {
  @ParameterizedTest
  @CsvSource({
    "101, Switching Protocols",
    "200, OK",
    "307, Temporary Redirect",
    "403, Forbidden",
    "431, Request Header Fields Too Large",
    "505, HTTP Version Not Supported",
    "199, Informational",
    "299, Successful",
    "399, Redirection",
    "418, Client Error",
    "599, Server Error",
  })
  void hasTheseReasonPhrases(int status, String phrase) {
    assertEquals(phrase, ReasonPhrases.of(status));
    assertEquals(
        "HTTP/1.1 " + status + " " + phrase + "\r\n\r\n",
        new HttpResponse(status, List.of(), "").head());
  }

  @ParameterizedTest
  @EnumSource
  void everyStatusOfARuleIsInTheTable(Rule rule) {
    assertFalse(ReasonPhrases.of(rule.httpStatus()).equals("Client Error"));
    assertEquals(
        rule.httpStatus() == 0, ReasonPhrases.of(rule.httpStatus()).equals("Server Error"));
  }
}
