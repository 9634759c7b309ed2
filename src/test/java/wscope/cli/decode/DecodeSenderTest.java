package wscope.cli.decode;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wscope.cli.Run;
import wscope.support.SampleHandshake;

/**
 * How {@code wscope decode} determines the sender of a frame: by {@code --sender}; otherwise by the
 * head, if the stream has only one; otherwise by the MASK bit (RFC 6455 §5.1).
 */
class DecodeSenderTest {
  private static final String REQUEST_SCREEN =
      """
      request                                                     bytes 0-160
          GET /chat HTTP/1.1
          Host: server.example.com
          Upgrade: websocket
          Connection: Upgrade
          Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
          Sec-WebSocket-Version: 13

      """;

  private static final String RESPONSE_SCREEN =
      """
          HTTP/1.1 101 Switching Protocols
          Upgrade: websocket
          Connection: Upgrade
          Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=

      """;

  private static final String UNMASKED =
      """
        ✗ client-frame-unmasked   RFC 6455 §5.1 → close 1002
            A frame from a client is not masked
            found: MASK 0
            hint: a client masks every frame with a fresh key; only a server sends frames without one
      """;

  private static final String MASKED =
      """
        ✗ server-frame-masked   RFC 6455 §5.1 → close 1002
            A frame from a server is masked
            found: MASK 1
            hint: a server never masks; only a client does
      """;

  private static final String OPEN = "open     extensions: none   subprotocol: none\n";

  private static final String BOTH_ENDS =
      """
      note: some frames are masked, some are not; wscope assumes that the client sent
            the masked ones. If one endpoint sent all, add --sender client or server
      """;

  /** The heads before the frames in the input. */
  private enum Heads {
    NONE("", ""),
    REQUEST(SampleHandshake.REQUEST, REQUEST_SCREEN),
    RESPONSE(
        SampleHandshake.RESPONSE,
        "response                                                    bytes 0-128\n"
            + RESPONSE_SCREEN
            + OPEN),
    BOTH(
        SampleHandshake.REQUEST + SampleHandshake.RESPONSE,
        REQUEST_SCREEN
            + "response                                                    bytes 161-289\n"
            + RESPONSE_SCREEN
            + "accept       s3pPLMBiTxaQ9kYGzzhZRbK+xOo=   matches the key\n"
            + OPEN);

    private final String bytes;
    private final String screen;

    Heads(String bytes, String screen) {
      this.bytes = bytes;
      this.screen = screen;
    }
  }

  /**
   * Each frame is "MDN", masked (M) or unmasked (U); the rule is the one that it breaks, if any.
   */
  @ParameterizedTest(name = "{0}, {1}")
  @CsvSource({
    "NONE, M, ''",
    "NONE, U, ''",
    "REQUEST, M, ''",
    "REQUEST, U, client-frame-unmasked",
    "REQUEST, MUM, client-frame-unmasked",
    "RESPONSE, U, ''",
    "RESPONSE, M, server-frame-masked",
    "RESPONSE, UMU, server-frame-masked",
    "BOTH, M, ''",
    "BOTH, U, ''",
    "BOTH, UMMU, ''",
  })
  void determinesTheSenderByTheHeads(Heads heads, String frames, String rule) {
    assertDecodes(heads, frames, rule, "");
  }

  @ParameterizedTest
  @CsvSource({"UM", "MU", "MUUM"})
  void determinesTheSenderByTheMaskBit(String frames) {
    assertDecodes(Heads.NONE, frames, "", BOTH_ENDS);
  }

  /** The option overrides the heads and the MASK bits. */
  @ParameterizedTest(name = "{0}, {1}, {2}")
  @CsvSource({
    "client, NONE, U, client-frame-unmasked",
    "client, NONE, UM, client-frame-unmasked",
    "client, RESPONSE, U, client-frame-unmasked",
    "client, RESPONSE, M, ''",
    "client, BOTH, MU, client-frame-unmasked",
    "server, NONE, M, server-frame-masked",
    "server, NONE, UM, server-frame-masked",
    "server, REQUEST, M, server-frame-masked",
    "server, REQUEST, U, ''",
    "server, BOTH, MU, server-frame-masked",
  })
  void determinesTheSenderByTheOption(String sender, Heads heads, String frames, String rule) {
    assertDecodes(heads, frames, rule, "", "--sender", sender);
  }

  /** Checks the whole output and the exit code. */
  private static void assertDecodes(
      Heads heads, String frames, String rule, String note, String... options) {
    StringBuilder screen = new StringBuilder(heads.screen);
    StringBuilder hex = new StringBuilder();
    hex.append(HexFormat.of().formatHex(heads.bytes.getBytes(ISO_8859_1)));
    int offset = heads.bytes.length();
    for (int i = 0; i < frames.length(); i++) {
      boolean masked = frames.charAt(i) == 'M';
      int size = masked ? 9 : 5;
      // A new key for each frame; only its last byte differs, which masks nothing here.
      hex.append(masked ? "81833d5423" + HexFormat.of().toHexDigits((byte) i) : "81034d444e");
      hex.append(masked ? "70106d" : "");
      String key = masked ? "key 3d5423" + HexFormat.of().toHexDigits((byte) i) : " ".repeat(12);
      screen.append("frame ").append(i + 1).append("    FIN 1  RSV 000  opcode 0x1 text          ");
      screen.append(masked ? "MASK 1" : "MASK 0").append("  length 3         ").append(key);
      screen.append("  bytes ");
      screen.append(offset).append('-').append(offset + size - 1);
      boolean wrong = rule.equals(masked ? "server-frame-masked" : "client-frame-unmasked");
      if (wrong) {
        screen.append('\n').append(masked ? MASKED : UNMASKED);
        screen.append("message ").append(i + 1).append("   text, 3 bytes in 1 frame");
      }
      screen.append("   \"MDN\"\n");
      offset += size;
    }
    String[] command = {"decode", "-d", "frames", "--from", "hex"};
    Run run =
        Run.of(
            Stream.of(Stream.of(command), Stream.of(options), Stream.of(hex.toString()))
                .flatMap(part -> part)
                .toArray(String[]::new));
    assertEquals(new Run(rule.isEmpty() ? 0 : 1, screen.toString(), note), run);
  }
}
