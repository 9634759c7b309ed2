package wscope.serve;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wscope.protocol.UpgradeDecision;
import wscope.protocol.handshake.HeaderField;
import wscope.protocol.handshake.RequestHead;
import wscope.support.RawClient;
import wscope.support.SampleHandshake;

/** S13: only the test page on this machine watches all connections, whatever else may connect. */
@Timeout(20)
class WatchersOfAllTest {
  private static final String FOREIGN =
      "403 Forbidden\n\nonly the test page on the machine of the server may watch all"
          + " connections";

  private static final Policy ANY_ORIGIN =
      new Policy(
          HostRule.of(List.of("box.example")),
          OriginRule.of(List.of("*")),
          null,
          List.of(),
          SubprotocolRule.ANY,
          List.of());

  @Test
  void pagesOfThisMachineWatchAllConnections() throws Exception {
    try (RunningServer server = new RunningServer()) {
      String token = token(server, "localhost");
      try (RawClient one = watch(server, "localhost", token, "Origin: http://localhost:8080\n");
          RawClient other = watch(server, "[::1]", token, "Origin: https://127.0.0.1\n")) {
        one.expectUpgrade();
        assertEquals("#2 watches all", server.nextWatchEvent());
        other.expectUpgrade();
        assertEquals("#3 watches all", server.nextWatchEvent());
        one.disconnect();
        other.disconnect();
      }
    }
  }

  @Test
  void eightPagesMayBeOpen() throws Exception {
    String origin = "Origin: http://localhost\n";
    try (RunningServer server = new RunningServer()) {
      String token = token(server, "localhost");
      List<RawClient> pages = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        pages.add(watch(server, "localhost", token, origin));
        pages.get(i).expectUpgrade();
      }
      try (RawClient ninth = watch(server, "localhost", token, origin)) {
        assertEquals(
            "409 Conflict\n\n8 pages already watch all connections; close one\n",
            ninth.rest().split("\r\n\r\n", 2)[1]);
      }
      pages.get(0).disconnect();
      while (server.nextDisconnected().number() != 2) {
        // The page and the ninth watcher are gone, too.
      }
      pages.set(0, watch(server, "localhost", token, origin));
      pages.get(0).expectUpgrade();
      for (RawClient page : pages) {
        page.disconnect();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "no page, localhost, ''",
    "another site, localhost, 'Origin: https://evil.example\n'",
    "a sandbox, localhost, 'Origin: null\n'",
    "an address of the network, 192.168.1.5, 'Origin: http://192.168.1.5\n'",
    "another name, box.example, 'Origin: http://localhost\n'",
  })
  void nobodyElseDoesEvenWithTheToken(String who, String host, String fields) throws Exception {
    try (RunningServer server = new RunningServer(ANY_ORIGIN)) {
      String token = token(server, "127.0.0.1");
      try (RawClient client = watch(server, host, token, fields)) {
        assertEquals(
            FOREIGN + "; open it there at localhost\n", client.rest().split("\r\n\r\n", 2)[1], who);
      }
      // The first event is of a watcher that comes later.
      try (RawClient page = watch(server, "localhost", token, "Origin: http://localhost\n")) {
        page.expectUpgrade();
        assertEquals("#3 watches all", server.nextWatchEvent());
        page.disconnect();
      }
    }
  }

  @Test
  void aClientOnAnotherMachineDoesNotEither() {
    PageToken token = new PageToken("00112233445566778899aabbccddeeff");
    UpgradePolicy policy = new UpgradePolicy(Settings.DEFAULT, token);
    RequestHead request =
        new RequestHead(
            "GET",
            "/?watch=" + token.text(),
            "HTTP/1.1",
            List.of(
                new HeaderField("Host", "localhost", 0, 0),
                new HeaderField("Origin", "http://localhost", 0, 0)),
            0);
    assertInstanceOf(UpgradeDecision.Accept.class, policy.decide(request, true).upgrade());
    UpgradeDecision far = policy.decide(request, false).upgrade();
    assertEquals(FOREIGN + "\n", ((UpgradeDecision.Reject) far).response().body());
  }

  @ParameterizedTest
  @CsvSource({"192.168.1.5", "box.example"})
  void onlyPagesForThisMachineHaveTheToken(String host) throws Exception {
    try (RunningServer server = new RunningServer(ANY_ORIGIN)) {
      assertTrue(page(server, "localhost").contains(token(server, "localhost")), "one a server");
      String other = page(server, host);
      assertTrue(other.contains(" data-token=\"\" "), other);
    }
    HeaderField html = new HeaderField("Accept", "text/html", 0, 0);
    HeaderField localhost = new HeaderField("Host", "localhost", 0, 0);
    RequestHead request = new RequestHead("GET", "/", "HTTP/1.1", List.of(html, localhost), 0);
    PageToken token = PageToken.random();
    assertFalse(
        new UpgradePolicy(Settings.DEFAULT, token)
            .page(request, false)
            .toString()
            .contains(token.text()));
    assertTrue(
        new UpgradePolicy(Settings.DEFAULT, token)
            .page(request, true)
            .toString()
            .contains(token.text()));
  }

  private static RawClient watch(RunningServer server, String host, String token, String fields)
      throws Exception {
    RawClient client = server.connect();
    String[] more = fields.lines().toArray(String[]::new);
    String request = SampleHandshake.request(host, "/?watch=" + token, more);
    client.send(request.getBytes(ISO_8859_1));
    return client;
  }

  private static String token(RunningServer server, String host) throws Exception {
    Matcher token = Pattern.compile(" data-token=\"([0-9a-f]{32})\"").matcher(page(server, host));
    assertTrue(token.find());
    return token.group(1);
  }

  private static String page(RunningServer server, String host) throws Exception {
    try (RawClient browser = server.connect()) {
      String request = "GET / HTTP/1.1\r\nHost: " + host + "\r\nAccept: text/html\r\n\r\n";
      browser.send(request.getBytes(ISO_8859_1));
      return browser.rest();
    }
  }
}
