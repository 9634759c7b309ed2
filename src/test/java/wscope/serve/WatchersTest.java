package wscope.serve;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wscope.connection.Behaviour;
import wscope.support.RawClient;
import wscope.support.SampleHandshake;

/** Who watches whom, over real sockets. */
@Timeout(20)
class WatchersTest {
  private static final String TOKEN = "00112233445566778899aabbccddeeff";
  private static final String OTHER = "ffeeddccbbaa99887766554433221100";
  private static final byte[] LAST = RawClient.text("last");

  @Test
  void watchesAllConnectionsWithTheToken() throws Exception {
    try (RunningServer server = new RunningServer();
        RawClient watcher = open(server, "watch=" + TOKEN);
        RawClient one = open(server, "watched=" + TOKEN);
        RawClient stranger = open(server, "watched=" + OTHER);
        RawClient two = open(server, "reply=none&watched=" + TOKEN)) {
      assertEquals("#1 watches", server.nextWatchEvent());
      assertEquals("#2 watched by #1", server.nextWatchEvent());
      assertEquals("#4 watched by #1", server.nextWatchEvent(), "#3 is not watched");
      for (RawClient client : List.of(watcher, one, stranger, two)) {
        client.disconnect();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"status=503, 503", "status=99, 400", "redirect=/elsewhere, 307"})
  void watchesAHandshakeThatFails(String parameter, int status) throws Exception {
    try (RunningServer server = new RunningServer();
        RawClient watcher = open(server, "watch=" + TOKEN);
        RawClient client = server.connect()) {
      assertEquals("#1 watches", server.nextWatchEvent());
      client.send(request(parameter + "&watched=" + TOKEN, ""));
      assertTrue(client.rest().startsWith("HTTP/1.1 " + status + " "));
      assertEquals("#2 watched by #1", server.nextWatchEvent());
      watcher.disconnect();
    }
  }

  @Test
  void allowsOneWatcherPerTokenAtATime() throws Exception {
    try (RunningServer server = new RunningServer()) {
      try (RawClient watcher = open(server, "watch=" + TOKEN);
          RawClient second = server.connect()) {
        second.send(request("watch=" + TOKEN, ""));
        assertEquals(
            "409 Conflict\n\nanother client already watches with this token; use a new token\n",
            second.rest().split("\r\n\r\n", 2)[1]);
        second.disconnect();
        assertEquals(2, server.nextDisconnected().number());
        assertEquals("#1 watches", server.nextWatchEvent());
        watcher.disconnect();
        assertEquals(1, server.nextDisconnected().number());
      }
      try (RawClient unwatched = open(server, "watched=" + TOKEN);
          RawClient watcher = open(server, "watch=" + TOKEN)) {
        assertEquals("#4 watches", server.nextWatchEvent());
        unwatched.disconnect();
        watcher.disconnect();
      }
    }
  }

  @Test
  void sendsNoMessagesToAWatcher() throws Exception {
    Behaviour talkative =
        Behaviour.DEFAULT.reply(Behaviour.Reply.BROADCAST).greet("hello").compress(true);
    try (RunningServer server = new RunningServer(talkative);
        RawClient watcher = server.connect()) {
      watcher.send(request("watch=" + TOKEN, "Sec-WebSocket-Extensions: permessage-deflate\n"));
      watcher.expectUpgrade();
      try (RawClient client = open(server, "reply=broadcast")) {
        client.expect(RawClient.echo("hello"));
        client.send(RawClient.text("to all"));
        client.expect(RawClient.echo("to all"));
      }
      // The watcher receives no greeting, broadcast or echo before the Close.
      watcher.send(LAST, RawClient.close(1000));
      watcher.expect("88 02 03 e8");
      watcher.expectEnd();
    }
  }

  /** S13: a watcher receives messages of others. */
  @Test
  void rejectsAWatcherOfAnotherSite() throws Exception {
    try (RunningServer server = new RunningServer();
        RawClient client = server.connect()) {
      client.send(request("watch=" + TOKEN, "Origin: https://evil.example\n"));
      String response = client.rest();
      assertTrue(response.startsWith("HTTP/1.1 403 Forbidden\r\n"), response);
      try (RawClient page = server.connect()) {
        page.send(request("watch=" + TOKEN, "Origin: http://localhost:5173\n"));
        page.expectUpgrade();
        assertEquals("#2 watches", server.nextWatchEvent());
      }
    }
  }

  private static RawClient open(RunningServer server, String query) throws Exception {
    RawClient client = server.connect();
    client.send(request(query, ""));
    client.expectUpgrade();
    return client;
  }

  private static byte[] request(String query, String fields) {
    String[] more = fields.lines().toArray(String[]::new);
    return SampleHandshake.request("localhost", "/chat?" + query, more).getBytes(ISO_8859_1);
  }
}
