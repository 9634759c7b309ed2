package wscope.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import wscope.cli.Run;
import wscope.support.WscopeCommand;

/** tshark shows the frames of a recording as wscope shows them (profile interop). */
@Tag("interop")
@Timeout(60)
class TsharkIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HexFormat HEX = HexFormat.of();

  @TempDir private static Path folder;

  @BeforeAll
  static void tshark() {
    Tool.onPath("tshark");
  }

  /** No option tells tshark where WebSocket is: it finds HTTP on any port. */
  @ParameterizedTest
  @CsvSource({
    "ws, --no-deflate",
    "ws, --no-deflate --fragment 2",
    "ws, --no-deflate --split 1",
    "wss, --no-deflate",
    "ws, --fault rsv2-without-extension",
    "ws, --fault reserved-opcode",
    "ws, --no-deflate --fault text-not-utf8",
  })
  void showsTheSameFrames(String scheme, String options) throws Exception {
    Path file = folder.resolve(scheme + options.replace(' ', '_') + ".pcapng");
    List<String> args = new ArrayList<>(List.of("--format=json", "--preview=all"));
    args.addAll(List.of("-x", "Hello", "-x", "\u20ac", "--send-hex", "00ff", "-x", ""));
    args.addAll(List.of("-x", "a".repeat(200), "--linger", "500ms", "--ping", "100ms"));
    args.addAll(List.of("--record", file.toString()));
    args.addAll(List.of(options.split(" ")));
    List<String> shown;
    try (InteropServer server = InteropServer.over(scheme.equals("wss"), folder)) {
      args.addAll(0, List.of("connect", server.url().toString()));
      args.addAll(scheme.equals("wss") ? List.of("-k") : List.of());
      Run run = Run.of(args.toArray(String[]::new));
      shown = frames(run.out());
    }
    assertTrue(shown.size() > 3, shown.toString());
    List<String> found = framesOf(file);
    if (options.contains("--fragment")) {
      // tshark shows the payload of a fragmented message at its last frame.
      shown.replaceAll(TsharkIT::header);
      found.replaceAll(TsharkIT::header);
    }
    assertEquals(String.join("\n", shown), String.join("\n", found));
  }

  /** The frames that a client sent through a proxy, and those that came back, with TLS on a leg. */
  @ParameterizedTest
  @CsvSource({"ws", "wss"})
  void showsTheFramesThatPassedAProxy(String scheme) throws Exception {
    Path file = folder.resolve("proxy-" + scheme + ".pcapng");
    String shown;
    try (InteropServer server = InteropServer.over(scheme.equals("wss"), folder)) {
      List<String> args = new ArrayList<>(List.of("proxy", "--to=" + server.url(), "--port=0"));
      args.addAll(List.of("--format=json", "--preview=all", "--record=" + file));
      args.addAll(scheme.equals("wss") ? List.of("--insecure") : List.of());
      args.addAll(List.of("--", WscopeCommand.java().toString(), "-jar"));
      args.addAll(List.of(WscopeCommand.jar().toString(), "connect", "{url}", "--no-deflate"));
      args.addAll(List.of("-x", "Hello", "--send-hex", "00ff", "-x", "a".repeat(200)));
      args.addAll(List.of("--linger", "300ms", "--ping", "100ms"));
      Run run = Run.of(args.toArray(String[]::new));
      assertEquals(0, run.exitCode(), run.err());
      shown = String.join("\n", frames(run.out()));
    }
    assertTrue(shown.contains("opcode 9 "), shown);
    assertEquals(shown, String.join("\n", framesOf(file)));
  }

  /** wscope reads its own packets again, in every format that Wireshark converts them to. */
  @ParameterizedTest
  @CsvSource({"pcapng, ''", "pcap, ''", "nsecpcap, ''", "pcap, -s 60"})
  void readsWhatEditcapWrites(String format, String options) throws Exception {
    Tool.onPath("editcap");
    Path recorded = folder.resolve(format + options.strip() + "-recorded.pcapng");
    try (InteropServer server = InteropServer.over(false, folder)) {
      assertEquals(
          0,
          Run.of(
                  "connect",
                  server.url().toString(),
                  "--no-deflate",
                  "-x",
                  "Hello",
                  "--send-hex",
                  "00ff",
                  "--linger",
                  "200ms",
                  "--record",
                  recorded.toString())
              .exitCode());
    }
    Path converted = folder.resolve(format + options.strip() + ".cap");
    List<String> command = new ArrayList<>(List.of("editcap", "-F", format));
    command.addAll(options.isEmpty() ? List.of() : List.of(options.split(" ")));
    command.addAll(List.of(recorded.toString(), converted.toString()));
    assertEquals(0, new ProcessBuilder(command).inheritIO().start().waitFor());
    Run first = Run.of("decode", "--file", recorded.toString(), "--format", "json");
    Run second = Run.of("decode", "--file", converted.toString(), "--format", "json");
    assertEquals(0, first.exitCode(), first.err());
    if (options.isEmpty()) {
      assertEquals(first.out(), second.out());
    } else {
      assertEquals(2, second.exitCode(), "the request is cut");
    }
    assertEquals(framesOf(recorded), frames(first.out()));
  }

  static String header(String frame) {
    return frame.substring(0, frame.lastIndexOf(' '));
  }

  /** The complete frames of a report, without their masked bytes. */
  static List<String> frames(String report) throws IOException {
    List<String> all = new ArrayList<>();
    for (String line : report.lines().toList()) {
      JsonNode event = JSON.readTree(line);
      if (event.get("type").asText().equals("frame") && event.get("complete").asBoolean()) {
        int rsv =
            (event.get("rsv1").asBoolean() ? 4 : 0)
                + (event.get("rsv2").asBoolean() ? 2 : 0)
                + (event.get("rsv3").asBoolean() ? 1 : 0);
        byte[] payload =
            event.has("text")
                ? event.get("text").asText().getBytes(StandardCharsets.UTF_8)
                : Base64.getDecoder().decode(event.path("base64").asText());
        all.add(
            "fin %d rsv %d opcode %d key %s length %d %s"
                .formatted(
                    event.get("fin").asBoolean() ? 1 : 0,
                    rsv,
                    event.get("opcode").asInt(),
                    event.path("maskingKey").asText("none"),
                    event.get("payloadLength").asLong(),
                    HEX.formatHex(payload)));
      }
    }
    return all;
  }

  /** The frames that tshark finds in a file, as packet details in XML. */
  static List<String> framesOf(Path file, String... options) throws Exception {
    List<String> command = new ArrayList<>(List.of("tshark", "-r", file.toString(), "-T", "pdml"));
    command.addAll(List.of(options));
    Process tshark =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    List<String> all = new ArrayList<>();
    try (InputStream xml = tshark.getInputStream()) {
      NodeList protocols =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(xml)
              .getElementsByTagName("proto");
      for (int i = 0; i < protocols.getLength(); i++) {
        Element protocol = (Element) protocols.item(i);
        assertTrue(!protocol.getAttribute("showname").contains("alformed"), file.toString());
        if (protocol.getAttribute("name").equals("websocket")) {
          all.add(frame(protocol));
        }
      }
    }
    assertEquals(0, tshark.waitFor());
    return all;
  }

  private static String frame(Element frame) {
    String length = field(frame, "websocket.payload_length", "show");
    for (String extended : List.of("_ext_16", "_ext_64")) {
      String longer = field(frame, "websocket.payload_length" + extended, "show");
      length = longer.isEmpty() ? length : longer;
    }
    String key = field(frame, "websocket.masking_key", "value");
    return "fin %s rsv %d opcode %s key %s length %s %s"
        .formatted(
            field(frame, "websocket.fin", "show"),
            Integer.decode(field(frame, "websocket.rsv", "show")),
            field(frame, "websocket.opcode", "show"),
            key.isEmpty() ? "none" : key,
            length,
            payload(frame));
  }

  /** The payload, which tshark shows in other fields for each opcode. */
  private static String payload(Element frame) {
    StringBuilder payload = new StringBuilder();
    for (String kind : List.of("text", "ping", "pong", "continue", "unknown")) {
      payload.append(field(frame, "websocket.payload." + kind, "value"));
    }
    payload.append(field(frame, "websocket.payload.close.status_code", "value"));
    payload.append(field(frame, "websocket.payload.close.reason", "value"));
    Node next = frame.getNextSibling();
    while (next != null && next.getNodeType() != Node.ELEMENT_NODE) {
      next = next.getNextSibling();
    }
    if (payload.isEmpty() && next instanceof Element data) {
      payload.append(field(data, "data", "value"));
    }
    return payload.toString();
  }

  private static String field(Element within, String name, String attribute) {
    NodeList fields = within.getElementsByTagName("field");
    for (int i = 0; i < fields.getLength(); i++) {
      Element field = (Element) fields.item(i);
      if (field.getAttribute("name").equals(name)) {
        return field.getAttribute(attribute);
      }
    }
    return "";
  }
}
