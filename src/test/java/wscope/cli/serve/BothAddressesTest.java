package wscope.cli.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.event.FrameListener;
import wscope.protocol.rule.Endpoint;

/** A client that connects to both addresses of localhost at once. */
class BothAddressesTest {
  private static final String V6 = "0:0:0:0:0:0:0:1";

  private static final class Silent implements ExchangeListener {
    @Override
    public void event(Event event) {}

    @Override
    public @Nullable FrameListener frames(@Nullable Endpoint sender) {
      return null;
    }
  }

  private static ShownConnection connection(String host, long since) {
    ShownConnection connection = new ShownConnection(new Silent(), since, rule -> {});
    connection.event(new Event.Connected(new Event.Address.Tcp(host, 5000), -1));
    return connection;
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, " + V6 + ", 0, true",
    V6 + ", 127.0.0.1, 0, true",
    V6 + ", 127.0.0.1, 1999999999, true",
    // Too late, the same family, another machine.
    V6 + ", 127.0.0.1, 2000000000, false",
    V6 + ", " + V6 + ", 0, false",
    "192.0.2.1, " + V6 + ", 0, false",
    "127.0.0.1, 2001:db8:0:0:0:0:0:1, 0, false",
  })
  void explainsTheSecondConnectionOfAClient(String gone, String other, long apart, boolean told) {
    String expected =
        "#7 connected to the other address at the same time: a client may try ::1 and 127.0.0.1"
            + " and keep one";
    for (long sign : new long[] {1, -1}) {
      assertEquals(
          told ? expected : null,
          BothAddresses.explain(
              connection(gone, 10), Map.of(7L, connection(other, 10 + sign * apart))));
    }
  }

  @Test
  void explainsNoConnectionThatSentSomething() {
    ShownConnection gone = connection("127.0.0.1", 0);
    gone.event(new Event.HeadIncomplete(Endpoint.CLIENT, 0, "GET"));
    assertNull(BothAddresses.explain(gone, Map.of(7L, connection(V6, 0))));
  }
}
