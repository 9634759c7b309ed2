package wscope.capture.logs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import wscope.capture.packets.CaptureFindings;
import wscope.capture.packets.InvalidCapture;
import wscope.protocol.frame.Opcode;
import wscope.protocol.rule.Endpoint;

/**
 * A message of a HAR.
 *
 * @param nanos the time in nanoseconds since 1970; negative if it is not known
 */
record HarMessage(Endpoint sender, long nanos, Opcode opcode, ByteBuffer data) {
  /** A number of seconds since 1970 is less than this, one of milliseconds is more. */
  private static final BigDecimal SECONDS = BigDecimal.valueOf(100_000_000_000L);

  private static final BigDecimal LATEST = BigDecimal.valueOf(Long.MAX_VALUE, 9);
  private static final int LONGEST_NUMBER = 40;

  private static final String UNKNOWN = "the HAR has messages of no known type; they are not shown";
  private static final String WITHOUT_DATA =
      "the HAR has messages without their data; they are not shown";
  private static final String NOT_BASE64 =
      "the HAR has binary messages whose data is not Base64; their data is shown as a text";

  /** The memory that the message takes. */
  long size() {
    return data.remaining() + 64L;
  }

  /** Reads the current value; null if it cannot be shown, which the findings then say. */
  static @Nullable HarMessage read(JsonLog json, CaptureFindings findings)
      throws IOException, InvalidCapture {
    if (!json.enterObject()) {
      findings.remark(UNKNOWN);
      return null;
    }
    String type = "";
    @Nullable String data = null;
    long nanos = -1;
    long opcode = 1;
    while (json.nextField()) {
      switch (json.name()) {
        case "type" -> type = json.text();
        case "time" -> nanos = nanos(json.text());
        case "opcode" -> opcode = json.number();
        case "data" -> data = json.isNothing() ? null : json.text();
        default -> json.skip();
      }
    }
    boolean known = type.equals("send") || type.equals("receive");
    if (!known || opcode < 1 || opcode > 0xf || Opcode.of((int) opcode).isReserved()) {
      findings.remark(UNKNOWN);
      return null;
    }
    if (data == null) {
      findings.remark(WITHOUT_DATA);
      return null;
    }
    Endpoint sender = type.equals("send") ? Endpoint.CLIENT : Endpoint.SERVER;
    Opcode named = Opcode.of((int) opcode);
    return new HarMessage(sender, nanos, named, ByteBuffer.wrap(bytes(named, data, findings)));
  }

  /** A time in seconds or in milliseconds since 1970. */
  private static long nanos(String text) {
    try {
      BigDecimal time = text.length() > LONGEST_NUMBER ? BigDecimal.ZERO : new BigDecimal(text);
      if (time.signum() <= 0 || time.scale() < -20) {
        return -1;
      }
      BigDecimal seconds = time.compareTo(SECONDS) < 0 ? time : time.movePointLeft(3);
      return seconds.compareTo(LATEST) < 0 ? seconds.movePointRight(9).longValue() : -1;
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /** Binary data is base64; some programs write control frames as text. */
  private static byte[] bytes(Opcode opcode, String data, CaptureFindings findings) {
    if (opcode != Opcode.TEXT) {
      try {
        return Base64.getDecoder().decode(data);
      } catch (IllegalArgumentException e) {
        if (opcode == Opcode.BINARY) {
          findings.remark(NOT_BASE64);
        }
      }
    }
    return utf8(data);
  }

  /** What browsers send of a text: U+FFFD in place of half of a surrogate pair. */
  private static byte[] utf8(String text) {
    int[] points = text.codePoints().map(point -> isHalf(point) ? 0xfffd : point).toArray();
    return new String(points, 0, points.length).getBytes(UTF_8);
  }

  private static boolean isHalf(int point) {
    return Character.getType(point) == Character.SURROGATE;
  }
}
