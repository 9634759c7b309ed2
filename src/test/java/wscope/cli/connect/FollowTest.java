package wscope.cli.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import wscope.cli.Run;
import wscope.support.CannedServer;

/** {@code wscope connect --follow}. */
@Timeout(30)
class FollowTest {
  private final BlockingQueue<String> requests = new LinkedBlockingQueue<>();

  /** A server that redirects each request. */
  private CannedServer redirecting(String location) throws Exception {
    return new CannedServer(
        peer -> {
          requests.add(peer.request());
          peer.send(
              "HTTP/1.1 302 Found\r\nLocation: " + location + "\r\nContent-Length: 0\r\n\r\n");
        });
  }

  private CannedServer rejecting() throws Exception {
    return new CannedServer(
        peer -> {
          requests.add(peer.request());
          peer.send("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
        });
  }

  private static Run follow(CannedServer server, String... more) {
    return ConnectRun.of(server.port(), "/start", more);
  }

  private static List<String> redirects(Run run) {
    return run.out().lines().filter(line -> line.startsWith("= redirect ")).toList();
  }

  private String fields() throws Exception {
    return requests
        .take()
        .lines()
        .filter(line -> line.matches("(GET|Authorization|Cookie|X-Mine).*"))
        .reduce("", (a, b) -> a + b + "\n");
  }

  @Test
  void followsNoRedirectUnlessAsked() throws Exception {
    try (CannedServer server = redirecting("/other")) {
      Run run = follow(server);
      assertEquals(4, run.exitCode());
      assertEquals(List.of(), redirects(run));
      assertEquals(1, requests.size());
    }
  }

  @Test
  void followsAtMostFive() throws Exception {
    try (CannedServer server = redirecting("/again")) {
      Run run = follow(server, "--follow", "--auth", "user:password", "--cookie", "a=b");
      assertEquals(4, run.exitCode());
      String followed = "= redirect  302: connecting to ws://127.0.0.1:PORT/again";
      assertEquals(
          List.of(
              followed,
              followed,
              followed,
              followed,
              followed,
              "= redirect  302 is not followed to /again: wscope follows at most 5 redirects"),
          redirects(run));
      assertEquals(6, requests.size());
      String secrets = "Authorization: Basic dXNlcjpwYXNzd29yZA==\nCookie: a=b\n";
      assertEquals("GET /start HTTP/1.1\n" + secrets, fields());
      assertEquals("GET /again HTTP/1.1\n" + secrets, fields());
    }
  }

  @Test
  void sendsNoSecretsToAnotherServer() throws Exception {
    try (CannedServer other = rejecting();
        CannedServer server = redirecting("http://127.0.0.1:" + other.port() + "/x")) {
      String[] secrets = {
        "--follow", "-H", "authorization: Bearer t", "-H", "Cookie: a=b", "-H", "X-Mine: c"
      };
      Run run = follow(server, secrets);
      assertEquals(4, run.exitCode());
      assertEquals(
          List.of(
              "= redirect  302: connecting to ws://127.0.0.1:"
                  + other.port()
                  + "/x; Authorization and Cookie are not sent there"),
          redirects(run));
      assertTrue(requests.take().contains("\r\nauthorization: Bearer t\r\nCookie: a=b\r\n"));
      assertEquals("GET /x HTTP/1.1\nX-Mine: c\n", fields());
    }
  }

  /** The way back does not restore the trust. */
  @Test
  void sendsNoSecretsAfterADetour() throws Exception {
    StringBuilder back = new StringBuilder();
    try (CannedServer other =
            new CannedServer(
                peer -> {
                  requests.add(peer.request());
                  peer.send("HTTP/1.1 307 x\r\nLocation: " + back + "\r\n\r\n");
                });
        CannedServer server = redirecting("ws://127.0.0.1:" + other.port() + "/x")) {
      back.append("ws://127.0.0.1:").append(server.port()).append("/y");
      Run run = follow(server, "--follow", "--cookie", "a=b");
      assertEquals(4, run.exitCode(), run.out());
      assertEquals("GET /start HTTP/1.1\nCookie: a=b\n", fields());
      assertEquals("GET /x HTTP/1.1\n", fields());
      assertEquals("GET /y HTTP/1.1\n", fields());
    }
  }

  @Test
  void followsOnlyToAWebSocketUrl() throws Exception {
    try (CannedServer server = redirecting("ftp://127.0.0.1/\u001b[31m")) {
      Run run = follow(server, "--follow");
      assertEquals(4, run.exitCode());
      assertEquals(1, redirects(run).size(), run.out());
      assertTrue(
          redirects(run).get(0).startsWith("= redirect  302 is not followed to ftp://127.0.0.1/"),
          run.out());
      assertTrue(run.out().indexOf('\u001b') < 0, run.out());
    }
  }
}
