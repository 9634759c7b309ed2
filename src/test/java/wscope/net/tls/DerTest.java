package wscope.net.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Values as X.690 and RFC 5280 write them. */
class DerTest {
  /** The identifiers of RSA (RFC 8017) and of ecdsa-with-SHA256 (RFC 5758). */
  @Test
  void writesIdentifiers() {
    assertEquals("06062a864886f70d", hex(Der.identifier("1.2.840.113549")));
    assertEquals("06082a8648ce3d040302", hex(Der.identifier("1.2.840.10045.4.3.2")));
    assertEquals("0603550411", hex(Der.identifier("2.5.4.17")));
  }

  @Test
  void writesIntegersThatStayPositive() {
    assertEquals("02017f", hex(Der.integer(BigInteger.valueOf(127))));
    assertEquals("02020080", hex(Der.integer(BigInteger.valueOf(128))));
  }

  @Test
  void writesLengthsInOneByteOrMore() {
    assertEquals("047f", hex(Der.octets(new byte[127])).substring(0, 4));
    assertEquals("048180", hex(Der.octets(new byte[128])).substring(0, 6));
    assertEquals("0482ffff", hex(Der.octets(new byte[65535])).substring(0, 8));
    assertEquals("0483010000", hex(Der.octets(new byte[65536])).substring(0, 10));
  }

  /** From 2050 on, the year has four digits (RFC 5280 §4.1.2.5). */
  @Test
  void writesTimes() {
    assertEquals("170d3439313233313233353935395a", hex(time("2049-12-31T23:59:59.999Z")));
    assertEquals("180f32303530303130313030303030305a", hex(time("2050-01-01T00:00:00Z")));
  }

  private static byte[] time(String instant) {
    return Der.time(Instant.parse(instant));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
