package wscope.report.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import wscope.protocol.FrameReader;
import wscope.protocol.Limits;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.event.FrameListener;
import wscope.protocol.event.TeeListener;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Violation;
import wscope.report.Detail;
import wscope.report.LiveView;
import wscope.report.Report;
import wscope.report.TestAdvice;
import wscope.report.Totals;
import wscope.report.ViewOptions;

/** Frames and messages: whole screens, the same however the bytes are split. */
public class TextPrinterTest {
  private static final long ALL = 1 << 20;
  private static final String MDN = "81 83 3d 54 23 06 70 10 6d";

  /** RFC 6455 §5.4: fragments of a text with a ping in between, all masked with zeros. */
  private static final String FRAGMENTS =
      "01 83 00 00 00 00 48 65 6c 89 81 00 00 00 00 21 80 82 00 00 00 00 6c 6f";

  /** Everything at once: fragments, pings, violations, Closes, and a truncated end. */
  public static final String MIXED =
      FRAGMENTS
          + " c1 82 00 00 00 00 f2 48 82 90 01 02 03 04 00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d"
          + " 0e 0f 81 84 00 00 00 00 41 c3 28 42 82 fe 00 03 01 02 03 04 05 06 07 8b 80 09 09 09"
          + " 09 01 81 00 00 00 00 41 01 80 01 01 01 01 88 85 00 00 00 00 03 e8 62 79 65 80 81 00"
          + " 00 00 00 5a 82 ff 00 00 00 00 00 01 00 00 01 02 03 04 41 42 43";

  @Test
  void printsTheFrameOfMdn() {
    assertEquals(
        """
        #1 < frame 1   text, FIN, masked, 3 bytes                        bytes 0-8
        #1 <     0  81           1... ....  FIN             1    the message ends here
        #1 <                     .0.. ....  RSV1            0
        #1 <                     ..0. ....  RSV2            0
        #1 <                     ...0 ....  RSV3            0
        #1 <                     .... 0001  opcode          0x1  text
        #1 <     1  83           1... ....  MASK            1    masked: sent by a client
        #1 <                     .000 0011  payload length  3
        #1 <     2  3d 54 23 06             masking key
        #1 <     6  70 10 6d                masked payload
        #1 <        4d 44 4e                payload         "MDN"
        #1 < message 1   text, 3 bytes in 1 frame   "MDN"
        """,
        new Show().ofConnection(MDN));
  }

