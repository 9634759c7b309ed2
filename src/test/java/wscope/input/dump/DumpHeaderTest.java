package wscope.input.dump;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wscope.input.find.Candidate;
import wscope.input.find.Evidence;

class DumpHeaderTest {
  private static final String ROW = "0000: 81 02 68 69  ..hi\n";

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      delimiter = ';',
      value = {
        "=> Send data, 4 bytes (0x4);OUT",
        "<= Recv data, 4 bytes (0x4);IN",
        "12:00:00.000001 => Send data, 4 bytes (0x4);OUT",
        "write to 0x55d0 [0x55d1] (4 bytes => 4 (0x4));OUT",
        "read from 0x55d0 [0x55d1] (4 bytes => 4 (0x4));IN",
        "write(7, \"...\", 4) = 4;OUT",
        "recvfrom(7, \"...\", 4096, 0, NULL, NULL) = 4;IN",
        "[id: 0x5e1f, L:/127.0.0.1:8080 - R:/127.0.0.1:5000] READ: 4B;IN",
        "> 2024/05/01 12:00:00.000123  length=4 from=0 to=3;OUT",
        "TX:;OUT",
        "received:;IN",
        "from client:;CLIENT",
        "server -> client;SERVER",
        "sent after received;",
        "bytes in the buffer:;",
        "> quoted;",
      })
  void theLineBeforeSaysWhoSentTheBytes(String header, String way) {
    Candidate found = Found.in(header + "\n" + ROW).get(0);
    assertEquals(String.valueOf(way), String.valueOf(found.first().way()));
  }

  @Test
  void thePrefixOfARowSaysWhoSentIt() {
    assertEquals(
        List.of("OUT", "IN"),
        Found.in("tx 0000: 89 00\nrx 0000: 8a 00\nrx 0002: 88 00\n").stream()
            .flatMap(found -> found.pieces().stream())
            .map(piece -> String.valueOf(piece.way()))
            .distinct()
            .toList());
  }

  @Test
  void aQuotationIsNotAWay() {
    assertEquals("null", String.valueOf(Found.in("> " + ROW).get(0).first().way()));
  }

  @Test
  void theNumberOfBytesIsCounted() {
    assertTrue(evidence("received 4 bytes").contains(Evidence.COUNTED));
    assertTrue(evidence("length=4").contains(Evidence.COUNTED));
    assertTrue(!evidence("received 5 bytes").contains(Evidence.COUNTED));
    assertTrue(!evidence("14 bytes").contains(Evidence.COUNTED));
    assertTrue(!evidence("line 4").contains(Evidence.COUNTED));
  }

  private static Set<Evidence> evidence(String header) {
    return Found.in(header + "\n" + ROW).get(0).evidence();
  }

  @Test
  void recordsOfTlsAreSkipped() {
    assertEquals(
        List.of("81 02 68 69"),
        Found.bytesIn(
            """
            => Send SSL data, 5 bytes (0x5)
            0000: 17 03 03 00 1c                                  .....
            => Send data, 4 bytes (0x4)
            0000: 81 02 68 69                                     ..hi
            """));
  }

  @Test
  void indentedRowsAreTheServers() {
    String text =
        """
        00000000  81 82 00 00 00 00 68 69                           ......hi
            00000000  81 02 6f 6b                                        ..ok
        00000008  88 80 00 00 00 00                                 ......
            00000004  88 00                                              ..
        """;
    List<Candidate> found = Found.in(text);
    assertEquals(1, found.size());
    assertEquals(
        List.of(
            "0 [81 82 00 00 00 00 68 69] 81 82 00 00 00 00 68 69 CLIENT",
            "1 [81 02 6f 6b] 81 02 6f 6b SERVER",
            "2 [88 80 00 00 00 00] 88 80 00 00 00 00 CLIENT",
            "3 [88 00] 88 00 SERVER"),
        Found.pieces(text, found.get(0)));
    assertEquals(Set.of(Evidence.OFFSETS, Evidence.CHARACTERS), found.get(0).evidence());
  }

  @Test
  void rowsOfBothWaysMayCountOn() {
    String text =
        "> 00000000 89 00 # ..\n< 00000000 8a 00 # ..\n> 00000002 88 00 # ..\n< 00000002 88 00 # ..\n";
    assertEquals(
        List.of(
            "0 [89 00] 89 00 OUT",
            "1 [8a 00] 8a 00 IN",
            "2 [88 00] 88 00 OUT",
            "3 [88 00] 88 00 IN"),
        Found.pieces(text, Found.in(text).get(0)));
  }

  @Test
  void thePortsShowTheClient() {
    String text =
        """
        T 127.0.0.1:8091 -> 127.0.0.1:58938 [AP] #4
          81 02 68 69    ..hi
        T 127.0.0.1:58938 -> 127.0.0.1:8091 [AP] #6
          88 80 00 00 00 00    ......
        """;
    assertEquals(
        List.of("IN", "OUT"),
        Found.in(text).stream().map(found -> String.valueOf(found.first().way())).toList());
  }

  @Test
  void aRequestShowsTheClient() {
    String text =
        """
        T 10.0.0.1:80 -> 10.0.0.2:90
          48 54 54 50 2f    HTTP/
        T 10.0.0.2:90 -> 10.0.0.1:80
          88 80 00 00 00 00    ......
        """;
    assertEquals(
        List.of("SERVER", "CLIENT"),
        Found.in(text).stream().map(found -> String.valueOf(found.first().way())).toList());
  }

  @Test
  void onePeerAloneHasNoWay() {
    String text = "T 127.0.0.1:8091 -> 127.0.0.1:58938 [AP] #4\n  81 02 68 69    ..hi\n";
    assertEquals("null", String.valueOf(Found.in(text).get(0).first().way()));
  }
}
