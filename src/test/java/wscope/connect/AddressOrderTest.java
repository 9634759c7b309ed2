package wscope.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 8305 §4: the families of addresses alternate, and IPv6 is first. */
class AddressOrderTest {
  @ParameterizedTest
  @CsvSource({
    "BOTH, 127.0.0.1 ::1, ::1 127.0.0.1",
    "BOTH, 127.0.0.1 127.0.0.2 ::1 ::2 ::3, ::1 127.0.0.1 ::2 127.0.0.2 ::3",
    "BOTH, 127.0.0.1 127.0.0.1, 127.0.0.1",
    "IPV4, ::1 127.0.0.1, 127.0.0.1",
    "IPV6, 127.0.0.1 ::2 ::1, ::2 ::1",
    "IPV6, 127.0.0.1, ''",
  })
  void ordersAddresses(AddressOrder order, String resolved, String tried)
      throws UnknownHostException {
    assertEquals(addresses(tried), order.of(addresses(resolved)));
  }

  private static List<InetAddress> addresses(String text) throws UnknownHostException {
    List<InetAddress> addresses = new ArrayList<>();
    for (String address : text.isEmpty() ? new String[0] : text.split(" ")) {
      addresses.add(InetAddress.getByName(address));
    }
    return addresses;
  }
}
