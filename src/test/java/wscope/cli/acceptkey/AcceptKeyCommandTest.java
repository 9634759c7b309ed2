package wscope.cli.acceptkey;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wscope.cli.AwaitableOutput;
import wscope.cli.Run;
import wscope.cli.process.Stdio;

/** {@code wscope accept-key} (RFC 6455 §1.3, §4.2.2 and erratum 3150). */
class AcceptKeyCommandTest {
  @TempDir Path directory;

  private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";
  private static final String VALUE = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";
  private static final Run FINE = new Run(0, VALUE + "\n", "");
  private static final String REQUEST =
      """
      GET /a:b HTTP/1.1\r
      Host: localhost:80\r
      Upgrade: websocket\r
      Connection: Upgrade\r
      Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
      Sec-WebSocket-Version: 13\r
      \r
      """;
  private static final String RESPONSE =
      """
      HTTP/1.1 101 Switching Protocols\r
      Upgrade: websocket\r
      Connection: Upgrade\r
      Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r
      \r
      """;
  private static final String FITS = "fits: the server sent the value for this key\n";
  private static final Run CHECKED = new Run(0, VALUE + "\n", FITS);
  private static final Run NO_KEY =
      Run.misused("wscope accept-key", "no key given; a key has 24 characters and ends with ==");

  @ParameterizedTest
  @CsvSource({
    "dGhlIHNhbXBsZSBub25jZQ==, s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
    "x3JJHMbDL1EzLkh9GBhXDw==, HSmrc0sMlYUkAGmm5OPpG2HaGWk=",
    "AQIDBAUGBwgJCgsMDQ4PEA==, C/0nmHhBztSRGR1CwL6Tf4ZjwpY=",
    "AAAAAAAAAAAAAAAAAAAAAA==, ICX+Yqv66kxgM0FcWaLWlFLwTAI=",
    "/////////////////////w==, XXpj4jYzLM2yUE0C7TIgMwTQh2g=",
  })
  void computesTheValue(String key, String value) {
    Run expected = new Run(0, value + "\n", "");
    assertAll(
        () -> assertEquals(expected, Run.of("accept-key", key)),
        () -> assertEquals(expected, Run.reading(key, "accept-key")),
        () -> assertEquals(expected, Run.reading(key + "\n", "accept-key", "-")),
        () ->
            assertEquals(
                new Run(0, value + "\n", FITS), Run.of("accept-key", "--check", value, key)));
  }

  @Test
  void warnsAboutTheKeyInTheTextOfTheRfc() {
    Run run = Run.of("accept-key", "AQIDBAUGBwgJCgsMDQ4PEC==");
    assertEquals(new Run(0, "OfS0wDaT5NoxF2gqm7Zj2YtetzM=\n", run.err()), run);
    assertTrue(
        run.err()
            .startsWith(
                """
                key AQIDBAUGBwgJCgsMDQ4PEC==
                  ! key-pad-bits   RFC 4648 §3.5
                      The unused last bits of the key are not zero
                """),
        run.err());
    assertTrue(run.err().contains("found: character 22, 'C'\n"), run.err());
  }

  @Test
  void explainsTheDerivation() {
    assertEquals(
        new Run(
            0,
            """
            key          dGhlIHNhbXBsZSBub25jZQ==
            16 bytes     74 68 65 20 73 61 6d 70 6c 65 20 6e 6f 6e 63 65
            key + GUID   dGhlIHNhbXBsZSBub25jZQ==258EAFA5-E914-47DA-95CA-C5AB0DC85B11
            SHA-1        b3 7a 4f 2c c0 62 4f 16 90 f6 46 06 cf 38 59 45 b2 be c4 ea
            base64       s3pPLMBiTxaQ9kYGzzhZRbK+xOo=
            """,
            ""),
        Run.of("accept-key", "--explain", KEY));
  }

  @Test
  void checkAcceptsTheSameValue() {
    assertEquals(CHECKED, Run.of("accept-key", "--check", VALUE, KEY));
    assertEquals(CHECKED, Run.of("accept-key", KEY, "--check=" + VALUE));
    assertEquals(CHECKED, Run.of("accept-key", KEY, "--check=Sec-WebSocket-Accept: " + VALUE));
    assertEquals(CHECKED, Run.of("accept-key", KEY, "--check", RESPONSE));
  }

