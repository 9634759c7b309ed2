package wscope.input.screen;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wscope.input.find.Evidence;

/** Screens with a line for each frame. */
class FrameLineTest {
  /** The frames of the README; what the third carries is not on its line. */
  private static final String SCREEN =
      """
      frame 1    FIN 0  RSV 000  opcode 0x1 text          MASK 0  length 3                       bytes 0-4   "Hel"
      frame 2    FIN 1  RSV 000  opcode 0x9 ping          MASK 0  length 0                       bytes 5-6
      frame 3    FIN 1  RSV 100  opcode 0x0 continuation  MASK 0  length 2                       bytes 7-10
        ✗ rsv1-without-extension   RFC 6455 §5.2 → close 1002
            RSV1 is set, but no extension that uses it was negotiated
            found: RSV1 1
            hint: with permessage-deflate it marks a compressed message; decode has --deflate
      message 1   text, 5 bytes in 2 frames   "Hello"
      frame 4    FIN 1  RSV 000  opcode 0x8 close         MASK 0  length 2                       bytes 11-14
        ✗ close-code-never-sent   RFC 6455 §7.4.1 → close 1002
            The close code is for local use only and must never be sent
            found: code 1006
            hint: 1005 reports a Close without a code, 1006 no Close, 1015 a failed TLS handshake
      close     1006 abnormal closure
      """;

