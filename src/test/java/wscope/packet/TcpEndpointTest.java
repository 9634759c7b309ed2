package wscope.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static wscope.packet.PacketBytes.hex;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TcpEndpointTest {
  @ParameterizedTest
  @CsvSource({
    "7f000001, 80, 127.0.0.1:80",
    "ffffffff, 65535, 255.255.255.255:65535",
    "00000000000000000000000000000001, 0, [0:0:0:0:0:0:0:1]:0",
    "00000000000000000000ffff7f000001, 80, [0:0:0:0:0:ffff:7f00:1]:80",
    "fe800000000000000000000000000001, 80, [fe80:0:0:0:0:0:0:1]:80",
  })
  void isNumeric(String address, int port, String text) {
    assertEquals(text, TcpEndpoint.of(hex(address), port).toString());
  }

  @Test
  void equalityAndOrder() {
    TcpEndpoint endpoint = TcpEndpoint.of(hex("7f000001"), 80);
    assertEquals(endpoint, TcpEndpoint.of(hex("7f000001"), 80));
    assertEquals(0, endpoint.compareTo(TcpEndpoint.of(hex("7f000001"), 80)));
    TcpEndpoint mapped = TcpEndpoint.of(hex("00000000000000000000ffff7f000001"), 80);
    assertNotEquals(endpoint, mapped);
    assertNotEquals(0, endpoint.compareTo(mapped));
    assertTrue(endpoint.compareTo(TcpEndpoint.of(hex("7f000001"), 81)) < 0);
    assertTrue(endpoint.compareTo(TcpEndpoint.of(hex("80000000"), 1)) < 0);
  }

  @Test
  void otherLengthsAreNotAddresses() {
    assertThrows(IllegalArgumentException.class, () -> TcpEndpoint.of(new byte[5], 80));
  }
}
