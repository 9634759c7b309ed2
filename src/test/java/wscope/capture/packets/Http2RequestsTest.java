package wscope.capture.packets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wscope.protocol.Vectors;

/** Finds WebSockets over HTTP/2 (RFC 8441). The field blocks are written by hand after RFC 7541. */
class Http2RequestsTest {
  private static final String PREFACE =
      "505249202a20485454502f322e300d0a0d0a534d0d0a0d0a 000000040000000000";

  /** The header of a HEADERS frame of so many bytes, with END_HEADERS. */
  private static String headers(String block) {
    return "0000" + length(block) + "0104 00000001" + block;
  }

  private static String length(String block) {
    return Integer.toHexString(0x100 | Vectors.bytes(block).length).substring(1);
  }

  private static final String NAME = "093a70726f746f636f6c";
  private static final String VALUE = "09776562736f636b6574";
  private static final String CODED_NAME = "87b95d8749c87a3f";
  private static final String CODED_VALUE = "87f058d072752a7f";

  private static boolean find(String hex) {
    byte[] bytes = Vectors.bytes(hex);
    Http2Requests whole = new Http2Requests();
    whole.read(ByteBuffer.wrap(bytes));
    Http2Requests single = new Http2Requests();
    for (byte b : bytes) {
      single.read(ByteBuffer.wrap(new byte[] {b}));
    }
    assertEquals(whole.hasWebSocket(), single.hasWebSocket(), hex);
    return whole.hasWebSocket();
  }

  /** With and without indexing, never indexed, in the code of Huffman or as it is. */
  @ParameterizedTest
  @CsvSource({"40", "00", "10"})
  void findsThePseudoHeader(String literal) {
    for (String name : new String[] {NAME, CODED_NAME}) {
      for (String value : new String[] {VALUE, CODED_VALUE}) {
        assertEquals(true, find(PREFACE + headers("82 41 0161 3f21" + literal + name + value)));
      }
      assertEquals(false, find(PREFACE + headers(literal + name + "0177")));
    }
    assertEquals(false, find(PREFACE + headers(literal + VALUE + VALUE)));
  }

  @Test
  void readsPaddingPriorityAndContinuations() {
    String block = "40" + NAME + VALUE;
    String padded = "03" + "8000000102" + block + "000000";
    assertEquals(true, find(PREFACE + "0000" + length(padded) + "012c 00000001" + padded));
    assertEquals(
        true,
        find(
            PREFACE
                + ("0000" + length("40" + NAME) + "0100 00000001 40" + NAME)
                + ("0000" + length(VALUE) + "0904 00000001" + VALUE)));
  }

  @Test
  void ignoresOtherFramesAndBrokenBlocks() {
    String block = "40" + NAME + VALUE;
    assertEquals(false, find(PREFACE + "0000" + length(block) + "0000 00000001" + block));
    assertEquals(false, find(PREFACE + headers("ffffffffff" + block)));
    assertEquals(false, find(PREFACE + headers("40" + NAME + "7f")));
    assertEquals(false, find(PREFACE + headers("40")));
  }

  @Test
  void namesWhatAConnectionCarries() {
    Talk talk = new Talk().open().client(Vectors.bytes(PREFACE));
    talk.client(Vectors.bytes(headers("40" + NAME + VALUE)));
    assertEquals(
        Map.of(StreamKind.HTTP2_WEBSOCKET, 1L), new CaptureLog().read(talk.packets).kinds());
    Talk other = new Talk().open().client(Vectors.bytes(PREFACE + headers("82")));
    assertEquals(Map.of(StreamKind.HTTP2, 1L), new CaptureLog().read(other.packets).kinds());
  }
}
