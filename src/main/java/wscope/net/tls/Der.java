package wscope.net.tls;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/** Writes values in DER (X.690), as certificates need them. */
final class Der {
  private static final int BOOLEAN = 0x01;
  private static final int INTEGER = 0x02;
  private static final int BIT_STRING = 0x03;
  private static final int OCTET_STRING = 0x04;
  private static final int OBJECT_IDENTIFIER = 0x06;
  private static final int UTF8_STRING = 0x0c;
  private static final int UTC_TIME = 0x17;
  private static final int GENERALIZED_TIME = 0x18;
  private static final int SEQUENCE = 0x30;
  private static final int SET = 0x31;
  private static final int CONTEXT = 0x80;
  private static final int CONSTRUCTED = 0x20;

  /** The first year that UTCTime cannot hold (RFC 5280 §4.1.2.5). */
  private static final int TOO_LATE_FOR_UTC_TIME = 2050;

  private Der() {}

  static byte[] sequence(byte[]... parts) {
    return value(SEQUENCE, concat(parts));
  }

  static byte[] set(byte[]... parts) {
    return value(SET, concat(parts));
  }

  /** A value that the tag wraps. */
  static byte[] explicit(int number, byte[] inner) {
    return value(CONTEXT | CONSTRUCTED | number, inner);
  }

  /** A value whose own tag is replaced. */
  static byte[] implicit(int number, byte[] content) {
    return value(CONTEXT | number, content);
  }

  static byte[] isTrue() {
    return value(BOOLEAN, new byte[] {(byte) 0xff});
  }

  static byte[] integer(BigInteger number) {
    return value(INTEGER, number.toByteArray());
  }

  static byte[] octets(byte[] content) {
    return value(OCTET_STRING, content);
  }

  /**
   * A bit string.
   *
   * @param unused the number of bits at the end that do not count
   */
  static byte[] bits(int unused, byte[] content) {
    return value(BIT_STRING, concat(new byte[] {(byte) unused}, content));
  }

  static byte[] text(String text) {
    return value(UTF8_STRING, text.getBytes(StandardCharsets.UTF_8));
  }

  /** An object identifier such as {@code 2.5.4.3}. */
  static byte[] identifier(String dotted) {
    String[] arcs = dotted.split("\\.", -1);
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    content.write(40 * Integer.parseInt(arcs[0]) + Integer.parseInt(arcs[1]));
    for (int i = 2; i < arcs.length; i++) {
      int arc = Integer.parseInt(arcs[i]);
      for (int shift = 28; shift > 0; shift -= 7) {
        if (arc >> shift > 0) {
          content.write(0x80 | (arc >> shift));
        }
      }
      content.write(arc & 0x7f);
    }
    return value(OBJECT_IDENTIFIER, content.toByteArray());
  }

  static byte[] time(Instant instant) {
    ZonedDateTime utc = instant.atZone(ZoneOffset.UTC);
    long day = (utc.getYear() * 100L + utc.getMonthValue()) * 100 + utc.getDayOfMonth();
    long time = (utc.getHour() * 100L + utc.getMinute()) * 100 + utc.getSecond();
    String digits = String.valueOf(day * 1_000_000 + time);
    boolean isShort = utc.getYear() < TOO_LATE_FOR_UTC_TIME;
    String text = (isShort ? digits.substring(2) : digits) + "Z";
    return value(isShort ? UTC_TIME : GENERALIZED_TIME, text.getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] value(int tag, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(content.length + 6);
    out.write(tag);
    if (content.length < 0x80) {
      out.write(content.length);
    } else {
      byte[] length = BigInteger.valueOf(content.length).toByteArray();
      int zero = length[0] == 0 ? 1 : 0;
      out.write(0x80 | (length.length - zero));
      out.write(length, zero, length.length - zero);
    }
    out.writeBytes(content);
    return out.toByteArray();
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
