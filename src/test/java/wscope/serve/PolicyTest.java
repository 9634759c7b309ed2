package wscope.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import wscope.cli.serve.ServeWording;
import wscope.protocol.UpgradeDecision;
import wscope.protocol.Vectors;
import wscope.protocol.handshake.HeaderField;
import wscope.protocol.handshake.RequestDecoder;
import wscope.protocol.handshake.RequestHead;

/** Who may connect, and the responses to everyone else. */
class PolicyTest {
  private static final OriginRule NAMED =
      OriginRule.of(List.of("https://app.example", "http://box.example:8080", "null", "file://"));
  private static final Policy STRICT =
      new Policy(
          HostRule.DEFAULT,
          OriginRule.DEFAULT,
          Credentials.of("Ann:päss:word"),
          List.of("/ws", "/chat"),
          SubprotocolRule.ANY,
          List.of());

  static Stream<Arguments> hosts() {
    return Vectors.arguments("hosts.csv");
  }

  static Stream<Arguments> origins() {
    return Vectors.arguments("origins.csv");
  }

  /** S14: a host that is not the server's is rejected. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("hosts")
  void rejectsRequestsForOtherHosts(String name, Vectors.Row row) throws Exception {
    HostRule rule = HostRule.of(List.of("box.example"));
    String reason = words(rule.judge(Vectors.text(row.cell("host"))));
    assertEquals(row.cell("expected"), reason == null ? "served" : advised("--host-name", reason));
    assertHarmless(reason);
  }

  /** S13: a page of another site receives no messages of others unless its origin is allowed. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("origins")
  void judgesOrigins(String name, Vectors.Row row) {
    List<HeaderField> fields = fields(Vectors.text(row.cell("origins")));
    assertEquals(row.cell("own"), verdict(OriginRule.DEFAULT.judge(fields, null)));
    assertEquals(
        row.cell("shared"),
        verdict(OriginRule.DEFAULT.judge(fields, "replies carry one client's messages to others")));
    // With --origin, it does not matter who receives the replies.
    assertEquals(row.cell("named"), verdict(NAMED.judge(fields, null)));
    assertEquals(
        row.cell("named"),
        verdict(NAMED.judge(fields, "replies carry one client's messages to others")));
    assertNull(
        OriginRule.of(List.of("https://app.example", "*"))
            .judge(fields, "replies carry one client's messages to others"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"evil.example", "https://app.example/", "https://*.example", "", "https://a b"})
  void rejectsInvalidOrigins(String origin) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> OriginRule.of(List.of(origin)));
    assertEquals(
        "an origin is a scheme, a host and an optional port, such as https://app.example",
        e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "box:8080", "0x7f.1", "*", "http://box", "fd00::1", "[fd00::1]:80"})
  void rejectsInvalidHostNames(String host) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> HostRule.of(List.of(host)));
    assertEquals(
        "a host is a name or an address without a port, such as box.example or [fd00::1]",
        e.getMessage());
  }

  /** S13: the rejection names the option to add. */
  @Test
  void namesTheOptionForAnotherSite() {
    assertRejected(
        """
        HTTP/1.1 403 Forbidden
        Connection: close
        Content-Type: text/plain; charset=utf-8
        X-Content-Type-Options: nosniff
        Content-Length: 174

        403 Forbidden

        pages from https://evil.example may not connect because replies carry one client's \
        messages to others; to allow these pages, add --origin https://evil.example
        """,
        Policy.DEFAULT.judge(request("/", "Origin: https://evil.example"), true));
  }

  /** S13: no option allows a request with two origins. */
  @Test
  void namesNoOptionForSeveralOrigins() {
    RequestHead request = request("/", "Origin: http://localhost", "Origin: http://localhost");
    assertRejected(
        """
        HTTP/1.1 403 Forbidden
        Connection: close
        Content-Type: text/plain; charset=utf-8
        X-Content-Type-Options: nosniff
        Content-Length: 68

        403 Forbidden

        there are several Origin fields; a browser sends one
        """,
        Policy.DEFAULT.judge(request, true));
  }

  /** S14: the rejection names the option to add. */
  @Test
  void namesTheOptionForAReboundHost() {
    RequestHead request = head("GET /?x HTTP/1.1", "Host: Rebound.example:8080");
    String expected =
        """
        HTTP/1.1 403 Forbidden
        Connection: close
        Content-Type: text/plain; charset=utf-8
        X-Content-Type-Options: nosniff
        Content-Length: 166

        403 Forbidden

        the Host field names rebound.example, which may be another site's name for this machine; \
        if this server has that name, add --host-name rebound.example
        """;
    assertRejected(expected, Policy.DEFAULT.judge(request, false));
    assertRejected(expected, Policy.DEFAULT.judgePage(request));
  }

