package wscope.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
  private final Redaction redaction = new Redaction(Redaction.Style.MARK, List.of());

  /** In each text, $ is the secret; '' is a quotation mark. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "GET /?token=$ HTTP/1.1|parameter token",
        "/chat?user=ann&access_token=$&room=1#x|parameter access_token",
        "/?API-KEY=$|parameter api-key",
        "{''user'':''ann'',''password'':''$''}|JSON field password",
        "{ ''accessToken'' : ''$'', ''n'': 1 }|JSON field accesstoken",
        "{''client_secret'':''$|JSON field client_secret",
        "{''db.password'':''$''}|JSON field db.password",
        "{''inner'':''{\\''api_key\\'':\\''$\\''}''}|JSON field api_key",
        "{''token'':$,''n'':2}|JSON field token",
        "42[''login'',{''sessionId'':''$''}]|JSON field sessionid",
        "the client sent Authorization: $|header authorization",
        "Set-Cookie:$|header set-cookie",
        "Bearer $|bearer token",
        "bearer, $|bearer token",
        "base64url.bearer.authorization.k8s.io.$|bearer token",
        "/login?next=%2Fchat%3Ftoken%3D$|parameter token",
        "token=''$''|parameter token",
        "{user: 'ann', password: '$'}|field password",
        "{'api_key' : '$', 'n': 1}|field api_key",
        "password = ''$''|field password",
        "{''pass'':''$''}|JSON field pass",
        "{''p\\u0061ssword'':''$''}|JSON field password",
        "{''\\u0070\\u0061SS'':''$''}|JSON field pass",
        "{''inner'':''{\\''api\\\\u005fkey\\'':\\''$\\''}''}|JSON field api_key",
        "{''tokens'':''$''}|JSON field tokens",
        "{''passwords'' : [ ''$'' ]}|JSON field passwords",
        "{''api_keys'':[true,''$'',null]}|JSON field api_keys",
        "{''credentials'':{''a'':null,''value'' : ''$''},''n'':1}|JSON field credentials",
        "{''auth'':{''list'':[{''x'':''$''}]},''n'':[1]}|JSON field auth",
        "{''inner'':''{\\''auth\\'':{\\''a\\'':\\''$\\''}}'',''n'':1}|JSON field auth",
        "{''secret'':[$],''n'':2}|JSON field secret",
        "{''tokens'':{''n'':12,''first'':''$''}}|JSON field tokens",
        "<wsse:Password Type=''a''>$</wsse:Password>|element password",
        "{''credentials'':{''value'':''$|JSON field credentials",
        "/?api%5Fkey=$&n=1|parameter api_key",
        "/?a%20%74oken=$|parameter token",
        "/?next=%2F%3Fn%3D1%26api%255Fkey%3D$|parameter api_key",
        "/?next=%2Fchat%253Ftoken%253D$|parameter token",
        "user[password]=$&n=1|parameter user[password]",
        "user%5Bpassword%5D=$|parameter user[password]",
        "tokens[]=$|parameter tokens[]",
        "{''url'':''/?n=1\\u0026sig=$''}|parameter sig",
        "secrets = ''$''|field secrets",
        "{''bearer'':''$''}|JSON field bearer",
        "<auth><password enc='x'>$</password>|element password",
        "CONNECT\\nlogin:ann\\npasscode:$\\n\\n|header passcode",
        "x\\r\\nX-Vault-Token: $\\r\\n\\r\\n|header x-vault-token",
      })
  void findsWhereSecretsStand(String text, String name) {
    for (String secret : List.of("hunter2hunter2", "Zm9v.YmFy+_/9=~", "12345678901234567")) {
      Redaction fresh = new Redaction(Redaction.Style.MARK, List.of());
      String given = text.replace("''", "\"").replace("\\n", "\n").replace("\\r", "\r");
      assertEquals(given.replace("$", "[redacted]"), fresh.text(given.replace("$", secret)), given);
      assertEquals(Map.of(name, 1L), fresh.counts());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "MDN",
        "GET /chat?room=1&tokens=3 HTTP/1.1",
        "{\"password\":null,\"token\":true}",
        "{\"token\":{\"valid\":true,\"next\":[null,{}]},\"type\":\"x\"}",
        "{\"max_tokens\":4096,\"tokens\": \"3\"}",
        "{\"tokens\":{\"input\":12,\"output\":[7, 31337]},\"text\":\"x\"}",
        "{\"usage\":\"{\\\"total_tokens\\\":{\\\"input\\\":12}}\"}",
        "max_tokens = '12'",
        "token: {",
        "credentials: {}",
        "authorization: { type: 'x' }",
        "/?a=tokena%3Dtoken",
        "\\u0070assword",
        "the password is weak",
        "a=b; c=d",
        "//host/path@2x.png",
        "Access-Control-Allow-Credentials: true",
        "the token: a word",
        "a <token> is missing",
        "the bearer, Ann",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
      })
  void leavesOtherTextAlone(String text) {
    assertEquals(text, redaction.text(text));
    assertEquals(Map.of(), redaction.counts());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authorization",
        "COOKIE",
        "set-cookie",
        "Proxy-Authorization",
        "X-Api-Key",
        "X-Vault-Token",
        "Private-Token",
        "X-Amz-Security-Token",
        "client_secret"
      })
  void hidesTheWholeValueOfSecretHeaders(String name) {
    assertEquals("[redacted]", redaction.field(name, "any value; at all"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{6f9619ff-8b86-d011}", "null  hunter2"})
  void hidesValuesOfHeadersThatBeginAsThoseWithoutASecret(String value) {
    assertEquals("[redacted]", redaction.field("X-Api-Key", value));
    Redaction other = new Redaction(Redaction.Style.MARK, List.of());
    assertEquals("X-Api-Key: [redacted]\r\n", other.text("X-Api-Key: " + value + "\r\n"));
  }

  @Test
  void hidesUserAndPasswordOfAUrl() {
    assertEquals("ws://[redacted]@example.com/", redaction.text("ws://ann:pw:x@example.com/"));
    assertEquals("a http://[redacted]@[::1]:3128", redaction.text("a http://ann@[::1]:3128"));
    assertEquals(Map.of("user and password in a URL", 2L), redaction.counts());
  }

  @Test
  void redactsOtherHeadersAsText() {
    assertEquals("/?token=[redacted]", redaction.field("Referer", "/?token=abc"));
  }

  @Test
  void findsAHeaderWithItsContinuationLines() {
    assertEquals(
        "GET / HTTP/1.1\r\nCookie: [redacted]\r\nHost: x\r\n\r\n",
        redaction.text("GET / HTTP/1.1\r\nCookie: a=1;\r\n b=2\r\n\tc=3\r\nHost: x\r\n\r\n"));
  }

  @Test
  void aBackslashDoesNotEndAString() {
    assertEquals(
        "{\"password\":\"[redacted]\",\"n\":1}",
        redaction.text("{\"password\":\"a\\\"b\\\\\",\"n\":1}"));
  }

  @Test
  void findsASecretAgainElsewhere() {
    redaction.field("Authorization", "Bearer 0123456789");
    assertEquals("echo [redacted]!", redaction.text("echo Bearer 0123456789!"));
  }

  /** A message may have a secret before the place that names it; an earlier one is written. */
  @Test
  void findsASecretBeforeItsNameInTheSameText() {
    assertEquals(
        "{\"echo\":\"[redacted]\",\"password\":\"[redacted]\"}",
        redaction.text("{\"echo\":\"hunter2hunter2\",\"password\":\"hunter2hunter2\"}"));
    assertEquals(Map.of("JSON field password", 1L, "a secret once more", 1L), redaction.counts());
  }

  @Test
  void hidesEachValueOfASecretObjectAndFindsItAgain() {
    assertEquals(
        "{\"credentials\":{\"role\":\"[redacted]\",\"value\":\"[redacted]\",\"n\":[redacted]},"
            + "\"n\":1}",
        redaction.text(
            "{\"credentials\":{\"role\":\"server\",\"value\":\"hunter2\",\"n\":7},\"n\":1}"));
    assertEquals("the server has [redacted]", redaction.text("the server has hunter2"));
    assertEquals(
        Map.of("JSON field credentials", 3L, "a secret once more", 1L), redaction.counts());
  }

  /** A program that writes text in parts may call these parts tokens. */
  @Test
  void wordsOfASecretObjectAreNotFoundAgain() {
    redaction.text("{\"tokens\":[\"Hello\",\" my world\",\"hunter2\"]}");
    assertEquals("Hello my world, [redacted]", redaction.text("Hello my world, hunter2"));
  }

  /** Tokens begin alike: each of them is compared with the others only where none is hidden. */
  @Test
  void manySecretsThatBeginAlikeHideNothingElse() {
    StringBuilder text = new StringBuilder();
    StringBuilder hidden = new StringBuilder();
    for (int i = 0; i < 1000; i++) {
      String start = "{\"n\":" + i + ",\"token\":\"";
      text.append(start).append("eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9").append(i).append("\"}");
      hidden.append(start).append("[redacted]\"}");
    }
    assertEquals(hidden.toString(), redaction.text(text.toString()));
    assertEquals(Map.of("JSON field token", 1000L), redaction.counts());
  }

  /** The value of a parameter ends at a quotation mark, which the secret may have. */
  @Test
  void findsAKnownSecretThatIsHiddenInPart() {
    redaction.text("{\"password\":\"abcdef<ghij\"}");
    assertEquals("pass=[redacted] x", redaction.text("pass=abcdef<ghij x"));
  }

  @Test
  void aBracketInAStringDoesNotEndAnArray() {
    assertEquals(
        "{\"token\":[\"[redacted]\",\"[redacted]\"],\"n\":1}",
        redaction.text("{\"token\":[\"a]b\",\"hunter2\"],\"n\":1}"));
  }

  @Test
  void manyValuesOfASecretNameBecomeOne() {
    assertEquals(
        "{\"secrets\":[" + "[redacted],".repeat(1000) + "[redacted],\"n\":1}",
        redaction.text("{\"secrets\":[" + "7,".repeat(5000) + "7],\"n\":1}"));
    assertEquals(Map.of("JSON field secrets", 1001L), redaction.counts());
  }

  /** A text may nearly be a known secret at each of its characters. */
  @Test
  void aSearchForKnownSecretsThatTakesTooLongHidesTheWholeText() {
    redaction.text("token=" + "a".repeat(30_000) + "b");
    assertEquals("[redacted]", redaction.text("a".repeat(60_000)));
    assertEquals(
        Map.of("parameter token", 1L, "a secret once more, which takes too long", 1L),
        redaction.counts());
  }

  /** A message may repeat the credentials without their scheme, and a cookie without its name. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Authorization|Bearer 0123456789|0123456789",
        "Proxy-Authorization|Basic dXNlcjpzZWNyZXQ=|dXNlcjpzZWNyZXQ=",
        "Cookie|theme=dark; sid=0123456789; n=1|0123456789",
        "Cookie|sid=\"0123=56789\"|0123=56789",
        "Set-Cookie|sid=0123456789; Path=/; HttpOnly|0123456789",
      })
  void findsAPartOfAHeaderAgain(String name, String value, String secret) {
    redaction.field(name, value);
    assertEquals("echo [redacted]!", redaction.text("echo " + secret + "!"));
    Redaction head = new Redaction(Redaction.Style.MARK, List.of());
    head.text("GET / HTTP/1.1\r\n" + name + ": " + value + "\r\n\r\n");
    assertEquals("echo [redacted]!", head.text("echo " + secret + "!"));
  }

  @Test
  void attributesOfACookieAreNoSecrets() {
    redaction.field("Set-Cookie", "sid=0123456789; Path=/service; SameSite=Strict");
    assertEquals("/service Strict", redaction.text("/service Strict"));
  }

  @Test
  void hidesWhatTheUserNames() {
    Redaction more = new Redaction(Redaction.Style.MARK, List.of("[A-Z]{2}\\d{6}"));
    assertEquals("id [redacted] of [redacted]", more.text("id AB123456 of CD654321"));
    assertEquals(Map.of("pattern 1 of the user", 2L), more.counts());
  }

  @Test
  void aPatternThatTakesTooLongHidesTheWholeText() {
    Redaction slow = new Redaction(Redaction.Style.MARK, List.of("(a|aa)+$"));
    assertEquals("[redacted]", slow.text("a".repeat(5000) + "b"));
    assertEquals(Map.of("pattern 1 of the user, which takes too long", 1L), slow.counts());
  }

  @Test
  void keepsTheLengthInBytes() {
    Redaction stars = new Redaction(Redaction.Style.SAME_LENGTH, List.of());
    assertEquals("{\"password\":\"*****\"}", stars.text("{\"password\":\"gru\u00df\"}"));
  }

  /** Overlapping finds become one mark, and every style hides the same. */
  @Test
  void hidesEverySecretOfRandomTexts() {
    Random random = new Random(20);
    String[] pieces = {
      "token=SECRET1",
      "\"password\":\"SECRET2\"",
      "Cookie: SECRET3\r\n",
      "//a:SECRET4@h",
      "&",
      "{",
      "}",
      " ",
      "\"",
      "\\",
      ",",
      "\n",
      "bearer SECRET5xyz",
      "\u202e",
      "\ud83d\ude00"
    };
    for (int turn = 0; turn < 20_000; turn++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(8); i >= 0; i--) {
        text.append(' ').append(pieces[random.nextInt(pieces.length)]);
      }
      String all = text.toString();
      String marked = new Redaction(Redaction.Style.MARK, List.of()).text(all);
      assertFalse(marked.contains("SECRET"), () -> all + " became " + marked);
      String stars = new Redaction(Redaction.Style.SAME_LENGTH, List.of()).text(all);
      assertFalse(stars.contains("SECRET"), () -> all + " became " + stars);
      assertEquals(all.getBytes(UTF_8).length, stars.getBytes(UTF_8).length, all);
    }
  }

  /** Neither deep recursion nor repeated search of the same text. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\\",
        "\"",
        "a",
        "token=",
        "\"token\":\"",
        "//",
        "eyJ",
        "Cookie:",
        "\r\n ",
        "-_.$",
        "\ntoken:",
        "token:'",
        "<token>",
        "<token ",
        "token =",
        "sid=",
        "a=",
        "%3d",
        "%25",
        "token%3d",
        "token[",
        "\\u0061",
        "\"\\u0061",
        "\"token\":[",
        "\"token\":{\"a\":",
        "\"token\":[\\",
        "\"tokens\":[1,",
        "\"secrets\":[1,",
        "<token:token>"
      })
  void readsLongTextsInOnePass(String piece) {
    String text = piece.repeat(64 * 1024 / piece.length());
    assertTrue(redaction.text(text).length() <= text.length() + 10 * text.length());
  }
}