  @Test
  void printsFragmentsAndAPingBetweenThem() {
    assertEquals(
        """
        frame 1   text, FIN 0, masked, 3 bytes                      bytes 0-8
            0  01           0... ....  FIN             0    more frames follow
                            .0.. ....  RSV1            0
                            ..0. ....  RSV2            0
                            ...0 ....  RSV3            0
                            .... 0001  opcode          0x1  text
            1  83           1... ....  MASK            1    masked: sent by a client
                            .000 0011  payload length  3
            2  00 00 00 00             masking key     0    a key of zero leaves the payload as it is
            6  48 65 6c                masked payload
               48 65 6c                payload         "Hel"
        frame 2   ping, FIN, masked, 1 byte                         bytes 9-15
            9  89           1... ....  FIN             1
                            .0.. ....  RSV1            0
                            ..0. ....  RSV2            0
                            ...0 ....  RSV3            0
                            .... 1001  opcode          0x9  ping
           10  81           1... ....  MASK            1    masked: sent by a client
                            .000 0001  payload length  1
           11  00 00 00 00             masking key     0    a key of zero leaves the payload as it is
           15  21                      masked payload
               21                      payload         "!"
        frame 3   continuation, FIN, masked, 2 bytes                bytes 16-23
           16  80           1... ....  FIN             1    the message ends here
                            .0.. ....  RSV1            0
                            ..0. ....  RSV2            0
                            ...0 ....  RSV3            0
                            .... 0000  opcode          0x0  continuation
           17  82           1... ....  MASK            1    masked: sent by a client
                            .000 0010  payload length  2
           18  00 00 00 00             masking key     0    a key of zero leaves the payload as it is
           22  6c 6f                   masked payload
               6c 6f                   payload         "lo"
        message 1   text, 5 bytes in 2 frames   "Hello"
        """,
        new Show().of(FRAGMENTS));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "FRAMES |"
            + " 'frame 1    FIN 0  RSV 000  opcode 0x1 text          MASK 1  length 3         key 00000000  bytes 0-8   \"Hel\"\n"
            + "frame 2    FIN 1  RSV 000  opcode 0x9 ping          MASK 1  length 1         key 00000000  bytes 9-15   \"!\"\n"
            + "frame 3    FIN 1  RSV 000  opcode 0x0 continuation  MASK 1  length 2         key 00000000  bytes 16-23   \"lo\"\n"
            + "message 1   text, 5 bytes in 2 frames   \"Hello\"\n'",
        "MESSAGES | 'ping, 1 byte   \"!\"\nmessage 1   text, 5 bytes in 2 frames   \"Hello\"\n'",
        "NONE | 'fine   3 frames, 1 message, 0 violations\n'",
      })
  void printsLessDetail(Detail detail, String expected) {
    assertEquals(expected, new Show().detail(detail).of(FRAGMENTS));
  }

  @Test
  void printsAViolationAfterTheByteThatBreaksTheRule() {
    assertEquals(
        """
        frame 1   binary, FIN, RSV1, RSV3, 5 bytes                  bytes 0-8
            0  d2           1... ....  FIN             1    the message ends here
                          ✗ .1.. ....  RSV1            1
                            ..0. ....  RSV2            0
                          ✗ ...1 ....  RSV3            1
                            .... 0010  opcode          0x2  binary
          ✗ rsv1-without-extension   RFC 6455 §5.2 → close 1002
              RSV1 is set, but no extension that uses it was negotiated
              found: RSV1 1
              hint: with permessage-deflate, RSV1 marks a compressed message; advice on rsv1-without-extension
          ✗ rsv3-without-extension   RFC 6455 §5.2 → close 1002
              RSV3 is set, but no extension that uses it was negotiated
              found: RSV3 1
              hint: no registered extension uses RSV3; are these bytes the start of a frame?
            1  7e           0... ....  MASK            0    not masked: sent by a server
                          ✗ .111 1110  payload length  126  see the next 16 bits
            2  00 05                   extended length 5
          ✗ length-not-minimal   RFC 6455 §5.2 → close 1002
              The payload length is not written in its shortest form
              found: 5 bytes in the 16-bit form
              hint: use 7 bits up to 125, 16 bits up to 65535, and 64 bits above
            4  41 42 43 44 45          payload         |ABCDE|
        message 1   binary, 5 bytes in 1 frame   41 42 43 44 45   |ABCDE|
        """,
        new Show().of("d2 7e 00 05 41 42 43 44 45"));
  }

  @Test
  void printsAViolationAfterItsPayload() {
    assertEquals(
        """
        frame 1   text, FIN, 3 bytes                                bytes 0-4
            0  81           1... ....  FIN             1    the message ends here
                            .0.. ....  RSV1            0
                            ..0. ....  RSV2            0
                            ...0 ....  RSV3            0
                            .... 0001  opcode          0x1  text
            1  03           0... ....  MASK            0    not masked: sent by a server
                            .000 0011  payload length  3
            2  41 c3 28                payload         "A\\xc3("
          ✗ text-not-utf8   RFC 6455 §8.1 → close 1007
              A text message is not valid UTF-8
              found: byte 28 at offset 2 of the text
              hint: send bytes that are not UTF-8 in a binary message
        message 1   text, 3 bytes in 1 frame   "A\\xc3("
        """,
        new Show().of("81 03 41 c3 28"));
  }

  @ParameterizedTest
  @EnumSource(
      value = Detail.class,
      names = {"BITS", "FRAMES", "MESSAGES"})
  void printsTheTextOfAnInvalidFrame(Detail detail) {
    String shown = new Show().detail(detail).of("89 00 81 7e 00 05 48 65 6c 6c 6f");
    assertTrue(shown.contains("length-not-minimal"), shown);
    assertTrue(shown.contains("\"Hello\""), shown);
  }

  @Test
  void printsAnIncompleteEnd() {
    assertEquals(
        """
        frame 1    FIN 0  RSV 000  opcode 0x1 text          MASK 0  length 1                       bytes 0-2   "A"
        frame 2    FIN 1  RSV 000  opcode 0x0 continuation  MASK 0  length 300                     bytes 3-306   "B"
        message 1   text, 2 bytes in 2 frames   unfinished
        ✗ incomplete   frame 2, at byte 8: 299 bytes of its payload data are missing
        """,
        new Show().detail(Detail.FRAMES).of("01 01 41 80 7e 01 2c 42"));
    assertEquals(
        """
        frame 1   text, FIN, header incomplete                      bytes 0-0
            0  81           1... ....  FIN             1    the message ends here
                            .0.. ....  RSV1            0
                            ..0. ....  RSV2            0
                            ...0 ....  RSV3            0
                            .... 0001  opcode          0x1  text
        ✗ incomplete   frame 1, at byte 1: 1 byte of its payload length is missing
        """,
        new Show().of("81"));
  }

  @Test
  void dumpsLongPayloads() {
    assertEquals(
        """
            2  41 42 43 44             masking key
                                       masked payload
            6  00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f
           22  10 11 12 13
                                       payload
               41 43 41 47 45 47 45 43 49 4b 49 4f 4d 4f 4d 4b  ACAGEGECIKIOMOMK
               51 53 51 57                                      QSQW
        message 1   binary, 20 bytes in 1 frame   41 43 41 47 45 47 45 43 49 4b 49 4f 4d 4f 4d 4b\
           |ACAGEGECIKIOMOMK| … 4 bytes more
        """,
        lastLines(
            new Show()
                .of(
                    "82 94 41 42 43 44 00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f 10 11 12"
                        + " 13"),
            8));
  }

  @Test
  void cutsPreviews() {
    String bytes = "82 14 00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f 10 11 12 13";
    assertEquals(
        """
            2  00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f  ................
           18  10                                               .
               … 3 bytes more
        message 1   binary, 20 bytes in 1 frame   00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f\
           |................| … 4 bytes more
        """,
        lastLines(new Show().preview(17).of(bytes), 4));
    assertEquals(
        "frame 1    FIN 1  RSV 000  opcode 0x1 text          MASK 0  length 6                       bytes 0-7   \"Hel\" … 3 bytes more\n",
        new Show().detail(Detail.FRAMES).preview(3).of("81 06 48 65 6c 6c 6f 21"));
    assertEquals(
        "message 1   text, 6 bytes in 1 frame   \"Hello\" … 1 byte more\n",
        new Show().detail(Detail.MESSAGES).preview(5).of("81 06 48 65 6c 6c 6f 21"));
    assertEquals(
        "message 1   text, 6 bytes in 1 frame   \"Hello!\"\n",
        new Show().detail(Detail.MESSAGES).preview(6).of("81 06 48 65 6c 6c 6f 21"));
  }

  @Test
  void previewsAMessageOverItsFrames() {
    assertEquals(
        "message 1   text, 4 bytes in 2 frames   \"ABC\" … 1 byte more\n",
        new Show().detail(Detail.MESSAGES).preview(3).of("01 02 41 42 80 02 43 44"));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "88 00 | close     no code, which a WebSocket API reports as 1005",
        "88 02 03 e8 | close     1000 normal closure",
        "88 05 03 e9 62 79 65 | close     1001 going away   reason \"bye\"",
        "88 02 0f a0 | close     4000 for private use",
        // Each code has a name, even one that must never be on the wire.
        "88 02 03 ec | close     1004 reserved",
        "88 02 03 ed | close     1005 no status received",
        "88 02 03 ee | close     1006 abnormal closure",
        "88 02 03 f7 | close     1015 TLS handshake",
        "88 02 00 00 | close     0 out of range",
        "88 02 ff ff | close     65535 out of range",
        // A reason may be hostile, like any text; each of its bytes is shown.
        "88 06 03 e8 1b 5b 32 4a | close     1000 normal closure   reason \"\\x1b[2J\"",
        "88 05 03 e8 41 22 42 | 'close     1000 normal closure   reason ''A\"B'''",
        "88 04 03 e8 ff 41 | close     1000 normal closure   reason \"\\xffA\"",
      })
  void printsCloses(String bytes, String line) {
    assertEquals(line + "\n", lastLines(new Show().detail(Detail.MESSAGES).of(bytes), 1));
  }

  @Test
  void escapesAHostilePayload() {
    // ESC, C1, RLO, quote, backslash, LF; in a text, a ping, and as binary in a dump.
    String text = "1b 5b 32 4a c2 9b e2 80 ae 22 5c 0a";
    String shown = new Show().of("81 0c " + text + " 89 0c " + text + " 82 0c " + text);
    assertTrue(shown.contains("'\\x1b[2J\\u{9b}\\u{202e}\"\\\\\\n'"), shown);
    assertTrue(shown.contains(".[2J.....\"\\.\n"), shown);
    assertTrue(
        shown.codePoints().allMatch(c -> c == '\n' || (c >= ' ' && c < 0x7f) || c == '…'), shown);
  }

  @Test
  void printsColours() {
    assertEquals(
        """
        ~[1mframe 1~[0m   text, FIN, masked, 3 bytes                        bytes 0-8
            0  81           1... ....  FIN             1    \
        the message ends here
                            .0.. ....  RSV1            0
                            ..0. ....  RSV2            0
                            ...0 ....  RSV3            0
                            .... 0001  opcode          0x1  text
            1  83           1... ....  MASK            1    \
        masked: sent by a client
                            .000 0011  payload length  3
            2  3d 54 23 06             masking key
            6  70 10 6d                masked payload
               4d 44 4e                payload         "MDN"
        ~[1mmessage 1~[0m   text, 3 bytes in 1 frame   "MDN"
        """
            .replace('~', '\u001b'),
        new Show().colour().of(MDN));
  }

  @ParameterizedTest
  @EnumSource(Detail.class)
  void coloursChangeNothingElse(Detail detail) {
    String coloured = new Show().detail(detail).colour().of(MIXED);
    assertEquals(new Show().detail(detail).of(MIXED), coloured.replaceAll("\u001b\\[[0-9;]*m", ""));
    for (String line : coloured.split("\n", -1)) {
      // Each style ends in the line in which it begins.
      String rest = line.replaceAll("\u001b\\[[1-9][0-9;]*m[^\u001b]*\u001b\\[0m", "");
      assertFalse(rest.contains("\u001b"), line);
    }
  }

  @Test
  void printsOnlyAscii() {
    String shown = new Show().ascii().of(MIXED + " 81 02 c3 a9");
    assertTrue(shown.chars().allMatch(c -> c < 0x7f), shown);
  }

  static List<Detail> details() {
    return List.of(Detail.values());
  }

  @ParameterizedTest
  @MethodSource("details")
  void printsTheSameForPiecesOfAnySize(Detail detail) {
    for (long preview : new long[] {0, 3, ALL}) {
      Show show = new Show().detail(detail).preview(preview);
      byte[] bytes = bytes(MIXED);
      String whole = show.of(bytes, bytes.length);
      for (int piece = 1; piece < 12; piece++) {
        assertEquals(whole, show.of(bytes, piece), "pieces of " + piece);
      }
    }
  }

  @Test
  void printsTheSameForAnyTwoPieces() {
    byte[] bytes = bytes(MIXED);
    String whole = new Show().of(bytes, bytes.length);
    for (int cut = 1; cut < bytes.length; cut++) {
      Show show = new Show();
      assertEquals(whole, show.of(bytes, cut, bytes.length), "cut at " + cut);
    }
  }

  /** S15: any bytes, at every detail. */
  @Test
  void printsRandomBytesSafely() {
    Random random = new Random(99);
    List<Detail> details = details();
    for (int round = 0; round < 3000; round++) {
      byte[] bytes = new byte[random.nextInt(60)];
      random.nextBytes(bytes);
      Detail detail = details.get(random.nextInt(details.size()));
      String shown = new Show().detail(detail).preview(random.nextInt(40)).of(bytes, 60);
      assertTrue(shown.codePoints().allMatch(c -> c == '\n' || !Character.isISOControl(c)), shown);
    }
  }

  /** An endpoint closes as soon as it finds the violation, in the middle of the frame. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 6, 7, 8})
  void printsAnInvalidFrameBeforeTheCloseThatItCauses(int cut) {
    Show show = new Show().detail(Detail.FRAMES);
    ExchangeListener connection = show.report().connection(Endpoint.SERVER, 1);
    FrameListener received = connection.frames(Endpoint.CLIENT);
    FrameListener sent = connection.frames(Endpoint.SERVER);
    FrameReader server = new FrameReader(Endpoint.SERVER, Limits.NONE, null, 0, sent);
    FrameListener responder =
        new FrameListener() {
          @Override
          public void violation(Violation violation) {
            server.feed(ByteBuffer.wrap(bytes("88 02 03 ef")));
          }
        };
    FrameReader client =
        new FrameReader(
            Endpoint.CLIENT, Limits.NONE, null, 0, TeeListener.both(received, responder));
    // A text of 9 bytes, invalid at its second byte; the rest never comes.
    byte[] frame = bytes("81 89 00 00 00 00 c3 28");
    client.feed(ByteBuffer.wrap(frame, 0, cut));
    client.feed(ByteBuffer.wrap(frame, cut, frame.length - cut));
    assertEquals(
        """
        #1 < frame 1    FIN 1  RSV 000  opcode 0x1 text          MASK 1  length 9         key 00000000  bytes 0-14   "\\xc3("
        #1 <   ✗ text-not-utf8   RFC 6455 §8.1 → close 1007
        #1 <       A text message is not valid UTF-8
        #1 <       found: byte 28 at offset 1 of the text
        #1 <       hint: send bytes that are not UTF-8 in a binary message
        #1 > frame 1    FIN 1  RSV 000  opcode 0x8 close         MASK 0  length 2                       bytes 0-3
        #1 > close     1007 invalid frame payload data
        """,
        show.shown());
  }

  private static byte[] bytes(String hex) {
    return HexFormat.ofDelimiter(" ").parseHex(hex);
  }

  private static String lastLines(String text, int count) {
    String[] lines = text.split("\n", -1);
    StringBuilder last = new StringBuilder();
    for (int i = lines.length - 1 - count; i < lines.length - 1; i++) {
      last.append(lines[i]).append('\n');
    }
    return last.toString();
  }

  /** A report and the screen that it writes to. */
  private static final class Show {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private Detail detail = Detail.BITS;
    private long preview = ALL;
    private Screen screen = new Screen(out, false, true);

    Show detail(Detail shown) {
      detail = shown;
      return this;
    }

    Show preview(long bytes) {
      preview = bytes;
      return this;
    }

    Show colour() {
      screen = new Screen(out, true, true);
      return this;
    }

    Show ascii() {
      screen = new Screen(out, false, false);
      return this;
    }

    Report report() {
      LiveView view = LiveView.fixed(new ViewOptions(detail, preview, false, new TestAdvice()));
      return new TextReport(screen, view);
    }

    /** What the first connection of a server shows of its client's frames. */
    String ofConnection(String hex) {
      return of(report().connection(Endpoint.SERVER, 1), bytes(hex), 1000);
    }

    String of(String hex) {
      return of(bytes(hex), 1000);
    }

    /** Feeds pieces of these sizes, the last size again and again. */
    String of(byte[] bytes, int... sizes) {
      return of(report().stream(new Totals()), bytes, sizes);
    }

    private String of(ExchangeListener connection, byte[] bytes, int... sizes) {
      out.reset();
      FrameListener listener = connection.frames(Endpoint.CLIENT);
      FrameReader reader = new FrameReader(null, Limits.NONE, null, 0, listener);
      int at = 0;
      for (int i = 0; at < bytes.length; i++) {
        int end = Math.min(bytes.length, at + sizes[Math.min(i, sizes.length - 1)]);
        byte[] piece = new byte[end - at];
        System.arraycopy(bytes, at, piece, 0, piece.length);
        reader.feed(ByteBuffer.wrap(piece));
        at = end;
      }
      reader.end();
      return shown();
    }

    String shown() {
      screen.flush();
      return out.toString(UTF_8);
    }
  }
}
