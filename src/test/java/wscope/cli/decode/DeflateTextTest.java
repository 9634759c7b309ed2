package wscope.cli.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The text with which users state the negotiated parameters. */
class DeflateTextTest {
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "'', permessage-deflate",
        "'  ', permessage-deflate",
        "permessage-deflate, permessage-deflate",
        "client_no_context_takeover; server_max_window_bits=10,"
            + " permessage-deflate; client_no_context_takeover; server_max_window_bits=10",
        "permessage-deflate;server_no_context_takeover,"
            + " permessage-deflate; server_no_context_takeover",
        "' client_max_window_bits = \"9\" ', permessage-deflate; client_max_window_bits=9",
        "server_max_window_bits=15, permessage-deflate",
      })
  void readsParameters(String text, String header) {
    DeflateText read = DeflateText.read(text);
    assertNull(read.error());
    assertEquals(header, read.parameters().header());
  }

  @ParameterizedTest
  @CsvSource({
    "server_max_window_bits, 0, 'server_max_window_bits': the parameter needs a value from 8 to 15",
    "client_max_window_bits, 0, 'client_max_window_bits': the parameter needs a value from 8 to 15",
    "client_no_context_takeover;  server_max_window_bits=7, 29, 'server_max_window_bits=7': the"
        + " value is not a number from 8 to 15 without leading zeros",
    "client_no_context_takeover=1, 0, 'client_no_context_takeover=1': the parameter takes no value",
    "server_no_context_takeover; server_no_context_takeover, 28, 'server_no_context_takeover': the"
        + " parameter is repeated",
    "server_no_context_takeover;, 27, a parameter is missing",
    ";, 0, a parameter is missing",
    "server_no_context_takeover; ; client_no_context_takeover, 27, a parameter is missing",
  })
  void reportsThePositionOfAnError(String text, int position, String error) {
    DeflateText read = DeflateText.read(text);
    assertNull(read.parameters());
    assertEquals(position, read.position());
    assertEquals(error.replace("''", "'"), read.error());
  }

  @Test
  void listsTheValidParametersForAnUnknownOne() {
    DeflateText read = DeflateText.read("permessage-deflate; window=9");
    assertEquals(20, read.position());
    assertNotNull(read.error());
    assertTrue(
        read.error()
            .startsWith("unknown parameter 'window'; the valid parameters are server_no_context"));
  }
}