  /** S14: a host in the target is checked like the Host field. */
  @ParameterizedTest
  @CsvSource({
    "http://localhost:8080/ws, served",
    "https://127.0.0.1, served",
    "http://evil.example/ws, evil.example",
    "http://localhost@evil.example/, NAME",
    "http:///ws, NAME",
    "http://?localhost, NAME",
  })
  void checksTheHostInTheTarget(String target, String expected) {
    Rejection rejection = Policy.DEFAULT.judge(request(target), false);
    assertEquals(expected, rejection == null ? "served" : advised("--host-name", words(rejection)));
    assertEquals(rejection, Policy.DEFAULT.judgePage(request(target)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/ws                  | true | true",
        "/chat                | true | true",
        "/ws?reply=none       | true | true",
        "http://localhost/ws  | true | true",
        "http://localhost/ws?x=/ | true | true",
        "/                    | false | true",
        "/?/ws                | false | true",
        "http://localhost     | false | true",
        "/WS                  | false | false",
        "/ws/                 | false | false",
        "/%77s                | false | false",
        "//ws                 | false | false",
        "/../ws               | false | false",
      })
  void comparesPathsExactly(String target, boolean webSocket, boolean page) {
    RequestHead request = request(target, authorization("Ann:päss:word"));
    assertEquals(webSocket, STRICT.judge(request, false) == null);
    assertEquals(page, STRICT.judgePage(request) == null);
    assertNull(Policy.DEFAULT.judge(request, false));
    assertNull(Policy.DEFAULT.judgePage(request));
  }

  /** S12: the response does not repeat the path of the request. */
  @Test
  void namesTheValidPathsWithoutRepeatingTheInvalidOne() {
    String expected =
        """
        HTTP/1.1 404 Not Found
        Connection: close
        Content-Type: text/plain; charset=utf-8
        X-Content-Type-Options: nosniff
        Content-Length: 80

        404 Not Found

        this path does not exist; connect to /ws or /chat, or add --path
        """;
    RequestHead request = request("/<b>%0d%0a", authorization("Ann:päss:word"));
    assertRejected(expected, STRICT.judge(request, false));
    assertRejected(expected, STRICT.judgePage(request));
  }

  /** S20: a wrong user and a wrong password get the same response. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-                            | the request has no Authorization field",
        "Bearer abc                   | the Authorization field does not use the Basic scheme",
        "BasicQW5uOg==                | the Authorization field does not use the Basic scheme",
        "''                           | the Authorization field does not use the Basic scheme",
        "Basic                        | the Basic credentials are not user:password in Base64",
        "Basic %%%                    | the Basic credentials are not user:password in Base64",
        "Basic QW5u                   | the Basic credentials are not user:password in Base64",
        "Basic QW5uOnc= x             | the Basic credentials are not user:password in Base64",
        "Basic QW5uOndvcmQ=           | wrong user or password",
        "Basic OnDDpHNzOndvcmQ=       | wrong user or password",
      })
  void rejectsWrongCredentials(String value, String reason) {
    String expected =
        """
        HTTP/1.1 401 Unauthorized
        Connection: close
        WWW-Authenticate: Basic realm="wscope", charset="UTF-8"
        Content-Type: text/plain; charset=utf-8
        X-Content-Type-Options: nosniff
        Content-Length: %d

        401 Unauthorized

        %s; send the user and password given with --auth
        """
            .formatted(reason.length() + 65, reason);
    RequestHead request =
        value.equals("-") ? request("/ws") : request("/ws", "Authorization: " + value);
    assertRejected(expected, STRICT.judge(request, false));
    assertRejected(expected, STRICT.judgePage(request));
  }

  /** S20: only the complete password is accepted. */
  @Test
  void comparesTheWholePassword() {
    String secret = "Ann:päss:word";
    for (int length = secret.indexOf(':') + 1; length < secret.length(); length++) {
      RequestHead request = request("/ws", authorization(secret.substring(0, length)));
      assertEquals("wrong user or password", STRICT.judge(request, false).words());
    }
    assertNotNull(STRICT.judge(request("/ws", authorization(secret + "x")), false));
    assertNull(STRICT.judge(request("/ws", authorization(secret)), false));
  }

  @Test
  void ignoresTheCaseOfTheScheme() {
    String field = authorization("Ann:päss:word").replace("Basic", "bAsIc");
    assertNull(STRICT.judge(request("/ws", field), false));
  }

  @Test
  void rejectsSeveralAuthorizationFields() {
    String valid = authorization("Ann:päss:word");
    Rejection rejection = STRICT.judge(request("/ws", valid, valid), false);
    assertEquals(
        "the request has several Authorization fields; send the user and password given with --auth",
        words(rejection));
  }

  /** S20: neither toString nor an exception shows the password. */
  @Test
  void showsNoPassword() {
    assertFalse(STRICT.toString().contains("word"), STRICT.toString());
    for (String invalid : List.of("secret", "secret\u0007:x")) {
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> Credentials.of(invalid));
      assertFalse(e.getMessage().contains("secret"), e.getMessage());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a, b | b | b",
        "a, b | b, a | b",
        "a, b | c, a | a",
        "a | c | -",
        "a | A | -",
        "'' | a | -",
        "a, b | '' | -",
        "b, a | any | b",
        "'' | any | -",
      })
  void prefersSubprotocolsInTheOrderOfTheServer(String offered, String supported, String chosen) {
    Policy policy =
        new Policy(
            HostRule.DEFAULT,
            OriginRule.DEFAULT,
            null,
            List.of(),
            subprotocols(supported),
            List.of());
    RequestHead request =
        request(
            "/",
            list(offered).stream()
                .map(name -> "Sec-WebSocket-Protocol: " + name)
                .toArray(String[]::new));
    assertEquals(chosen.equals("-") ? null : chosen, policy.subprotocol(request, List.of()));
  }

