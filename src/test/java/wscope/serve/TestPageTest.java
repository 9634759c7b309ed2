package wscope.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import wscope.cli.serve.ServeWording;
import wscope.connection.Behaviour;
import wscope.connection.BehaviourParameter;
import wscope.connection.BehaviourParameters;
import wscope.protocol.handshake.HeaderField;
import wscope.protocol.handshake.HttpResponse;
import wscope.protocol.handshake.RequestHead;

/** The page as browsers get it; src/test/interop tests it in a browser. */
class TestPageTest {
  private final String page = TestPage.of(Settings.DEFAULT, "").body();

  @Test
  void headersForbidEverythingElse() throws Exception {
    HttpResponse response = TestPage.of(Settings.DEFAULT, "");
    assertEquals(
        """
        HTTP/1.1 200 OK
        Connection: close
        Content-Type: text/html; charset=utf-8
        Content-Security-Policy: default-src 'none'; connect-src 'self'; \
        script-src 'sha256-SCRIPT'; style-src 'sha256-STYLE'; base-uri 'none'; \
        form-action 'none'; frame-ancestors 'none'
        X-Content-Type-Options: nosniff
        Referrer-Policy: no-referrer
        Cache-Control: no-store
        Content-Length: LENGTH

        """
            .replace("\n", "\r\n")
            .replace("SCRIPT", hash("<script>", "</script>"))
            .replace("STYLE", hash("<style>", "</style>"))
            .replace("LENGTH", String.valueOf(page.getBytes(UTF_8).length)),
        response.head());
  }

  @Test
  void loadsNothingFromElsewhere() {
    List<String> foreign = List.of(" src=", " href=", "url(", "@import", "http:", "https:", "//c");
    foreign.forEach(mark -> assertFalse(page.contains(mark), mark));
    List<String> unsafe = List.of("innerHTML", "outerHTML", "insertAdjacent", "eval(", "write(");
    unsafe.forEach(mark -> assertFalse(page.contains(mark), mark));
    assertFalse(Pattern.compile(" (on[a-z]+|style)=\"").matcher(page).find());
    assertFalse(page.contains("{{"), "a placeholder is left");
  }

  @Test
  void isSmall() throws IOException {
    int bytes = 0;
    for (String file :
        List.of("page.html", "page.css", "page-log.js", "page-events.js", "page.js")) {
      try (InputStream in = TestPage.class.getResourceAsStream(file)) {
        bytes += in.readAllBytes().length;
      }
    }
    assertTrue(bytes < 40_000, "bytes: " + bytes);
  }

  @Test
  void everyParameterHasALabelledField() {
    List<String> labelled = found("<label for=\"([^\"]+)\"");
    assertEquals(found("<(?:input|select|textarea) id=\"([^\"]+)\""), labelled);
    assertEquals(
        BehaviourParameters.withAllFaults().all().stream()
            .map(BehaviourParameter::name)
            .filter(name -> !name.equals("fault"))
            .toList(),
        found("<(?:input|select) id=[^>]* name=\"([^\"]+)\""));
  }

  @Test
  void everyFaultHasABoxWithWhatItBreaks() {
    assertEquals(
        BehaviourParameters.withAllFaults().find("fault").values(),
        found("<label><input type=\"checkbox\" name=\"fault\" value=\"([^\"]+)\">"));
    assertTrue(
        page.contains(
            """
            <label><input type="checkbox" name="fault" value="server-frame-masked"> \
            <b>server-frame-masked</b>
            <small>A frame from a server is masked (RFC 6455 §5.1)</small></label>
            """),
        page);
    Behaviour masked = Behaviour.DEFAULT.faults(List.of("server-frame-masked"));
    String shown = TestPage.of(settings(Policy.DEFAULT, masked, Queries.LENIENT), "").body();
    assertTrue(shown.contains("; set on the command line: server-frame-masked</small>"), shown);
  }

  @Test
  void showsARowOfEachKind() {
    String shown =
        TestPage.of(
                settings(
                    Policy.DEFAULT,
                    Behaviour.DEFAULT.greet("<b>\"&'\u001b").compress(false),
                    Queries.LENIENT),
                "")
            .body();
    assertTrue(
        shown.contains(
            """
            <p><label for="p-greet">greet</label><input id="p-greet" name="greet" \
            aria-describedby="d-greet" placeholder="hello"><small id="d-greet">send TEXT (up \
            to 4096 B) when the WebSocket opens; set on the command line: \
            &lt;b&gt;&quot;&amp;'\u001b</small></p>
            """),
        shown);
    assertTrue(
        shown.contains(
            """
            <p><label for="p-compress">compress</label><select id="p-compress" name="compress" \
            aria-describedby="d-compress"><option value="">–</option><option>on</option>\
            <option>off</option></select><small id="d-compress">accept or decline \
            permessage-deflate; set on the command line: off</small></p>
            """),
        shown);
    assertTrue(
        shown.contains(
            """
            <p><label for="p-silent">silent</label><input id="p-silent" name="silent" \
            aria-describedby="d-silent" placeholder="pong,close" list="l-silent">\
            <datalist id="l-silent"><option>pong</option><option>close</option></datalist>\
            <small id="d-silent">do not reply to pings (pong), Close frames (close), or both</small></p>
            """),
        shown);
  }

  @Test
  void offersThePathOfTheWebSocket() {
    Policy policy =
        new Policy(
            HostRule.DEFAULT,
            OriginRule.DEFAULT,
            null,
            List.of("/\"a", "/b"),
            SubprotocolRule.ANY,
            List.of());
    String shown = TestPage.of(settings(policy, Behaviour.DEFAULT, Queries.LENIENT), "").body();
    assertTrue(shown.contains("<input id=\"path\" value=\"/&quot;a\""), shown);
    assertTrue(page.contains("<input id=\"path\" value=\"\""), page);
  }

  @Test
  void showsNoParametersIfQueriesAreIgnored() {
    String shown =
        TestPage.of(settings(Policy.DEFAULT, Behaviour.DEFAULT, Queries.IGNORED), "").body();
    assertFalse(Pattern.compile("<(?:input|select)[^>]* name=\"").matcher(shown).find(), shown);
    assertTrue(
        shown.contains(" data-unseen=\"the server was started with --ignore-query\">"), shown);
    assertTrue(page.contains(" data-unseen=\"\">"), page);
  }

  @Test
  void hasNoIcon() {
    HeaderField html = new HeaderField("Accept", "text/html", 0, 0);
    HttpResponse response =
        new Pages(Settings.DEFAULT, new PageToken("0".repeat(32)))
            .response(new RequestHead("GET", "/favicon.ico", "HTTP/1.1", List.of(html), 0), true);
    assertEquals(404, response.status());
    assertEquals("404 Not Found\n", response.body());
  }

  private static Settings settings(Policy policy, Behaviour behaviour, Queries queries) {
    Settings usual = Settings.DEFAULT;
    return new Settings(
        usual.limits(),
        usual.timeouts(),
        usual.link(),
        usual.maxConnections(),
        policy,
        usual.parameters(),
        behaviour,
        queries,
        new ServeWording());
  }

  private String hash(String start, String end) throws Exception {
    String content = page.substring(page.indexOf(start) + start.length(), page.indexOf(end));
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(UTF_8));
    return Base64.getEncoder().encodeToString(digest);
  }

  private List<String> found(String expression) {
    return Pattern.compile(expression)
        .matcher(page)
        .results()
        .map(result -> result.group(1))
        .toList();
  }
}
