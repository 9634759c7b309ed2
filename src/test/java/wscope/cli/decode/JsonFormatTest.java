package wscope.cli.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import wscope.cli.Run;
import wscope.report.json.EventSchema;
import wscope.support.SampleHandshake;

/** The whole output of {@code decode --format json}. */
class JsonFormatTest {
  @Test
  void writesFragmentsAPingAndAClose() {
    assertEquals(
        new Run(
            0,
            """
            {"type":"frame","sender":"server","number":1,"offset":0,"headerLength":2,\
            "payloadLength":3,"fin":false,"rsv1":false,"rsv2":false,"rsv3":false,"opcode":1,\
            "opcodeName":"text","masked":false,"lengthForm":7,"complete":true,"violations":[],\
            "text":"Hel","omitted":0}
            {"type":"frame","sender":"server","number":2,"offset":5,"headerLength":2,\
            "payloadLength":2,"fin":true,"rsv1":false,"rsv2":false,"rsv3":false,"opcode":9,\
            "opcodeName":"ping","masked":false,"lengthForm":7,"complete":true,"violations":[],\
            "text":"hi","omitted":0}
            {"type":"control","sender":"server","frame":2,"opcode":9,"opcodeName":"ping",\
            "length":2,"text":"hi","omitted":0}
            {"type":"frame","sender":"server","number":3,"offset":9,"headerLength":2,\
            "payloadLength":2,"fin":true,"rsv1":false,"rsv2":false,"rsv3":false,"opcode":0,\
            "opcodeName":"continuation","masked":false,"lengthForm":7,"complete":true,\
            "violations":[],"text":"lo","omitted":0}
            {"type":"message","sender":"server","number":1,"kind":"text","frames":2,"length":5,\
            "complete":true,"text":"Hello","omitted":0}
            {"type":"frame","sender":"server","number":4,"offset":13,"headerLength":2,\
            "payloadLength":5,"fin":true,"rsv1":false,"rsv2":false,"rsv3":false,"opcode":8,\
            "opcodeName":"close","masked":false,"lengthForm":7,"complete":true,"violations":[],\
            "base64":"A+hieWU=","omitted":0}
            {"type":"close","sender":"server","frame":4,"code":1000,\
            "codeName":"normal closure","reason":"bye"}
            {"type":"end","frames":4,"messages":1,"violations":0,"errors":0,\
            "unfinishedMessages":[]}
            """,
            ""),
        json("01 03 48 65 6c 89 02 68 69 80 02 6c 6f 88 05 03 e8 62 79 65"));
  }

  @Test
  void writesViolations() {
    assertEquals(
        new Run(
            1,
            """
            {"type":"frame","sender":"client","number":1,"offset":0,"headerLength":6,\
            "payloadLength":3,"fin":true,"rsv1":true,"rsv2":false,"rsv3":false,"opcode":1,\
            "opcodeName":"text","masked":true,"maskingKey":"3d542306","lengthForm":7,\
            "complete":true,"violations":[],"base64":"TURO","omitted":0}
            {"type":"violation","sender":"client","frame":1,"offset":0,\
            "rule":"rsv1-without-extension","severity":"error","citation":"RFC 6455 \\u00A75.2",\
            "closeCode":1002,"recoverable":true,"found":"RSV1 1, and the payload does not inflate: a block is still open",\
            "title":"RSV1 is set, but no extension that uses it was negotiated",\
            "hint":"with permessage-deflate, RSV1 marks a compressed message"}
            {"type":"message","sender":"client","number":1,"kind":"text","frames":1,"length":3,\
            "complete":true,"base64":"TURO","omitted":0}
            {"type":"frame","sender":"client","number":2,"offset":9,"headerLength":6,\
            "payloadLength":1,"fin":true,"rsv1":false,"rsv2":false,"rsv3":false,"opcode":8,\
            "opcodeName":"close","masked":true,"maskingKey":"01020304","lengthForm":7,\
            "complete":true,"violations":[],"base64":"Ag==","omitted":0}
            {"type":"violation","sender":"client","frame":2,"offset":15,\
            "rule":"close-body-of-one-byte","severity":"error",\
            "citation":"RFC 6455 \\u00A75.5.1","closeCode":1002,"recoverable":true,"found":"1 byte",\
            "title":"The body of a Close frame has one byte, but a close code takes two",\
            "hint":"leave the body empty, or begin it with a two-byte code"}
            {"type":"close","sender":"client","frame":2}
            {"type":"end","frames":2,"messages":1,"violations":2,"errors":2,\
            "unfinishedMessages":[]}
            """,
            ""),
        json("c1 83 3d 54 23 06 70 10 6d 88 81 01 02 03 04 03"));
  }