  @Test
  void framesUpToOneThatIsNotShown() {
    assertEquals(
        List.of(
            "1 frame 1    FIN 0  RSV 000  opcode 0x1 text          MASK 0  length 3                       bytes 0-4   \"Hel\" = 01 03 48 65 6c",
            "2 frame 2    FIN 1  RSV 000  opcode 0x9 ping          MASK 0  length 0                       bytes 5-6 = 89 00"),
        Finds.pieces(SCREEN));
    assertEquals(EnumSet.of(Evidence.OWN_OUTPUT), Finds.in(SCREEN).get(0).evidence());
    assertEquals(List.of("01 03 48 65 6c 89 00"), Finds.bytes(SCREEN.replace("\n", "\r\n")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "FIN 1  RSV 000  opcode 0x1 text          MASK 0  length 2                       bytes 0-3   \"hi\"             | 81 02 68 69",
        "FIN 0  RSV 000  opcode 0x1 text          MASK 0  length 2                       bytes 0-3   \"hi\"           | 01 02 68 69",
        "FIN 1  RSV 011  opcode 0x1 text          MASK 0  length 1                       bytes 0-2   \"h\"   | b1 01 68",
        "FIN 1  RSV 000  opcode 0x2 binary        MASK 0  length 3                       bytes 0-4   00 ff 81         | 82 03 00 ff 81",
        "FIN 1  RSV 100  opcode 0x2 binary        MASK 0  length 3                       bytes 0-4   00 ff 81   | c2 03 00 ff 81",
        "FIN 1  RSV 000  opcode 0xa pong          MASK 0  length 1                       bytes 7-9   \"x\"               | 8a 01 78",
        "FIN 1  RSV 000  opcode 0x9 ping          MASK 0  length 0                       bytes 300-301                  | 89 00",
        "FIN 1  RSV 000  opcode 0x1 text          MASK 0  length 0                       bytes 0-1                      | 81 00",
        "FIN 1  RSV 000  opcode 0x8 close         MASK 0  length 0                       bytes 0-1                     | 88 00",
        "FIN 1  RSV 000  opcode 0xb reserved      MASK 0  length 1                       bytes 0-2   00   | 8b 01 00",
        // Masked: RFC 6455 §5.3 gives the bytes on the wire.
        "FIN 1  RSV 000  opcode 0x1 text          MASK 1  length 2         key 37fa213d  bytes 0-7   \"hi\" | 81 82 37 fa 21 3d 5f 93",
        "FIN 1  RSV 000  opcode 0x9 ping          MASK 1  length 0         key 00000001  bytes 0-5 | 89 80 00 00 00 01",
        // Columns may shift.
        "FIN 1 RSV 000 opcode 0x1 text MASK 0 length 2 bytes 0-3   \"hi\" | 81 02 68 69",
        // The same length in 16 and in 64 bits.
        "FIN 1  RSV 000  opcode 0x1 text          MASK 0  length 2                       bytes 0-5   \"hi\"             | 81 7e 00 02 68 69",
        "FIN 1  RSV 000  opcode 0x1 text          MASK 0  length 2                       bytes 0-11   \"hi\"            | 81 7f 00 00 00 00 00 00 00 02 68 69",
        // Escapes.
        "FIN 1  RSV 000  opcode 0x1 text          MASK 0  length 4                       bytes 0-5   \"\\n\\r\\t\\\\\"  | 81 04 0a 0d 09 5c",
        "FIN 1  RSV 000  opcode 0x1 text          MASK 0  length 3                       bytes 0-4   \"\\\"\\x00\\x7f\" | 81 03 22 00 7f",
        "FIN 1  RSV 000  opcode 0x1 text          MASK 0  length 2                       bytes 0-3   \"a\\xff\"         | 81 02 61 ff",
        "FIN 1  RSV 000  opcode 0x1 text          MASK 0  length 3                       bytes 0-4   \"\\u{202e}\"      | 81 03 e2 80 ae",
        "FIN 1  RSV 000  opcode 0x1 text          MASK 0  length 4                       bytes 0-5   \"\\u{1f600}\"     | 81 04 f0 9f 98 80",
        "FIN 1  RSV 000  opcode 0x1 text          MASK 0  length 2                       bytes 0-3   \"ü\"              | 81 02 c3 bc",
      })
  void whatALineShows(String line, String bytes) {
    assertEquals(List.of(bytes), Finds.bytes("frame 7    " + line));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // Masked with an unknown key.
        "FIN 1  RSV 000  opcode 0x1 text          MASK 1  length 2                       bytes 0-7   \"hi\"",
        "FIN 1  RSV 000  opcode 0x1 text          MASK 1  length 2         key 37fa213   bytes 0-7   \"hi\"",
        "FIN 1  RSV 000  opcode 0x1 text          MASK 1  length 2         key 37fa213dd bytes 0-7   \"hi\"",
        // A key, but not masked.
        "FIN 1  RSV 000  opcode 0x1 text          MASK 0  length 2         key 37fa213d  bytes 0-3   \"hi\"",
        // Cut.
        "FIN 1  RSV 000  opcode 0x1 text          MASK 0  length 30                      bytes 0-31   \"012345678901234567890123\" … 6 bytes more",
        "FIN 1  RSV 000  opcode 0x1 text          MASK 0  length 30                      bytes 0-31   \"012345678901234567890123\" ... 6 bytes more",
        "FIN 1  RSV 000  opcode 0x2 binary        MASK 0  length 10                      bytes 0-11   00 01 02 03 04 05 06 07 … 2 bytes more",
        "FIN 1  RSV 000  opcode 0x2 binary        MASK 0  length 9                       bytes 0-10   00 01 02 03 04 05 06 07",
        // Not shown.
        "FIN 1  RSV 000  opcode 0x1 text          MASK 0  length 2                       bytes 0-3",
        // A line before bits.
        "ping, FIN, 0 bytes                               bytes 0-1",
        "ping, FIN, 0 bytes",
        // The length, the offsets and the payload contradict each other.
        "FIN 1  RSV 000  opcode 0x1 text          MASK 0  length 2                       bytes 0-4   \"hi\"",
        "FIN 1  RSV 000  opcode 0x1 text          MASK 0  length 2                       bytes 3-0   \"hi\"",
        "FIN 1  RSV 000  opcode 0x1 text          MASK 0  length 3                       bytes 0-4   \"hi\"",
        "FIN 1  RSV 000  opcode 0x1 text          MASK 0  length 2                       bytes 0-3   \"hi\" and more",
        "FIN 1  RSV 000  opcode 0x1 text          MASK 0  length 2                       bytes 0-3   \"hi",
        "FIN 1  RSV 000  opcode 0x1 text          MASK 0  length 2                       bytes 0-3   \"\\q\"",
        "FIN 1  RSV 000  opcode 0x1 text          MASK 0  length 3                       bytes 0-4   \"\\u{d800}\"",
        // Another bit, a bit that is missing, and names of other opcodes.
        "FIN 2  RSV 000  opcode 0x1 text          MASK 0  length 2                       bytes 0-3   \"hi\"",
        "FIN 1  RSV 00   opcode 0x1 text          MASK 0  length 2                       bytes 0-3   \"hi\"",
        "RSV 000  opcode 0x1 text          MASK 0  length 2                       bytes 0-3   \"hi\"",
        "FIN 1  RSV 000  opcode 0x1 text          MASK 2  length 2                       bytes 0-3   \"hi\"",
        "FIN 1  RSV 000  opcode 0x1 binary        MASK 0  length 2                       bytes 0-3   \"hi\"",
        "FIN 1  RSV 000  opcode 0x1               MASK 0  length 2                       bytes 0-3   \"hi\"",
        "FIN 1  RSV 000  opcode 0x1 reserved      MASK 0  length 0                       bytes 0-1",
        "FIN 1  RSV 000  opcode 0x1 text          MASK 0  length 99999999999999999999    bytes 0-3   \"hi\"",
        // Compressed, after something that is not known.
        "FIN 1  RSV 100  opcode 0x1 text          MASK 0  length 2                       bytes 2-5   00 01",
      })
  void whatALineDoesNotShow(String line) {
    assertEquals(List.of(), Finds.bytes("frame 7    " + line));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "length 2   bytes 0-3 | close     1000 normal closure                        | 88 02 03 e8",
        "length 5   bytes 0-6 | close     1000 normal closure   reason \"bye\"       | 88 05 03 e8 62 79 65",
        "length 3   bytes 0-4 | close     from the client, 4999 private   reason \"\\n\" | 88 03 13 87 0a",
      })
  void closes(String frame, String body, String bytes) {
    String line =
        "#1 > frame 2    FIN 1  RSV 000  opcode 0x8 close         MASK 0  " + frame + "\n";
    assertEquals(List.of(bytes), Finds.bytes(line + "#1 > " + body));
    assertEquals(List.of(bytes), Finds.bytes(line + "#1 >   ! a warning\n#1 > " + body));
    assertEquals(List.of(), Finds.bytes(line), "without its body");
    assertEquals(List.of(), Finds.bytes(line + "#1 > message\n#1 > " + body), "another line");
    assertEquals(List.of(), Finds.bytes(line + "#1 > close     1000 normal   reason \"!!\"\n"));
  }

  @Test
  void whoSentThem() {
    String screen =
        """
           6.241 #1 < frame 1    FIN 1  RSV 000  opcode 0x1 text          MASK 1  length 2         key 37fa213d  bytes 0-7   "hi"
           6.246 #1 > frame 1    FIN 1  RSV 000  opcode 0x1 text          MASK 0  length 2                       bytes 0-3   "hi"
           6.250 #12 > frame 1    FIN 1  RSV 000  opcode 0xa pong          MASK 0  length 0                       bytes 0-1
           6.250 #1 > frame 2    FIN 1  RSV 000  opcode 0x8 close         MASK 0  length 2                       bytes 4-7
           6.255 #1 > close     1000 normal closure
        """;
    assertEquals(
        List.of("81 82 37 fa 21 3d 5f 93 81 02 68 69 88 02 03 e8", "8a 00"), Finds.bytes(screen));
  }

  @Test
  void partsOfMessagesWhoseRestIsLost() {
    String start =
        "frame 1    FIN 0  RSV 000  opcode 0x1 text          MASK 1  length 30        key 37fa213d  bytes 0-35   \"Hel\" … 27 bytes more\n";
    String ping =
        "frame 2    FIN 1  RSV 000  opcode 0x9 ping          MASK 0  length 0                       bytes 9-10\n";
    String rest =
        "frame 3    FIN 1  RSV 000  opcode 0x0 continuation  MASK 0  length 2                       bytes 11-14   \"lo\"\n";
    assertEquals(List.of("89 00"), Finds.bytes(start + ping + rest));
    assertEquals(List.of("89 00"), Finds.bytes(start + ping));
    assertEquals(List.of(), Finds.bytes(rest));
    assertEquals(1, Finds.in(rest, 100, true).size(), "after another part of the text");
  }

  /** A head begins another connection: the frames before it are a candidate of their own. */
  @Test
  void headsBetweenFrames() {
    String frame =
        "frame 1    FIN 1  RSV 000  opcode 0x9 ping          MASK 0  length 0                       bytes 0-1\n";
    assertEquals(
        List.of("89 00", "89 00"), Finds.bytes(frame + "GET / HTTP/1.1\nHost: a\n\n" + frame));
  }
}
