package wscope.input.dump;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wscope.input.find.Candidate;

class FollowExportsTest {
  private static final String ARRAYS =
      """
      char peer0_0[] = { /* Packet 4 */
      0x81, 0x85, 0x37, 0xfa, 0x21, 0x3d, 0x7f, 0x9f, /* ..7.!=.. */
      0x4d, 0x51, 0x58 };
      char peer1_0[] = { /* Packet 0x55 */
      0x88, 0x00 };
      """;

  private static final String YAML =
      """
      peers:
        - peer: 0
          host: 127.0.0.1
          port: 50000
        - peer: 1
          host: 127.0.0.1
          port: 8080
      packets:
        - packet: 4
          peer: 0
          index: 0
          timestamp: 1714564800.000000000
          data: !!binary |
            gYU3+iE9f59NUVg=
        - packet: 6
          peer: 1
          index: 0
          timestamp: 1714564801.000000000
          data: !!binary |
            iAA=
      """;

  private static final String RAW =
      """
      ===================================================================
      Follow: tcp,raw
      Filter: tcp.stream eq 0
      Node 0: 127.0.0.1:50000
      Node 1: 127.0.0.1:8080
      818537fa213d7f9f4d5158
      \t8800
      ===================================================================
      """;

  @ParameterizedTest
  @ValueSource(strings = {ARRAYS, YAML, RAW})
  void bothPeersAreFound(String text) {
    for (String each : List.of(text, text.replace("\n", "\r\n"), text.stripTrailing())) {
      Candidate found = Found.in(each).get(0);
      assertEquals("81 85 37 fa 21 3d 7f 9f 4d 51 58 88 00", Found.hex(found.bytes()));
      assertEquals("CLIENT", String.valueOf(found.first().way()));
      assertEquals("SERVER", String.valueOf(found.last().way()));
    }
  }

  @Test
  void placesAreThoseOfTheNumbers() {
    assertEquals(
        List.of(
            "1 [0x81, 0x85, 0x37, 0xfa, 0x21, 0x3d, 0x7f, 0x9f] 81 85 37 fa 21 3d 7f 9f CLIENT",
            "2 [0x4d, 0x51, 0x58] 4d 51 58 CLIENT",
            "4 [0x88, 0x00] 88 00 SERVER"),
        Found.pieces(ARRAYS, Found.in(ARRAYS).get(0)));
    assertEquals(
        List.of(
            "5 [818537fa213d7f9f4d5158] 81 85 37 fa 21 3d 7f 9f 4d 51 58 CLIENT",
            "6 [8800] 88 00 SERVER"),
        Found.pieces(RAW, Found.in(RAW).get(0)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "char peer_list[] = { 0x81 };\n",
        "char peer0_0;\n",
        "Node 1: 127.0.0.1:8080\n81853\n",
        "Node 1: 127.0.0.1:8080\nhello\n",
        "- packet: 4\n  data: !!binary |\n    gY!\n",
        "- packet: 4\n  data: text\n",
      })
  void otherTextsAreNotExports(String text) {
    assertEquals(List.of(), Found.in(text));
  }
}