  @Test
  void writesACompressedMessage() {
    // RFC 7692 §7.2.3.1, in two frames.
    assertEquals(
        new Run(
            0,
            """
            {"type":"message","sender":"server","number":1,"kind":"text","frames":2,"length":5,\
            "complete":true,"compression":{"length":7,"windowBits":15,"contextTakeover":true},\
            "text":"Hello","omitted":0}
            {"type":"end","frames":2,"messages":1,"violations":0,"errors":0,\
            "unfinishedMessages":[]}
            """,
            ""),
        json("41 03 f2 48 cd 80 04 c9 c9 07 00", "--deflate", "--detail", "messages"));
  }

  @Test
  void writesAnIncompleteFrame() {
    assertEquals(
        new Run(
            1,
            """
            {"type":"frame","sender":"server","number":1,"offset":0,"headerLength":2,\
            "payloadLength":5,"fin":true,"rsv1":false,"rsv2":false,"rsv3":false,"opcode":1,\
            "opcodeName":"text","masked":false,"lengthForm":7,"complete":false,"violations":[],\
            "text":"He","omitted":0}
            {"type":"message","sender":"server","number":1,"kind":"text","frames":1,"length":2,\
            "complete":false,"text":"He","omitted":0}
            {"type":"end","frames":1,"messages":0,"violations":0,"errors":0,\
            "unfinishedMessages":[1],"incomplete":{"frame":1,"field":"payload data","offset":4,\
            "missing":3}}
            """,
            ""),
        json("81 05 48 65"));
  }

  @Test
  void writesAHandshake() {
    String stream =
        SampleHandshake.request("a", "/chat")
            + """
              HTTP/1.1 101 OK\r
              Upgrade: websocket\r
              Connection: Upgrade\r
              \r
              """;
    assertEquals(
        new Run(
            1,
            """
            {"type":"handshake","sender":"client","offset":0,"length":144,"complete":true,\
            "method":"GET","target":"/chat","version":"HTTP/1.1","fields":[\
            {"name":"Host","value":"a"},\
            {"name":"Upgrade","value":"websocket"},\
            {"name":"Connection","value":"Upgrade"},\
            {"name":"Sec-WebSocket-Key","value":"dGhlIHNhbXBsZSBub25jZQ=="},\
            {"name":"Sec-WebSocket-Version","value":"13"}],\
            "outcome":"accepted","key":"dGhlIHNhbXBsZSBub25jZQ==",\
            "accept":"s3pPLMBiTxaQ9kYGzzhZRbK+xOo=","violations":[]}
            {"type":"handshake","sender":"server","offset":144,"length":60,"complete":true,\
            "version":"HTTP/1.1","status":101,"reason":"OK","fields":[\
            {"name":"Upgrade","value":"websocket"},\
            {"name":"Connection","value":"Upgrade"}],\
            "outcome":"failed","violations":["accept-missing"]}
            {"type":"violation","sender":"server","offset":60,"rule":"accept-missing",\
            "severity":"error","citation":"RFC 6455 \\u00A74.1","recoverable":true,\
            "found":"no Sec-WebSocket-Accept field",\
            "title":"The Sec-WebSocket-Accept field is missing",\
            "hint":"derive the value from Sec-WebSocket-Key; a client must not open the\
             connection without this field"}
            {"type":"end","frames":0,"messages":0,"violations":1,"errors":1,\
            "unfinishedMessages":[]}
            """,
            ""),
        json(hex(stream)));
  }

  @Test
  void detailNoneWritesOnlyTheEnd() {
    assertEquals(
        new Run(
            0,
            """
            {"type":"end","frames":1,"messages":1,"violations":0,"errors":0,\
            "unfinishedMessages":[]}
            """,
            ""),
        json("81 02 68 69", "--detail", "none"));
  }

  @Test
  void rejectsEmptyInput() {
    Run run = json("");
    assertEquals(new Run(2, "", run.err()), run);
  }

  @Test
  void reportsAFullDiskButNotAClosedPipe() {
    assertEquals("0 ", failing("Broken pipe", "81 00"));
    assertEquals("0 ", failing("Broken pipe", "81 00 ".repeat(1000)));
    assertEquals("3 wscope: No space left on device\n", failing("No space left on device", "8100"));
  }

  private static Run json(String bytes, String... options) {
    String[] args = new String[options.length + 4];
    System.arraycopy(options, 0, args, 4, options.length);
    args[0] = "decode";
    args[1] = "--format";
    args[2] = "json";
    args[3] = "-";
    Run run = Run.reading(bytes, args);
    EventSchema.check(run.out());
    return run;
  }

  /** The exit code and standard error if the output fails. */
  private static String failing(String message, String bytes) {
    OutputStream out =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException(message);
          }
        };
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    ByteArrayInputStream in = new ByteArrayInputStream(bytes.getBytes(StandardCharsets.US_ASCII));
    int exitCode = Run.on(Run.stdio(in, out, err), "decode", "--format", "json");
    return exitCode + " " + err.toString(StandardCharsets.UTF_8);
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(StandardCharsets.ISO_8859_1));
  }
}