  private static SubprotocolRule subprotocols(String supported) {
    return supported.equals("any") ? SubprotocolRule.ANY : SubprotocolRule.of(list(supported));
  }

  /** S12: a rejection contains only visible ASCII. */
  @Test
  void randomBytesLeaveARejectionHarmless() {
    Random random = new Random(12);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[random.nextInt(24)];
      random.nextBytes(bytes);
      String noise = new String(bytes, StandardCharsets.ISO_8859_1);
      String origin = random.nextBoolean() ? noise : "http://" + noise;
      assertHarmless(words(HostRule.DEFAULT.judge(noise)));
      assertHarmless(words(OriginRule.DEFAULT.judge(fields(origin), "replies")));
      assertHarmless(words(NAMED.judge(fields("https://[" + noise + "]"), "replies")));
    }
  }

  /** Fails unless it is printable ASCII without characters that are special in HTML or a shell. */
  private static void assertHarmless(String reason) {
    if (reason != null) {
      assertTrue(
          reason.chars().allMatch(c -> c >= ' ' && c < 0x7f && "<>&\"`$\\".indexOf(c) < 0), reason);
    }
  }

  /** The reason in the log; null if the request is accepted. */
  private static String words(Rejection rejection) {
    return rejection == null ? null : PlainResponses.of(rejection, new ServeWording()).why();
  }

  private static String verdict(Rejection rejection) {
    String reason = words(rejection);
    assertHarmless(reason);
    if (reason == null) {
      return "fine";
    }
    String advised = advised("--origin", reason);
    return advised.isEmpty() || advised.equals("'*'") ? "none" : advised;
  }

  /** The value after the last mention of an option. */
  private static String advised(String option, String reason) {
    int at = reason.lastIndexOf(" " + option + " ");
    return at < 0 ? "" : reason.substring(at + option.length() + 2);
  }

  private static List<String> list(String text) {
    return Arrays.stream(text.split(", ", -1)).filter(name -> !name.isEmpty()).toList();
  }

  private static List<HeaderField> fields(String values) {
    return values.equals("-")
        ? List.of()
        : Arrays.stream(values.split(" && ", -1))
            .map(value -> new HeaderField("Origin", value, 0, 0))
            .toList();
  }

  private static String authorization(String userAndPassword) {
    byte[] bytes = userAndPassword.getBytes(StandardCharsets.UTF_8);
    return "Authorization: Basic " + Base64.getEncoder().encodeToString(bytes);
  }

  private static RequestHead request(String target, String... fields) {
    String[] all =
        Stream.concat(Stream.of("Host: localhost"), Arrays.stream(fields)).toArray(String[]::new);
    return head("GET " + target + " HTTP/1.1", all);
  }

  private static RequestHead head(String line, String... fields) {
    RequestDecoder decoder = new RequestDecoder(4096, 20);
    String text = line + "\r\n" + String.join("\r\n", fields) + "\r\n\r\n";
    assertTrue(decoder.feed(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1))));
    assertEquals(List.of(), decoder.violations());
    return decoder.head();
  }

  /** Compares the whole response on the wire; its body must end with the reason in the log. */
  private static void assertRejected(String expected, Rejection rejection) {
    UpgradeDecision.Reject reject = PlainResponses.of(rejection, new ServeWording());
    String response = StandardCharsets.UTF_8.decode(reject.response().bytes()).toString();
    assertEquals(expected, response.replace("\r\n", "\n"));
    assertTrue(response.endsWith("\n\n" + reject.why() + "\n"), response);
  }
}