  @ParameterizedTest
  @CsvSource({
    "S3pPLMBiTxaQ9kYGzzhZRbK+xOo=, 1",
    "s3pPLMBiTxaQ9kYGzzhZRbK+xoo=, 26",
    "s3pPLMBiTxaQ9kYGzzhZRbK+xOo==, 29",
    "' s3pPLMBiTxaQ9kYGzzhZRbK+xOo=', 1",
    "'', 1",
  })
  void checkReportsADifference(String expected, int from) {
    String message =
        """
        ✗ the value differs from character %d on: %s instead of %s
              cause: none of the mistakes that wscope knows gives this value; was it computed for another key?
        """
            .formatted(from, expected, VALUE);
    assertEquals(
        new Run(1, VALUE + "\n", message), Run.of("accept-key", "--check=" + expected, KEY));
  }

  /** The values are those of accept-causes.csv. */
  @Test
  void checkNamesTheCause() {
    assertEquals(
        new Run(
            1,
            "HSmrc0sMlYUkAGmm5OPpG2HaGWk=\n",
            """
            ✗ the value differs from character 1 on: AhzgizHUmLjM60UwDuehOf2oNNk= instead of \
            HSmrc0sMlYUkAGmm5OPpG2HaGWk=
                  cause: the server hashed the key with a CR after it
                  check: the line that takes the key from the request; remove spaces, CR and LF from both ends
            """),
        Run.of(
            "accept-key", "--check", "AhzgizHUmLjM60UwDuehOf2oNNk=", "x3JJHMbDL1EzLkh9GBhXDw=="));
  }

  /** Values of the Python module hashlib for the key of the RFC. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          b37a4f2cc0624f1690f64606cf385945b2bec4ea | the server wrote the hash in hex
          YjM3YTRmMmNjMDYyNGYxNjkwZjY0NjA2Y2YzODU5NDViMmJlYzRlYQ== | the server encoded the hex
          c8qeCxwB8sJPxkSckeL76bKL7f642+KYzDiR7EbKyTY= | the server used SHA-256
          fI/F95pFHyUax3HLt0ktmQ== | the server used MD5
          s3pPLMBiTxaQ9kYGzzhZRbK+xOo | the server left out the =
          dGhlIHNhbXBsZSBub25jZQ== | the server sent the key itself back
          ok | none of the mistakes
          """)
  void aTextAfterAKeyIsTheValueOfAServer(String sent, String cause) {
    Run run = Run.of("accept-key", KEY, sent);
    assertEquals(1, run.exitCode());
    assertEquals(VALUE + "\n", run.out());
    assertTrue(run.err().startsWith("✗ the value differs from character "), run.err());
    assertTrue(run.err().contains("\n      cause: " + cause), run.err());
  }

  // Header lines and heads.

  /** Both heads at once, in any order and form. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        REQUEST + RESPONSE,
        RESPONSE + REQUEST,
        KEY + "\n" + VALUE,
        VALUE + "\n" + KEY,
        "Sec-WebSocket-Key: " + KEY + "\nSec-WebSocket-Accept: " + VALUE,
        "> sec-websocket-key: " + KEY + "\n> \n< Sec-WebSocket-Accept: " + VALUE + "\r\n<\r\n",
        "  'Sec-WebSocket-Key': '" + KEY + "',\n  'sec-websocket-accept': '" + VALUE + "'\n",
      })
  void checksWholeHeads(String text) throws Exception {
    assertEquals(CHECKED, Run.of("accept-key", text));
    assertEquals(CHECKED, Run.reading(text, "accept-key"));
    Path file = Files.writeString(directory.resolve("heads"), text);
    assertEquals(CHECKED, Run.of("accept-key", "--file", file.toString()));
  }

  @Test
  void namesTheKeyOfAnotherRequest() {
    Run run = Run.of("accept-key", "x3JJHMbDL1EzLkh9GBhXDw==", KEY, "HSmrc0sMlYUkAGmm5OPpG2HaGWk=");
    assertEquals(1, run.exitCode());
    assertTrue(
        run.err().contains("cause: this is the value for another key, x3JJHMbDL1EzLkh9GBhXDw==\n"),
        run.err());
  }

  @Test
  void recognisesAValueThatIsNoKey() {
    assertEquals(
        Run.misused(
            "wscope accept-key",
            "'"
                + VALUE
                + "' is a value of Sec-WebSocket-Accept; give the Sec-WebSocket-Key of its"
                + " request too"),
        Run.of("accept-key", VALUE));
  }

  /** The values are examples of draft-hixie-thewebsocketprotocol-76 (§1.3). */
  @ParameterizedTest
  @ValueSource(strings = {"8jKS'y:G*Co,Wxa-", "8jKS'y:G*Co,Wxa+"})
  void checksTheAnswerOfHixie76(String answer) {
    Run run =
        Run.reading(
            """
            GET /demo HTTP/1.1\r
            Sec-WebSocket-Key2: 12998 5 Y3 1  .P00\r
            Sec-WebSocket-Key1: 4 @1  46546xW%%0l 1 5\r
            \r
            ^n:ds[4UHTTP/1.1 101 WebSocket Protocol Handshake\r
            Upgrade: WebSocket\r
            \r
            """
                    .replace("%%", "%")
                + answer,
            "accept-key");
    boolean fits = answer.endsWith("-");
    assertEquals(fits ? 0 : 1, run.exitCode());
    assertEquals("38 6a 4b 53 27 79 3a 47 2a 43 6f 2c 57 78 61 2d\n", run.out());
    assertEquals(
        """
        note: "8jKS'y:G*Co,Wxa-", the 16 bytes that a server of hixie-76 sends after its head
        """
            + (fits
                ? "answer       38 6a 4b 53 27 79 3a 47 2a 43 6f 2c 57 78 61 2d   fits the challenge\n"
                : """
                ✗ answer     38 6a 4b 53 27 79 3a 47 2a 43 6f 2c 57 78 61 2b   does not fit the challenge
                             38 6a 4b 53 27 79 3a 47 2a 43 6f 2c 57 78 61 2d   the MD5 of number 1, \
                number 2 and the eight bytes
                """),
        run.err());
  }

