package wscope.input.list;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static wscope.input.find.Evidence.COUNTED;
import static wscope.input.find.Evidence.ENDS_LINE;
import static wscope.input.find.Evidence.LEFT_OUT;
import static wscope.input.find.Evidence.LIST;
import static wscope.input.find.Evidence.MARKED;
import static wscope.input.find.Evidence.NUMBERS;
import static wscope.input.find.Evidence.OFFSETS;
import static wscope.input.find.Evidence.REST_COUNTED;
import static wscope.input.list.Finds.F;
import static wscope.input.list.Finds.H;

import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wscope.input.find.Candidate;
import wscope.input.find.Evidence;
import wscope.input.find.FrameCheck;

class ListMatcherTest {
  private final ListMatcher matcher = new ListMatcher();

  /** Whether some candidate has just these bytes, and no other one is valid frames. */
  private void assertFound(String hex, String text) {
    for (String variant : new String[] {text, text.replace("\n", "\r\n"), text + "\n\nend.\n"}) {
      List<Candidate> valid =
          Finds.in(matcher, variant).stream()
              .filter(c -> FrameCheck.of(c.bytes()).isValid())
              .toList();
      assertTrue(!valid.isEmpty(), () -> "nothing in " + variant);
      for (Candidate candidate : valid) {
        assertEquals(hex, HexFormat.of().formatHex(candidate.bytes()), variant);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[129, 5, 72, 101, 108, 108, 111]",
        "[-127, 5, 72, 101, 108, 108, 111]",
        "[129 5 72 101 108 108 111]",
        "12:34:56 data [129,5,72,101,108,108,111] from 127.0.0.1",
        "Ok([129, 5, 72, 101, 108, 108, 111])",
        "(129, 5, 72, 101, 108, 108, 111)",
        "Array(-127, 5, 72, 101, 108, 108, 111)",
        "#vu8(129 5 72 101 108 108 111)",
        "{0x81, 0x5, 0x48, 0x65, 0x6c, 0x6c, 0x6f}",
        "[]byte{0x81, 0x05, 0x48, 0x65, 0x6c, 0x6c, 0x6f}",
        "uint8_t f[] = {\n  0x81, /* FIN, text */\n  5, // length\n  'H', 'e', 'l', 'l', 'o'\n};",
        "new byte[] {(byte) 0x81, 5, 72, 101, 108, 108, 111}",
        "byteArrayOf(0x81.toByte(), 0x05, 0x48, 0x65, 0x6c, 0x6c, 0x6f)",
        "listOf(0x81u, 0x05u, 0x48u, 0x65u, 0x6cu, 0x6cu, 0x6fu)",
        "[0x81u8, 5, 72, 101, 108, 108, 111]",
        "array('B', [129, 5, 72, 101, 108, 108, 111])",
        "bytearray([129, 5, 72, 101, 108, 108, 111])",
        "array([129,   5,  72, 101,\n       108, 108, 111], dtype=uint8)",
        "Uint8Array(7) [\n  129, 5, 72,\n  101, 108, 108,\n  111\n]",
        "Uint8Array(7) [129, 5, 72, 101, 108, 108, 111, buffer: ArrayBuffer(7), byteLength: 7]",
        "{\"type\":\"Buffer\",\"data\":[129,5,72,101,108,108,111]}",
        "{\n  \"data\": [\n    129,\n    5,\n    72,\n    101,\n    108,\n    108,\n    111\n  ]\n}",
        "<Buffer 81 05 48 65 6c 6c 6f>",
        "{ data: <Buffer 81 05 48 65 6c 6c 6f>, n: 1 }",
        "ArrayBuffer { [Uint8Contents]: <81 05 48 65 6c 6c 6f>, byteLength: 7 }",
        "[81, 5, 48, 65, 6c, 6c, 6f]",
        "[81, 05, 48, 65, 6C, 6C, 6F]",
        "['81', '5', '48', '65', '6c', '6c', '6f']",
        "['0x81', '0x5', '0x48', '0x65', '0x6c', '0x6c', '0x6f']",
        "[\n  '81', '5',\n  '48', '65', '6c',\n  '6c', '6f'\n]",
        "[ffffff81, 5, 48, 65, 6c, 6c, 6f]",
        "ffffff81 5 48 65 6c 6c 6f",
        "{\"0\":129,\"1\":5,\"2\":72,\"3\":101,\"4\":108,\"5\":108,\"6\":111}",
        """
        Array
        (
            [0] => 129
            [1] => 5
            [2] => 72
            [3] => 101
            [4] => 108
            [5] => 108
            [6] => 111
        )\
        """,
        """
        array(7) {
          [0]=>
          int(129)
          [1]=>
          int(5)
          [2]=>
          int(72)
          [3]=>
          int(101)
          [4]=>
          int(108)
          [5]=>
          int(108)
          [6]=>
          int(111)
        }\
        """,
        """
        $VAR1 = [
                  129,
                  5,
                  72,
                  101,
                  108,
                  108,
                  111
                ];\
        """,
        "1> <<129,5,72,101,\n  108,108,111>>",
        "<<129, 5, \"Hello\">>",
        "{:tcp, #Port<0.5>, <<129, 5, 72, 101, 108, 108, 111>>}",
        "<<0x81, 0x05, 0x48, 0x65, 0x6C, 0x6C, 0x6F>>",
        "<<16#81#, 16#05#, 16#48#, 16#65#, 16#6C#, 16#6C#, 16#6F#>>",
        "<81054865 6c6c6f>",
        "{length = 7, bytes = 0x810548656c6c6f}",
        "[size=7 hex=810548656c6c6f]",
        "[hex=810548656c6c6f]",
        "ByteString[size=7 data=810548656c6c6f]",
        "Frame: array[0..6] of Byte = ($81, $05, $48, $65, $6C, $6C, $6F);",
        "$81, $05, $48, $65, $6C, $6C, $6F",
        "S := #$81#$05#$48#$65#$6C#$6C#$6F;",
        "#x81 #x05 #x48 #x65 #x6C #x6C #x6F",
        "{&H81, &H05, &H48, &H65, &H6C, &H6C, &H6F}",
        "frame db 81h, 05h, 48h, 65h, 6Ch, 6Ch, 6Fh",
        "(byte) 0x81, (byte) 0x05, (byte) 0x48, (byte) 0x65, (byte) 0x6c, (byte) 0x6c, (byte) 0x6f",
        "$1 = {129, 5, 72, 101, 108 <repeats 2 times>, 111}",
        "$1 = {0201, 05, 0110, 0145, 0154, 0154, 0157}",
        "$1 = {10000001, 101, 1001000, 1100101, 1101100, 1101100, 1101111}",
        "['0b10000001', '0b101', '0b1001000', '0b1100101', '0b1101100', '0b1101100', '0b1101111']",
        "web_1  | Uint8Array(7) [\nweb_1  |   129, 5, 72, 101,\nweb_1  |   108, 108, 111\nweb_1  | ]",
        """
        [
          \u001b[33m129\u001b[39m, \u001b[33m5\u001b[39m, \u001b[33m72\u001b[39m, \u001b[33m101\u001b[39m,
          \u001b[33m108\u001b[39m, \u001b[33m108\u001b[39m, \u001b[33m111\u001b[39m
        ]\
        """,
      })
  void hello(String text) {
    assertFound(F, text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0: 129\n1: 5\n2: 72\n3: 101\n4: 108\n5: 108\n6: 111\nlength: 7",
        "Uint8Array(7)\n0: 129\n1: 5\n2: 72\n3: 101\n4: 108\n5: 108\n6: 111",
        "0 = -127\n1 = 5\n2 = 72\n3 = 101\n4 = 108\n5 = 108\n6 = 111",
        "[0]=0x81\n[1]=0x5\n[2]=0x48\n[3]=0x65\n[4]=0x6c\n[5]=0x6c\n[6]=0x6f",
        """
        buf[0] = 0x81
        buf[1] = 0x5
        buf[2] = 0x48
        buf[3] = 0x65
        buf[4] = 0x6c
        buf[5] = 0x6c
        buf[6] = 0x6f\
        """,
        """
        f\t{byte[7]}\tbyte[]
        \t[0]\t129\tbyte
        \t[1]\t5\tbyte
        \t[2]\t72\tbyte
        \t[3]\t101\tbyte
        \t[4]\t108\tbyte
        \t[5]\t108\tbyte
        \t[6]\t111\tbyte\
        """,
        """
        [0]: 129 '\\x81'
        [1]: 5 '\\x5'
        [2]: 72 'H'
        [3]: 101 'e'
        [4]: 108 'l'
        [5]: 108 'l'
        [6]: 111 'o'\
        """,
        "0 129\n1 5\n2 72\n3 101\n4 108\n5 108\n6 111",
        """
        \u2502 0 \u2502 129 \u2502
        \u2502 1 \u2502 5 \u2502
        \u2502 2 \u2502 72 \u2502
        \u2502 3 \u2502 101 \u2502
        \u2502 4 \u2502 108 \u2502
        \u2502 5 \u2502 108 \u2502
        \u2502 6 \u2502 111 \u2502\
        """,
        " [1] 129   5  72 101\n [5] 108 108 111",
        "[1] 81 05 48 65\n[5] 6c 6c 6f",
      })
  void withIndexes(String text) {
    assertFound(F, text);
    assertTrue(Finds.in(matcher, text).stream().anyMatch(c -> c.evidence().contains(OFFSETS)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "129\n5\n72\n101\n108\n108\n111",
        "-127\n5\n72\n101\n108\n108\n111",
        "81\n5\n48\n65\n6c\n6c\n6f",
        "81\n05\n48\n65\n6C\n6C\n6F",
        "10000001\n00000101\n01001000\n01100101\n01101100\n01101100\n01101111",
        """
        13:00:01.100 -> 81
        13:00:01.137 -> 5
        13:00:02.001 -> 48
        13:00:02.002 -> 65
        13:00:02.003 -> 6C
        13:00:02.104 -> 6C
        13:00:02.105 -> 6F\
        """,
        """
        [  8] spi: 10000001
        [  9] spi: 00000101
        [ 10] spi: 01001000
        [ 11] spi: 01100101
        [ 12] spi: 01101100
        [ 13] spi: 01101100
        [ 14] spi: 01101111\
        """,
        "---\n- 129\n- 5\n- 72\n- 101\n- 108\n- 108\n- 111",
      })
  void oneNumberPerLine(String text) {
    assertFound(F, text);
  }

  @Test
  void signedNumbersAndAMask() {
    assertFound(H, "[-127, -123, 55, -6, 33, 61, 127, -97, 77, 81, 88, -120, 2, 3, -24]");
    assertFound(H, "[81, 85, 37, fa, 21, 3d, 7f, 9f, 4d, 51, 58, 88, 2, 3, e8]");
  }

  @Test
  void bothBasesAreOfferedIfBothAreFrames() {
    // 82 01 10 in hex; in decimal 82 cannot begin a frame.
    assertFound("820110", "[82, 1, 10]");
    // 01 02 30 31 in hex, and 1 2 30 31 in decimal: 01 02 1e 1f.
    assertEquals(List.of("01021e1f", "01023031"), Finds.bytes(matcher, "[1, 2, 30, 31]"));
  }

  @Test
  void bitsNeedNotBePadded() {
    assertFound("8a0200018900", "['0b10001010', '0b10', '0b0', '0b1', '0b10001001', '0b0']");
  }

  @Test
  void aPieceForEachLine() {
    assertEquals(
        List.of("1 129, 5 = 8105", "2 72, 101, 108, 108, 111 = 48656c6c6f"),
        Finds.pieces(matcher, "x = [\n  129, 5,\n  72, 101, 108, 108, 111\n]\n"));
  }

  @Test
  void evidence() {
    assertEquals(Set.of(LIST), evidence("f [129, 5, 72, 101, 108, 108, 111] ok"));
    assertEquals(Set.of(LIST, MARKED), evidence("f {0x81, 5, 72, 101, 108, 108, 111} ok"));
    assertEquals(
        Set.of(LIST, MARKED, COUNTED),
        evidence("Uint8Array(7) [129, 5, 72, 101, 108, 108, 111] ok"));
    assertEquals(
        Set.of(LIST, MARKED), evidence("Uint8Array(8) [129, 5, 72, 101, 108, 108, 111] ok"));
    assertEquals(Set.of(LIST, MARKED, COUNTED), evidence("{length = 4, bytes = 0x880203e8} ok"));
    assertEquals(Set.of(LIST, COUNTED), evidence("4 bytes: [136, 2, 3, 232] ok"));
    assertEquals(Set.of(LIST, NUMBERS), evidence("[1, 3, 100, 101, 102] ok"));
  }

  private Set<Evidence> evidence(String text) {
    return Finds.evidence(matcher, text);
  }

  @Test
  void aMessageGoesOnInTheNextLineOfTheSameForm() {
    String text = "{\"t\":1,\"data\":[1,2,65,66],\"n\":1}\n{\"t\":2,\"data\":[128,1,67],\"n\":2}\n";
    assertTrue(Finds.bytes(matcher, text).contains("01024142800143"));
    String buffers = "[\n  <Buffer 81 05>,\n  <Buffer 48 65 6c 6c 6f>\n]";
    assertTrue(Finds.bytes(matcher, buffers).contains(F));
  }

  @Test
  void frameOfWhichAListLeavesOutTheRestNeedsTheSameLength() {
    Set<Evidence> agrees = Set.of(LIST, MARKED, REST_COUNTED);
    assertEquals(agrees, evidence("<Buffer 81 46 6e 6e 6e ... 67 more bytes>"));
    assertEquals(agrees, evidence("<Buffer 89 01 6e 81 02 41 ... 1 more byte>"));
    Set<Evidence> differs = Set.of(LIST, MARKED, LEFT_OUT);
    assertEquals(differs, evidence("<Buffer 81 46 6e 6e 6e ... 66 more bytes>"));
    assertEquals(differs, evidence("<Buffer 81 46 6e 6e 6e ... 68 more bytes>"));
    assertEquals(differs, evidence("<Buffer 89 01 6e ... 22 more bytes>"));
    assertEquals(Set.of(LIST, MARKED, ENDS_LINE, LEFT_OUT), evidence("<<129, 62, 123, 34, ...>>"));
    assertEquals(
        Set.of(LIST, ENDS_LINE, REST_COUNTED),
        evidence("Array(6) [\n  129, 4, 97, 98,\n  ... 2 more items\n]"));
    assertEquals(
        Set.of(LIST, MARKED, ENDS_LINE, LEFT_OUT),
        evidence("$1 = {0x81, 0x7e, 0x0, 0x86, 0x54...}"));
    assertEquals(
        Set.of(LIST, MARKED, LEFT_OUT), evidence("{length = 64, bytes = 0x813e0102 ... 0304}"));
  }

  @Test
  void nothingIsFoundInAListThatLeavesOutBytesAndBeginsWithNoFrame() {
    assertEquals(List.of(""), Finds.bytes(matcher, "<Buffer 13 37 81 00 ... 22 more bytes>"));
    assertEquals(List.of(""), Finds.bytes(matcher, "[19, 55, 129, 0, ... 22 more items]"));
  }

  @Test
  void anEllipsisWithoutABracketAfterItLeavesOutNothing() {
    assertEquals(List.of("89016e"), Finds.bytes(matcher, "[0x89, 0x01, 0x6e, ... and so on"));
    assertEquals(List.of(), Finds.bytes(matcher, "{\n0x89, 0x02, 0x6e, ....*"));
  }

  @Test
  void aWindowMayEndInAList() {
    assertEquals(1, Finds.inWindow(matcher, "Uint8Array(7) [\n  129, 5, 72,\n").size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[129, 5, 300]",
        "[129, 5, -200]",
        "[200, 5, -100]",
        "[129.5, 5, 72]",
        "[129, 5, 7.2]",
        "[129]",
        "[12:34:56] (321) {id=5}",
        "[main] INFO started {129: 5, 72: 3}",
        "[129, five, 72]",
        "rgb(255, 128, 0)",
        "<b>bold</b> <a href='x'> <fade>",
        "took 12\ntook 15\nfailed 3",
        "chapter 1\nsection 2",
        "2026-11-28\n2026-11-29",
        "0: one\n1: two",
        "[[1.5, 2.5], [3.5, 4.5]]",
        "$12 and $5.00",
        "#ff8800 #fff",
        "{}[]()<><<>>",
        "[size=7 hex=8105486]",
        "{length = 7}",
      })
  void others(String text) {
    assertEquals(List.of(), Finds.bytes(matcher, text));
  }
}
