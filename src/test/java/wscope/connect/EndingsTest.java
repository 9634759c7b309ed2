package wscope.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wscope.connection.Disconnected;
import wscope.protocol.event.ConnectionClosure;
import wscope.protocol.event.ConnectionTotals;
import wscope.protocol.event.TransportEnd;
import wscope.protocol.message.CloseBody;
import wscope.protocol.rule.Endpoint;

/** Which ends of a connection are normal for a client. */
class EndingsTest {
  /** The columns: who closed first, our code, the server's code, the end of TCP. */
  @ParameterizedTest
  @CsvSource({
    "CLIENT, 1000, 1000, FIN, true",
    "CLIENT, 4000, 4000, FIN, true",
    "CLIENT, 4000, 1000, FIN, true",
    "CLIENT, 1000, 1002, FIN, false",
    "CLIENT, 1000, , FIN, false",
    "CLIENT, 1000, 1000, RESET, false",
    "CLIENT, 1000, 0, FIN, true",
    "SERVER, 1000, 1000, FIN, true",
    "SERVER, 1001, 1001, FIN, true",
    "SERVER, 0, 0, FIN, true",
    "SERVER, 1011, 1011, FIN, false",
    "SERVER, 4000, 4000, FIN, false",
    "SERVER, , 1000, FIN, false",
    "SERVER, , , FIN, false",
  })
  void judgesAnEnd(
      Endpoint initiator,
      @Nullable Integer sent,
      @Nullable Integer received,
      TransportEnd.Manner manner,
      boolean normal) {
    ConnectionClosure closure = new ConnectionClosure(initiator, body(received), body(sent), null);
    assertEquals(normal, Endings.isNormal(end(true, closure, manner)));
    assertEquals(false, Endings.isNormal(end(false, closure, manner)));
  }

  private static Disconnected end(
      boolean opened, ConnectionClosure closure, TransportEnd.Manner manner) {
    return new Disconnected(
        1,
        opened,
        closure,
        new TransportEnd(Endpoint.SERVER, manner),
        null,
        null,
        null,
        ConnectionTotals.NONE,
        Duration.ZERO);
  }

  /** A Close body with a code; 0 for a body without one. */
  private static @Nullable CloseBody body(@Nullable Integer code) {
    if (code == null) {
      return null;
    }
    return code == 0
        ? CloseBody.read(ByteBuffer.allocate(0), Endpoint.SERVER, 0, 0, new ArrayList<>(0))
        : CloseBody.of(code, "");
  }
}
