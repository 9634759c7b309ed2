package wscope.cli.decode;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static wscope.LinearTime.assertLinear;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import wscope.cli.option.Format;
import wscope.input.spelling.InvalidSpelling;
import wscope.input.spelling.SpelledBytes;
import wscope.input.spelling.Spelling;
import wscope.protocol.Limits;
import wscope.protocol.MixedStreamReader;
import wscope.report.Detail;
import wscope.report.LiveView;
import wscope.report.Report;
import wscope.report.Totals;
import wscope.report.ViewOptions;
import wscope.report.json.JsonReport;
import wscope.report.text.Screen;
import wscope.report.text.TextReport;
import wscope.support.SampleHandshake;

/** S5: decoding takes linear time, from the spelled bytes to the lines of output. */
class LinearDecodeTest {
  private static final int PREVIEW = 1 << 24;

  @ParameterizedTest
  @EnumSource(Format.class)
  void framesTakeLinearTime(Format format) {
    assertLinear(200, count -> decode(raw("818100000000" + "61", count), format));
  }

  /** Each frame breaks four rules. */
  @ParameterizedTest
  @EnumSource(Format.class)
  void violationsTakeLinearTime(Format format) {
    assertLinear(200, count -> decode(raw("7900", count), format));
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void fragmentsTakeLinearTime(Format format) {
    String start = "018000000000";
    String piece = "008100000000" + "61";
    assertLinear(500, count -> decode(raw(start + piece.repeat(count), 1), format));
  }

  /** A letter, a control character, an invalid byte, and a character of three bytes. */
  @ParameterizedTest
  @ValueSource(strings = {"61", "1b", "ff", "e282ac"})
  void aLongPayloadTakesLinearTime(String character) {
    assertLinear(
        10_000,
        count -> {
          String length = HexFormat.of().toHexDigits((long) count * character.length() / 2);
          decode(raw("817f" + length + character.repeat(count), 1), Format.TEXT);
        });
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void aLongFieldTakesLinearTime(Format format) {
    assertLinear(1_500, count -> decode(head("X: " + "a".repeat(count)), format));
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void extensionsTakeLinearTime(Format format) {
    String name = "Sec-WebSocket-Extensions: x";
    assertLinear(200, count -> decode(head(name + "; y=\"\\a".repeat(count)), format));
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void requestsTakeLinearTime(Format format) {
    assertLinear(50, count -> decode(bytes(SampleHandshake.REQUEST.repeat(count + 1)), format));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "HEX | '81 01 61 '",
        "HEX | 810161",
        "DECIMAL | '129 1 97 '",
        "BITS | '10000001 00000001 01100001 '",
        "ESCAPED | '\\x81\\x01a'",
        "BASE64 | gQFh",
      })
  void spellingsTakeLinearTime(Spelling spelling, String frame) {
    assertLinear(
        1_000,
        count -> {
          MixedStreamReader conversation = shown(report(Format.TEXT, Detail.NONE));
          SpelledBytes spelled = new SpelledBytes(text(frame.repeat(count)), spelling);
          ByteBuffer piece = ByteBuffer.allocate(1 << 10);
          boolean more = true;
          while (more) {
            more = read(spelled, piece.clear());
            conversation.feed(piece.flip());
          }
        });
  }

  /** A pipe may deliver single bytes. */
  @Test
  void singleBytesTakeLinearTime() {
    assertLinear(
        1_000,
        count -> {
          byte[] frames = raw("810161", count);
          Report report = report(Format.TEXT, Detail.MESSAGES);
          MixedStreamReader conversation = shown(report);
          for (int at = 0; at < frames.length; at++) {
            conversation.feed(ByteBuffer.wrap(frames, at, 1));
            report.flush();
          }
        });
  }

  private static void decode(byte[] bytes, Format format) {
    Report report = report(format, Detail.BITS);
    MixedStreamReader conversation = shown(report);
    conversation.feed(ByteBuffer.wrap(bytes));
    conversation.end();
    report.flush();
  }

  private static MixedStreamReader shown(Report report) {
    return new MixedStreamReader(null, Limits.NONE, null, report.stream(new Totals()));
  }

  private static Report report(Format format, Detail detail) {
    LiveView view = LiveView.fixed(new ViewOptions(detail, PREVIEW, true));
    OutputStream out = OutputStream.nullOutputStream();
    return format == Format.TEXT
        ? new TextReport(new Screen(out, false, true), view)
        : new JsonReport(out, view, InstantSource.system());
  }

  private static boolean read(SpelledBytes spelled, ByteBuffer into) {
    try {
      return spelled.read(into);
    } catch (IOException | InvalidSpelling e) {
      throw new AssertionError(e);
    }
  }

  private static InputStream text(String text) {
    return new ByteArrayInputStream(text.getBytes(ISO_8859_1));
  }

  private static byte[] raw(String hex, int count) {
    return HexFormat.of().parseHex(hex.repeat(count));
  }

  private static byte[] head(String field) {
    return bytes(SampleHandshake.with(SampleHandshake.REQUEST, field));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }
}