  @Test
  void reportsAnIncompleteChallenge() {
    Run run =
        Run.reading("Sec-WebSocket-Key1: 1 2\nSec-WebSocket-Key2: 12\n\n1234567", "accept-key");
    assertEquals(
        new Run(
            1,
            "",
            """
            number 2     none: the digits of the key must be divisible by the number of its spaces
            ✗ 1 of the eight bytes after the head is missing
            """),
        run);
  }

  @Test
  void generatesAFreshKey() {
    Set<String> made = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      Run run = Run.of("accept-key", "--generate");
      String key = run.out().strip();
      assertEquals(new Run(0, key + "\n", ""), run);
      assertEquals(16, Base64.getDecoder().decode(key).length);
      made.add(key);
    }
    assertEquals(20, made.size());
    assertEquals(
        Run.misused("wscope accept-key", "--generate makes a key; remove the other key"),
        Run.of("accept-key", "--generate", KEY));
  }

  @Test
  void printsTheWholeResponse() {
    assertEquals(new Run(0, RESPONSE, ""), Run.of("accept-key", "--response", KEY));
  }

  @Test
  void readsAKeyFromOnePlace() {
    assertEquals(
        Run.misused("wscope accept-key", "give the key or --file, not both"),
        Run.of("accept-key", "--file", "x", KEY));
    assertEquals(3, Run.of("accept-key", "--file", directory.resolve("no").toString()).exitCode());
  }

  @Test
  void checkEscapesTheValue() {
    Run run = Run.of("accept-key", "--check", "\u001b[2J\u202e", KEY);
    assertEquals(1, run.exitCode());
    assertTrue(run.err().contains("on: \\x1b[2J\\u{202e} instead of"), run.err());
  }

  @Test
  void checkNeedsASingleKey() {
    assertEquals(
        Run.misused("wscope accept-key", "--check works with one key only"),
        Run.of("accept-key", "--check", VALUE, KEY, KEY));
  }

  @Test
  @Timeout(20)
  void showsEachValueBeforeTheNextKeyIsTyped() throws Exception {
    AwaitableOutput out = new AwaitableOutput();
    AwaitableOutput err = new AwaitableOutput();
    PipedOutputStream typed = new PipedOutputStream();
    Stdio terminal = new Stdio(new PipedInputStream(typed), out, err, true, true, true, true, 0);
    CompletableFuture<Integer> exitCode =
        CompletableFuture.supplyAsync(
            () -> Run.on(terminal, "accept-key"), task -> new Thread(task).start());
    err.await("Type a key and press Enter; Ctrl+D ends the input.\n");
    typed.write((KEY + "\n").getBytes(US_ASCII));
    typed.flush();
    out.await(VALUE + "\n");
    typed.write("\nAAAAAAAAAAAAAAAAAAAAAA==\n".getBytes(US_ASCII));
    typed.flush();
    out.await(VALUE + "\nICX+Yqv66kxgM0FcWaLWlFLwTAI=\n");
    typed.close();
    assertEquals(0, exitCode.get(10, TimeUnit.SECONDS));
    assertEquals(VALUE + "\nICX+Yqv66kxgM0FcWaLWlFLwTAI=\n", out.toString(UTF_8));
    assertEquals("Type a key and press Enter; Ctrl+D ends the input.\n", err.toString(UTF_8));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        // Length.
        "AAAAAAAAAAAAAAAAAAAA | 20 characters of base64 hold 15 bytes, not 16",
        "AAAAAAAAAAAAAAAAAAAAAAA= | 24 characters of base64 hold 17 bytes, not 16",
        "AA== | 4 characters of base64 hold 1 byte, not 16",
        "dGhlIHNhbXBsZSBub25jZTEyMw= | 27 characters of base64 hold 19 bytes, not 16",
        "A | 1 character cannot be base64: the length leaves one character over",
        // Alphabet.
        "dGhlIHNhbXBsZSBub25j-Q==" //
            + " | character 21, '-', is not in the base64 alphabet; it belongs to base64url",
        "dGhlIHNhbXBsZSBub25j_Q=="
            + " | character 21, '_', is not in the base64 alphabet; it belongs to base64url",
        "dGhlIHNhbXBs ZSBub25jZQ== | character 13, byte 20, is not in the base64 alphabet",
        "dGhlIHNhbX%BsZSBub25jZQ== | character 11, '%', is not in the base64 alphabet",
        // Padding.
        "dGhlIHNhbXBsZSBub25jZQ | the padding == is missing",
        "dGhlIHNhbXBsZSBub25jZQ= | the padding == is missing",
        "dGhlIHNhbXBsZSBub25jZQ=== | there is more padding than ==",
      })
  void explainsAMalformedKey(String key, String found) {
    Run expected =
        new Run(
            1,
            "",
            "key "
                + key
                + "\n"
                + """
                  ✗ key-malformed   RFC 6455 §4.2.1 → HTTP 400
                      The key is not the base64 encoding of 16 bytes
                      found: %s
                      hint: a key has 24 characters and ends with ==
                """
                    .formatted(found));
    assertEquals(expected, Run.of("accept-key", key));
    assertEquals(expected, Run.reading(key + "\n", "accept-key"));
  }

  @Test
  void forceComputesTheValueOfAnInvalidKey() {
    Run rejected = Run.of("accept-key", "dGhlIHNhbXBsZSBub25jZQ");
    assertEquals("", rejected.out());
    Run forced = Run.of("accept-key", "--force", "dGhlIHNhbXBsZSBub25jZQ");
    assertEquals(new Run(1, "RZWuh2JK/hL0RMgTNJFfZIAppXg=\n", rejected.err()), forced);
    assertEquals(FINE, Run.of("accept-key", "--force", KEY));
  }

  @Test
  void forceWithExplainOmitsTheNonce() {
    assertEquals(
        """
        key          dGhlIHNhbXBsZSBub25jZQ
        key + GUID   dGhlIHNhbXBsZSBub25jZQ258EAFA5-E914-47DA-95CA-C5AB0DC85B11
        SHA-1        45 95 ae 87 62 4a fe 12 f4 44 c8 13 34 91 5f 64 80 29 a5 78
        base64       RZWuh2JK/hL0RMgTNJFfZIAppXg=
        """,
        Run.of("accept-key", "--force", "--explain", "dGhlIHNhbXBsZSBub25jZQ").out());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "  dGhlIHNhbXBsZSBub25jZQ==  ",
        "\tdGhlIHNhbXBsZSBub25jZQ==\t\r\n",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Key:dGhlIHNhbXBsZSBub25jZQ==",
        "sec-websocket-key:  dGhlIHNhbXBsZSBub25jZQ==  \r\n",
        "SEC-WEBSOCKET-KEY: dGhlIHNhbXBsZSBub25jZQ==\r\n",
      })
  void ignoresWhitespaceAndTheFieldName(String text) {
    assertEquals(FINE, Run.of("accept-key", text));
    assertEquals(FINE, Run.reading(text, "accept-key"));
  }

  @Test
  void acceptsAHeaderLineAsTwoArguments() {
    assertEquals(FINE, Run.of("accept-key", "Sec-WebSocket-Key:", KEY));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\f", "\u000b", "\u001c", "\u001f", "\u0085", "\u00a0", "\u2003"})
  void keepsOtherWhitespace(String around) {
    // A server may hash these characters too, so the value would be wrong.
    Run before = Run.of("accept-key", around + KEY);
    assertEquals(1, before.exitCode(), before.out());
    assertEquals("", before.out());
    Run after = Run.reading(KEY + around + "\n", "accept-key");
    assertEquals(1, after.exitCode(), after.out());
  }

  @Test
  void computesTheValuesOfSeveralKeys() {
    String all = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\nHSmrc0sMlYUkAGmm5OPpG2HaGWk=\n";
    assertEquals(new Run(0, all, ""), Run.of("accept-key", KEY, "x3JJHMbDL1EzLkh9GBhXDw=="));
    String lines = KEY + "\r\n\r\nSec-WebSocket-Key: x3JJHMbDL1EzLkh9GBhXDw==\r\n";
    assertEquals(new Run(0, all, ""), Run.reading(lines, "accept-key"));
  }

  @Test
  void continuesAfterAnInvalidKey() {
    Run run = Run.of("accept-key", KEY, "short", "x3JJHMbDL1EzLkh9GBhXDw==");
    assertEquals(1, run.exitCode());
    assertEquals("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\nHSmrc0sMlYUkAGmm5OPpG2HaGWk=\n", run.out());
    assertTrue(run.err().startsWith("key short\n  ✗ key-malformed   "), run.err());
  }

  @Test
  void reportsAMissingKey() {
    assertEquals(NO_KEY, Run.of("accept-key"));
    assertEquals(NO_KEY, Run.of("accept-key", ""));
    assertEquals(NO_KEY, Run.of("accept-key", "--explain", "-"));
    assertEquals(NO_KEY, Run.reading(" \r\n\n", "accept-key"));
    assertEquals(NO_KEY, Run.reading("Sec-WebSocket-Key:\r\n", "accept-key"));
  }

  @Test
  void limitsTheLengthOfALine() {
    Run run = Run.reading("A".repeat(100_000), "accept-key");
    assertEquals(
        Run.misused(
            "wscope accept-key", "a line is longer than 32768 bytes; a key has 24 characters"),
        run);
  }

  @Test
  void escapesTheKey() {
    Run run = Run.of("accept-key", "\u001b]0;x\u0007\u009b\u202e");
    assertEquals(1, run.exitCode());
    assertTrue(run.err().startsWith("key \\x1b]0;x\\x07\\u{9b}\\u{202e}\n"), run.err());
    assertFalse(run.err().contains("\u001b"));
  }

  @Test
  void parsesItsArguments() {
    assertEquals(FINE, Run.of("accept-key", "--", KEY));
    assertEquals(2, Run.of("accept-key", "--check").exitCode());
  }
}
