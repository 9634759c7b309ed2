package wscope.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamReader;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import wscope.cli.Run;

/**
 * Random conversations that scapy has written as packets: wscope shows each frame as it was sent,
 * and as tshark shows it (profile interop). Where tshark shows something else, {@link
 * #checkUpToTheGap} and {@link #payloadsEqual} say why.
 */
@Tag("interop")
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ScapyIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HexFormat HEX = HexFormat.of();
  private static final int CONVERSATIONS = Integer.getInteger("scapy.conversations", 1000);
  private static final String SEED = System.getProperty("scapy.seed", "1");

  /**
   * A conversation.
   *
   * @param kinds what its packets have been through
   * @param frames what was sent, by the sender
   */
  private record Sent(List<String> kinds, Map<String, List<String>> frames) {}

  @TempDir private static Path folder;

  @BeforeAll
  static void tools() {
    Tool.onPath("tshark");
    Tool.folder(Path.of("/usr/lib/python3/dist-packages/scapy"), "apt-get install python3-scapy");
  }

  /** The payloads that were compared. */
  private int payloads;

  /** The payloads of frames before the last one of a message, which were compared with the last. */
  private int inLast;

  /** The payloads that tshark does not show, after a fragmented message in the same packet. */
  private int afterFragments;

  @Test
  void showsWhatWasSentAndWhatTsharkShows() throws Exception {
    Path capture = folder.resolve("scapy.pcap");
    Path truth = folder.resolve("scapy.txt");
    Process scapy =
        new ProcessBuilder(
                "/usr/bin/python3",
                Path.of("src/test/interop/scapy-conversations.py").toAbsolutePath().toString(),
                SEED,
                String.valueOf(CONVERSATIONS),
                capture.toString(),
                truth.toString())
            .inheritIO()
            .start();
    assertEquals(0, scapy.waitFor());
    Map<Integer, Sent> sent = read(truth);
    assertEquals(CONVERSATIONS, sent.size());
    Map<String, List<String>> ours = ours(capture);
    Map<String, List<String>> theirs = theirs(capture);
    int upToTheGap = 0;
    int equal = 0;
    for (Map.Entry<Integer, Sent> each : sent.entrySet()) {
      for (String sender : List.of("client", "server")) {
        List<String> frames = each.getValue().frames().getOrDefault(sender, List.of());
        String key = each.getKey() + " " + sender;
        checkOurs(key, each.getValue(), frames, ours.getOrDefault(key, List.of()));
        List<String> shown = theirs.getOrDefault(key, List.of());
        if (headers(frames).equals(headers(shown)) && payloadsEqual(frames, shown)) {
          equal++;
        } else {
          checkUpToTheGap(key, each.getValue(), frames, shown);
          upToTheGap++;
        }
      }
    }
    System.out.printf(
        "tshark: %d directions equal, %d up to a gap; payloads: %d equal, %d as part of a message,"
            + " %d not shown%n",
        equal, upToTheGap, payloads, inLast, afterFragments);
    assertTrue(equal > 2 * CONVERSATIONS * 9 / 10, String.valueOf(equal));
    assertTrue(payloads > 7 * CONVERSATIONS, String.valueOf(payloads));
    assertTrue(afterFragments < payloads / 20, String.valueOf(afterFragments));
  }

  /** What was sent is shown; of a direction with a gap, its beginning and its end. */
  private static void checkOurs(String key, Sent sent, List<String> frames, List<String> shown) {
    if (!sent.kinds().contains("lost")) {
      assertEquals(String.join("\n", frames), String.join("\n", shown), key + sent.kinds());
      return;
    }
    int first = 0;
    while (first < shown.size() && shown.get(first).equals(frames.get(first))) {
      first++;
    }
    int rest = shown.size() - first;
    assertTrue(first + rest <= frames.size(), key);
    assertEquals(
        String.join("\n", frames.subList(frames.size() - rest, frames.size())),
        String.join("\n", shown.subList(first, shown.size())),
        key + sent.kinds());
  }

  /**
   * The only reason for a difference: tshark, which puts segments in order, waits for lost bytes to
   * the end of the capture, so it shows the frames up to the gap.
   */
  private static void checkUpToTheGap(
      String key, Sent sent, List<String> frames, List<String> shown) {
    boolean explained =
        sent.kinds().contains("lost")
            && shown.size() < frames.size()
            && headers(shown).equals(headers(frames.subList(0, shown.size())));
    assertTrue(
        explained,
        () ->
            String.join("\n", key + sent.kinds(), "sent", String.join("\n", frames))
                + "\ntshark\n"
                + String.join("\n", shown));
  }

  private static List<String> headers(List<String> frames) {
    return frames.stream().map(frame -> frame.substring(0, frame.lastIndexOf(' '))).toList();
  }

  /**
   * Compares each payload that tshark shows. It shows the fragments of a message together, at the
   * last frame. A message that follows a fragmented one in the same packet may be without payload,
   * since tshark then takes it for one that it has already put together.
   */
  private boolean payloadsEqual(List<String> frames, List<String> shown) {
    StringBuilder message = new StringBuilder();
    for (int i = 0; i < frames.size(); i++) {
      String[] fields = frames.get(i).split(" ", -1);
      String payload = fields[6];
      boolean last = fields[1].equals("1");
      if (Integer.parseInt(fields[3]) < 8) {
        message.append(payload.equals("-") ? "" : payload);
      }
      if (last && fields[3].equals("0")) {
        payload = message.toString();
      }
      if (last && Integer.parseInt(fields[3]) < 8) {
        message.setLength(0);
      }
      String theirs = shown.get(i).substring(shown.get(i).lastIndexOf(' ') + 1);
      if (payload.equals(theirs)) {
        payloads++;
      } else if (!last && theirs.equals("-")) {
        inLast++;
      } else if (theirs.equals(TsharkFrames.AFTER_FRAGMENTS)) {
        afterFragments++;
      } else {
        return false;
      }
    }
    return true;
  }

  private static Map<Integer, Sent> read(Path truth) throws IOException {
    Map<Integer, Sent> all = new TreeMap<>();
    for (String line : Files.readAllLines(truth)) {
      String[] parts = line.split(";", -1);
      Map<String, List<String>> frames = new HashMap<>();
      for (int i = 2; i < parts.length; i++) {
        String sender = parts[i].substring(0, parts[i].indexOf(' '));
        frames.computeIfAbsent(sender, any -> new ArrayList<>()).add(parts[i]);
      }
      all.put(Integer.valueOf(parts[0]), new Sent(List.of(parts[1].split(",")), frames));
    }
    return all;
  }

  /** The complete frames that wscope shows, by the port of the client and the sender. */
  private static Map<String, List<String>> ours(Path capture) throws IOException {
    Run run =
        Run.of("decode", "--file", capture.toString(), "--format", "json", "--preview", "all");
    assertEquals(0, run.exitCode(), run.err());
    Map<Long, Integer> ports = new HashMap<>();
    Map<String, List<String>> all = new HashMap<>();
    for (String line : run.out().lines().toList()) {
      JsonNode event = JSON.readTree(line);
      String type = event.get("type").asText();
      if (type.equals("captured")) {
        int port = event.get("client").get("port").asInt();
        ports.put(event.get("connection").asLong(), port);
      } else if (type.equals("frame") && event.get("complete").asBoolean()) {
        String sender = event.get("sender").asText();
        String key = ports.get(event.get("connection").asLong()) + " " + sender;
        all.computeIfAbsent(key, any -> new ArrayList<>()).add(frame(sender, event));
      }
    }
    return all;
  }

  private static String frame(String sender, JsonNode event) {
    int rsv =
        (event.get("rsv1").asBoolean() ? 4 : 0)
            + (event.get("rsv2").asBoolean() ? 2 : 0)
            + (event.get("rsv3").asBoolean() ? 1 : 0);
    byte[] payload =
        event.has("text")
            ? event.get("text").asText().getBytes(StandardCharsets.UTF_8)
            : Base64.getDecoder().decode(event.path("base64").asText());
    return frame(
        sender,
        event.get("fin").asBoolean() ? "1" : "0",
        rsv,
        event.get("opcode").asText(),
        event.path("maskingKey").asText("none"),
        event.get("payloadLength").asText(),
        HEX.formatHex(payload));
  }

  private static String frame(
      String sender,
      String fin,
      int rsv,
      String opcode,
      String key,
      String length,
      String payload) {
    String shown = payload.isEmpty() ? "-" : payload;
    return String.join(" ", sender, fin, String.valueOf(rsv), opcode, key, length, shown);
  }

  /** The frames that tshark shows, by the port of the client and the sender. */
  private static Map<String, List<String>> theirs(Path capture) throws Exception {
    Process tshark =
        new ProcessBuilder(
                "tshark",
                "-n",
                "-r",
                capture.toString(),
                "-Y",
                "websocket",
                "-T",
                "pdml",
                "-o",
                "tcp.reassemble_out_of_order:TRUE")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    Map<String, List<String>> all = new HashMap<>();
    try (InputStream xml = tshark.getInputStream()) {
      XMLStreamReader reader = XMLInputFactory.newFactory().createXMLStreamReader(xml);
      TsharkFrames frames = new TsharkFrames(all);
      while (reader.hasNext()) {
        if (reader.next() == XMLStreamReader.START_ELEMENT) {
          frames.element(reader);
        }
      }
      frames.end();
    }
    assertEquals(0, tshark.waitFor());
    return all;
  }

  /** Collects frames from packet details in XML. */
  private static final class TsharkFrames {
    /** Stands for a payload that is not shown after a fragmented message in the same packet. */
    static final String AFTER_FRAGMENTS = "after-fragments";

    private final Map<String, List<String>> all;
    private final Map<String, String> fields = new HashMap<>();
    private String port = "";
    private boolean fragments;

    TsharkFrames(Map<String, List<String>> all) {
      this.all = all;
    }

    void element(XMLStreamReader at) {
      String name = String.valueOf(at.getAttributeValue(null, "name"));
      if (at.getLocalName().equals("packet") || name.equals("websocket")) {
        end();
      }
      if (at.getLocalName().equals("packet")) {
        fragments = false;
      } else if (name.equals("websocket")) {
        fields.put("frame", "");
      } else if (name.equals("tcp.srcport") || name.equals("tcp.dstport")) {
        String shown = at.getAttributeValue(null, "show");
        port = shown.equals("80") ? port : shown;
      } else if (!fields.isEmpty() && (name.startsWith("websocket.") || name.equals("data"))) {
        boolean hex =
            name.contains(".payload.")
                || name.equals("websocket.fragment")
                || name.equals("data")
                || name.contains("_key");
        String value = at.getAttributeValue(null, hex ? "value" : "show");
        if (value != null) {
          boolean part = name.equals("websocket.fragment");
          fields.merge(name, value, (before, more) -> part ? before + more : before);
        }
      }
    }

    void end() {
      if (fields.isEmpty()) {
        return;
      }
      String key = fields.getOrDefault("websocket.masking_key", "none");
      String sender = key.equals("none") ? "server" : "client";
      String length =
          fields.getOrDefault(
              "websocket.payload_length_ext_16",
              fields.getOrDefault("websocket.payload_length", "?"));
      String payload = payload();
      if (payload.isEmpty() && !length.equals("0") && fragments) {
        payload = AFTER_FRAGMENTS;
      }
      fragments |= fields.containsKey("websocket.fragment");
      all.computeIfAbsent(port + " " + sender, any -> new ArrayList<>())
          .add(
              frame(
                  sender,
                  fields.getOrDefault("websocket.fin", "?"),
                  Integer.decode(fields.getOrDefault("websocket.rsv", "0")),
                  fields.getOrDefault("websocket.opcode", "?"),
                  key,
                  length,
                  payload));
      fields.clear();
    }

    private String payload() {
      StringBuilder payload = new StringBuilder(fields.getOrDefault("websocket.fragment", ""));
      if (!payload.isEmpty()) {
        return payload.toString();
      }
      for (String kind :
          List.of("text", "continue", "ping", "pong", "close.status_code", "close.reason")) {
        payload.append(fields.getOrDefault("websocket.payload." + kind, ""));
      }
      payload.append(payload.isEmpty() ? fields.getOrDefault("data", "") : "");
      return payload.toString();
    }
  }
}
