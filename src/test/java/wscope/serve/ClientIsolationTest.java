package wscope.serve;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import wscope.support.RawClient;

/** Clients of one server receive only the messages for them. */
@Timeout(30)
class ClientIsolationTest {
  private static final String SECRET = "the secret of another client ";

  /** S19: clients send and disconnect in every way, all at once. */
  @Test
  void clientsReceiveOnlyTheirMessagesWhileOthersDisconnect() throws Exception {
    IsolatedClients.run(60);
  }

  /** S20: memory is reused for other connections, but its old content never reaches them. */
  @Test
  void receivesNoDataOfAnotherClient() throws Exception {
    byte[] secret = SECRET.repeat(3000).getBytes(UTF_8);
    byte[] fragment = RawClient.masked(0x01, new byte[secret.length], secret.length);
    byte[] compressed = RawClient.compressed(new byte[secret.length]);
    List<byte[]> others =
        List.of(
            RawClient.masked(9, new byte[125]),
            RawClient.masked(2, new byte[secret.length - 1]),
            RawClient.join(Arrays.copyOf(fragment, 100), RawClient.close(1000)),
            compressed,
            Arrays.copyOf(compressed, compressed.length - 4),
            RawClient.masked(1, new byte[] {(byte) 0xff}),
            RawClient.close(1005),
            "GET / HTTP/1.1\r\n\r\n".getBytes(ISO_8859_1));
    try (RunningServer server = new RunningServer()) {
      for (boolean compress : new boolean[] {false, true}) {
        for (byte[] other : others) {
          try (RawClient owner = server.connect();
              RawClient stranger = server.connect()) {
            owner.send(compress ? RawClient.requestWithDeflate("") : RawClient.REQUEST);
            owner.head();
            owner.send(compress ? RawClient.compressed(secret) : RawClient.masked(1, secret));
            owner.send(Arrays.copyOf(RawClient.masked(1, secret), secret.length / 2));
            // Without compression, leaked data of the other client would be readable.
            stranger.send(RawClient.REQUEST, other);
            stranger.shutdownOutput();
            String received = stranger.rest();
            assertTrue(received.startsWith("HTTP/1.1 101 "), received);
            assertFalse(received.contains(SECRET.substring(0, 8)), received);
          }
        }
      }
    }
  }
}
