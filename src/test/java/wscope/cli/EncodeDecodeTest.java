package wscope.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import wscope.cli.process.Stdio;
import wscope.protocol.frame.FrameEncoder;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.LengthForm;
import wscope.protocol.frame.Opcode;

/**
 * {@code decode} inverts {@code encode}: {@code encode} writes the same bytes as FrameEncoder for
 * the same fields, and {@code decode} shows the same screen for its text as for these bytes.
 */
class EncodeDecodeTest {
  private static final int KEY = 0x37fa213d;
  private static final int[] LENGTHS = {0, 1, 125, 126, 127, 65535, 65536};
  private static final Pattern NUMBER = Pattern.compile("(?:0x|\\\\x)([0-9a-f]{2})");

  /** Every FIN × RSV × MASK, with a short payload. */
  @ParameterizedTest
  @EnumSource
  void flagsSurvive(Opcode opcode) {
    for (int flags = 0; flags < 16; flags++) {
      FrameHeader header = FrameHeader.of(opcode, 0).fin((flags & 8) != 0).rsv(flags & 7);
      assertInverse(header.payloadLength(3, LengthForm.BITS_7), "hex");
      assertInverse(header.mask(KEY), "0x");
    }
  }

  /** Lengths at the limits of each form × every form that holds them × MASK. */
  @ParameterizedTest
  @EnumSource(names = {"TEXT", "CONTINUATION", "CLOSE", "PING", "RESERVED_7"})
  void lengthsSurvive(Opcode opcode) {
    for (int length : LENGTHS) {
      for (LengthForm form : LengthForm.values()) {
        if (length <= form.longest()) {
          FrameHeader header = FrameHeader.of(opcode, 0).payloadLength(length, form);
          assertInverse(header, "0x");
          assertInverse(header.mask(KEY), "hex");
        }
      }
    }
  }

  /** Every byte in every format. */
  @ParameterizedTest
  @ValueSource(strings = {"hex", "0x", "c", "java", "python", "base64", "raw"})
  void everyByteSurvivesInEveryFormat(String format) {
    for (int length : new int[] {0, 1, 2, 3, 256, 70_000}) {
      FrameHeader header = FrameHeader.of(Opcode.BINARY, length);
      byte[] expected = bytes(header);
      assertEquals(hex(expected), hex(read(encode(header, format), format)));
      byte[] masked = bytes(header.mask(KEY));
      assertEquals(hex(masked), hex(read(encode(header, format), format)));
    }
  }

  /** Several frames of text decode as one stream. */
  @Test
  void fragmentsSurvive() {
    for (String format : List.of("hex", "0x")) {
      String args = "encode text Hello --mask --fragment 2 --format " + format;
      String text = Run.of(args.split(" ", -1)).out();
      Run decoded = Run.reading(text, "decode", "--detail", "messages");
      assertEquals(new Run(0, "message 1   text, 5 bytes in 3 frames   \"Hello\"\n", ""), decoded);
    }
  }

  private static void assertInverse(FrameHeader header, String format) {
    byte[] expected = bytes(header);
    String text = encode(header, format);
    assertEquals(hex(expected), hex(read(text, format)), () -> describe(header));
    String[] decode = {"decode", "--from", "hex", "--preview", "all"};
    assertEquals(Run.reading(hex(expected), decode), Run.reading(text, decode));
  }

  /** The output of the command for these fields, one character per byte. */
  private static String encode(FrameHeader header, String format) {
    List<String> args = new ArrayList<>(List.of("encode", "0x" + hex(header.opcode()), "-"));
    int rsv = header.byte0() >> 4 & 7;
    args.addAll(List.of("--rsv", "" + (rsv >> 2) + (rsv >> 1 & 1) + (rsv & 1)));
    args.addAll(List.of("--length-form", "" + header.lengthForm().bits(), "--force"));
    args.addAll(List.of("--format", format));
    if (!header.fin()) {
      args.add("--no-fin");
    }
    if (header.masked()) {
      args.addAll(List.of("--mask-key", HexFormat.of().toHexDigits(header.maskingKey())));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    byte[] payload = payload(header);
    Stdio stdio = Run.stdio(new ByteArrayInputStream(payload), out, err);
    assertEquals(0, new Wscope(stdio).run(args.toArray(String[]::new)), err::toString);
    return out.toString(ISO_8859_1);
  }

  private static byte[] bytes(FrameHeader header) {
    ByteBuffer out = ByteBuffer.allocate(header.size() + (int) header.payloadLength());
    FrameEncoder.frame(header, ByteBuffer.wrap(payload(header)), out);
    return out.array();
  }

  private static byte[] payload(FrameHeader header) {
    byte[] payload = new byte[(int) header.payloadLength()];
    for (int at = 0; at < payload.length; at++) {
      payload[at] = (byte) (at + (at >> 8));
    }
    return payload;
  }

  /** Reads the bytes from a text in a format. */
  private static byte[] read(String text, String format) {
    return switch (format) {
      case "raw" -> text.getBytes(ISO_8859_1);
      case "base64" -> Base64.getDecoder().decode(text.strip());
      case "hex" -> HexFormat.of().parseHex(text.replaceAll("\\s", ""));
      default -> {
        StringBuilder hex = new StringBuilder();
        NUMBER.matcher(text).results().forEach(number -> hex.append(number.group(1)));
        yield HexFormat.of().parseHex(hex);
      }
    };
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static String hex(Opcode opcode) {
    return Integer.toHexString(opcode.code());
  }

  private static String describe(FrameHeader header) {
    return Integer.toHexString(header.byte0()) + " " + Integer.toHexString(header.byte1());
  }
}
