package wscope.capture.logs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import wscope.support.SampleHandshake;

/**
 * A random conversation as a program logs it, and where in the file each part of it is complete.
 */
final class RandomLog {
  private static final String REQUEST = SampleHandshake.request("localhost", "/chat");

  /**
   * A part of the conversation.
   *
   * @param line what wscope is to say of it
   * @param end the number of characters from which on the file shows it
   */
  record Part(String line, int end) {}

  /**
   * A frame.
   *
   * @param payload at most 125 bytes
   */
  private record Frame(boolean client, boolean fin, int opcode, byte[] payload) {
    String name() {
      return client ? "C" : "S";
    }

    byte[] bytes(byte[] key) {
      ByteBuffer bytes = ByteBuffer.allocate((client ? 6 : 2) + payload.length);
      bytes.put((byte) ((fin ? 0x80 : 0) | opcode));
      bytes.put((byte) ((client ? 0x80 : 0) | payload.length)).put(client ? key : new byte[0]);
      for (int i = 0; i < payload.length; i++) {
        bytes.put((byte) (payload[i] ^ (client ? key[i % 4] : 0)));
      }
      return bytes.array();
    }
  }

  private final Random random;
  private final StringBuilder text = new StringBuilder();
  private final List<Part> parts = new ArrayList<>();
  private final List<Frame> frames = new ArrayList<>();

  private RandomLog(Random random, boolean fragmented) {
    this.random = random;
    for (int count = 2 + random.nextInt(4); count > 0; count--) {
      boolean client = random.nextBoolean();
      byte[] payload = payload(random.nextBoolean());
      switch (random.nextInt(4)) {
        case 0 -> message(client, 2, bytes(random.nextInt(40)), fragmented);
        case 1 -> frames.add(new Frame(client, true, 9 + random.nextInt(2), payload));
        default -> message(client, 1, payload, fragmented);
      }
    }
    frames.add(new Frame(true, true, 8, new byte[] {0x03, (byte) 0xe8, 'b', 'y', 'e'}));
  }

  private byte[] payload(boolean ascii) {
    StringBuilder text = new StringBuilder();
    for (int count = random.nextInt(20); count > 0; count--) {
      text.appendCodePoint(ascii ? 1 + random.nextInt(126) : 0x1f600 + random.nextInt(64));
    }
    return text.toString().getBytes(UTF_8);
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private void message(boolean client, int opcode, byte[] payload, boolean fragmented) {
    int cut = fragmented ? random.nextInt(payload.length + 1) : payload.length;
    if (cut == payload.length) {
      frames.add(new Frame(client, true, opcode, payload));
    } else {
      frames.add(new Frame(client, false, opcode, slice(payload, 0, cut)));
      frames.add(new Frame(client, true, 0, slice(payload, cut, payload.length)));
    }
  }

  private static byte[] slice(byte[] bytes, int from, int to) {
    return Arrays.copyOfRange(bytes, from, to);
  }

  String text() {
    return text.toString();
  }

  /** What wscope is to say of the first characters of the file. */
  List<String> shown(int length) {
    return parts.stream().filter(part -> part.end() <= length).map(Part::line).toList();
  }

  private void part(String line) {
    part(line, text.length());
  }

  private void part(String line, int end) {
    parts.add(new Part(line, end));
  }

  /** The first line of a head is enough to tell whether it is whole, with the number of bytes. */
  static String head(String name, String raw) {
    return name + " " + raw.lines().findFirst().orElse("") + " " + raw.length();
  }

  /** A HAR (HTTP Archive 1.2) with the array _webSocketMessages of Chromium. */
  static RandomLog har(Random random) {
    RandomLog log = new RandomLog(random, false);
    log.har();
    return log;
  }

  private void har() {
    text.append("{\"log\":{\"version\":\"1.2\",\"entries\":[{\"_resourceType\":\"websocket\"");
    List<Integer> order = new ArrayList<>(List.of(0, 1, 2));
    Collections.shuffle(order, random);
    List<Part> messages = new ArrayList<>();
    for (int which : order) {
      switch (which) {
        case 0 -> {
          text.append(",\"request\":{\"url\":\"ws://localhost/chat\",\"method\":\"GET\",");
          text.append("\"httpVersion\":\"HTTP/1.1\",").append(fields(REQUEST)).append('}');
          part(head("C", REQUEST));
        }
        case 1 -> {
          text.append(",\"response\":{\"status\":101,\"statusText\":\"Switching Protocols\",");
          text.append("\"httpVersion\":\"HTTP/1.1\",");
          text.append(fields(SampleHandshake.RESPONSE)).append('}');
          part(head("S", SampleHandshake.RESPONSE));
        }
        default -> {
          text.append(",\"_webSocketMessages\":[");
          for (int i = 0; i < frames.size(); i++) {
            text.append(i == 0 ? "" : ",").append(harMessage(frames.get(i)));
            messages.add(new Part(line(frames.get(i)), text.length()));
          }
          text.append(']');
        }
      }
    }
    text.append("}]}}");
    parts.sort((one, other) -> one.line().compareTo(other.line()));
    parts.addAll(messages);
  }

  private static String fields(String head) {
    List<String> fields = new ArrayList<>();
    for (String line : head.lines().skip(1).filter(field -> !field.isEmpty()).toList()) {
      String[] parts = line.split(": ", 2);
      fields.add("{\"name\":" + json(parts[0]) + ",\"value\":" + json(parts[1]) + "}");
    }
    return "\"headers\":[" + String.join(",", fields) + "]";
  }

  private String harMessage(Frame frame) {
    boolean isText = frame.opcode() == 1;
    String data =
        isText
            ? new String(frame.payload(), UTF_8)
            : Base64.getEncoder().encodeToString(frame.payload());
    return "{\"type\":\""
        + (frame.client() ? "send" : "receive")
        + "\",\"time\":"
        + (1_800_000_000 + random.nextInt(1000))
        + ".25,\"opcode\":"
        + frame.opcode()
        + ",\"data\":"
        + json(data)
        + "}";
  }

  /** A text of JSON (RFC 8259 §7) in ASCII. */
  private static String json(String text) {
    StringBuilder json = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      boolean plain = c >= ' ' && c < 0x7f && c != '"' && c != '\\';
      json.append(plain ? String.valueOf(c) : String.format("\\u%04x", (int) c));
    }
    return json.append('"').toString();
  }

  private static String line(Frame frame) {
    String name = frame.name() + " ";
    return switch (frame.opcode()) {
      case 1 -> name + "text " + HexFormat.of().formatHex(frame.payload());
      case 2 -> name + "binary " + HexFormat.of().formatHex(frame.payload());
      case 8 -> name + "close 1000 bye";
      case 9 -> name + "ping " + HexFormat.of().formatHex(frame.payload());
      default -> name + "pong " + HexFormat.of().formatHex(frame.payload());
    };
  }

  /** A network log of Chromium without bytes: heads, and the headers of frames. */
  static RandomLog netlogOfHeaders(Random random) {
    RandomLog log = new RandomLog(random, true);
    log.netlog();
    log.headEvent(601, REQUEST, "\"line\":" + json(line(REQUEST) + "\r\n") + ",", false);
    log.headEvent(602, SampleHandshake.RESPONSE, "", true);
    for (Frame frame : log.frames) {
      boolean client = frame.client();
      log.event(
          client ? 623 : 622,
          1,
          "{\"final\":"
              + frame.fin()
              + ",\"masked\":"
              + client
              + ",\"opcode\":"
              + frame.opcode()
              + ",\"payload_length\":"
              + frame.payload().length
              + ",\"reserved1\":false,\"reserved2\":false,\"reserved3\":false}");
      log.part(header(frame));
    }
    log.text.append("]}");
    return log;
  }

  private static String header(Frame frame) {
    String fin = frame.fin() ? " fin" : "";
    return frame.name() + " frame " + frame.opcode() + " " + frame.payload().length + fin;
  }

  private static String line(String head) {
    return head.lines().findFirst().orElse("");
  }

  private void headEvent(int type, String head, String before, boolean withLine) {
    List<String> lines =
        head.lines()
            .skip(withLine ? 0 : 1)
            .filter(line -> !line.isEmpty())
            .map(RandomLog::json)
            .toList();
    event(type, 1, "{" + before + "\"headers\":[" + String.join(",", lines) + "]}");
    part(head(withLine ? "S" : "C", head));
  }

  private void netlog() {
    text.append("{\"constants\":{\"logEventPhase\":{\"PHASE_BEGIN\":1,\"PHASE_END\":2},");
    text.append("\"logEventTypes\":{\"SOCKET_ALIVE\":45,\"SOCKET_BYTES_SENT\":84,");
    text.append("\"SOCKET_BYTES_RECEIVED\":86,\"HTTP_TRANSACTION_SEND_REQUEST_HEADERS\":601,");
    text.append("\"HTTP_TRANSACTION_READ_RESPONSE_HEADERS\":602,");
    text.append("\"WEBSOCKET_RECV_FRAME_HEADER\":622,\"WEBSOCKET_SENT_FRAME_HEADER\":623},");
    text.append("\"logSourceType\":{\"SOCKET\":10,\"URL_REQUEST\":1},\"timeTickOffset\":1},\n");
    text.append("\"events\":[\n");
  }

  private void event(int type, int sourceType, String params) {
    String before = text.charAt(text.length() - 2) == '[' ? "" : ",\n";
    text.append(before).append("{\"params\":").append(params).append(",\"phase\":0,\"source\":");
    text.append("{\"id\":").append(sourceType).append(",\"type\":").append(sourceType);
    text.append("},\"time\":\"").append(10 + random.nextInt(9)).append("\",\"type\":");
    text.append(type).append('}');
  }

  /** Writes what an endpoint sends. */
  private interface Sink {
    /** Writes bytes, and returns how many characters of the file show them. */
    int bytes(boolean client, byte[] bytes, boolean head);
  }

  /** Writes the heads, and the frames in random pieces. A part is complete with its last byte. */
  private void pieces(Sink sink) {
    part(head("C", REQUEST), sink.bytes(true, REQUEST.getBytes(ISO_8859_1), true));
    byte[] response = SampleHandshake.RESPONSE.getBytes(ISO_8859_1);
    part(head("S", SampleHandshake.RESPONSE), sink.bytes(false, response, true));
    Map<Boolean, ByteArrayOutputStream> open =
        Map.of(true, new ByteArrayOutputStream(), false, new ByteArrayOutputStream());
    Map<Boolean, Integer> opcodes = new HashMap<>();
    for (Frame frame : frames) {
      byte[] bytes = frame.bytes(bytes(4));
      int end = 0;
      for (int at = 0; at < bytes.length; ) {
        int next = Math.min(bytes.length, at + 1 + random.nextInt(2 * bytes.length));
        end = sink.bytes(frame.client(), slice(bytes, at, next), false);
        at = next;
      }
      part(header(frame), end);
      if (frame.opcode() >= 8) {
        part(line(frame), end);
        continue;
      }
      if (frame.opcode() > 0) {
        opcodes.put(frame.client(), frame.opcode());
      }
      ByteArrayOutputStream message = open.get(frame.client());
      message.writeBytes(frame.payload());
      if (frame.fin()) {
        int opcode = opcodes.get(frame.client());
        part(line(new Frame(frame.client(), true, opcode, message.toByteArray())), end);
        message.reset();
      }
    }
  }

  /** A network log of Chromium with the bytes of a socket. */
  static RandomLog netlogOfBytes(Random random) {
    RandomLog log = new RandomLog(random, true);
    log.netlog();
    log.pieces(
        (client, bytes, head) -> {
          String base64 = Base64.getEncoder().encodeToString(bytes);
          String params = "{\"byte_count\":" + bytes.length + ",\"bytes\":\"" + base64 + "\"}";
          log.event(client ? 84 : 86, 10, params);
          return log.text.length();
        });
    log.text.append("]}");
    return log;
  }

  /** A trace of curl with bytes in hex. */
  static RandomLog trace(Random random) {
    RandomLog log = new RandomLog(random, true);
    log.text.append("== Info: Connected to localhost (127.0.0.1) port 80 (#0)\n");
    log.pieces(
        (client, bytes, head) -> {
          log.text.append(client ? "=> Send " : "<= Recv ").append(head ? "header, " : "data, ");
          log.text.append(String.format("%d bytes (0x%x)\n", bytes.length, bytes.length));
          return log.hex(bytes);
        });
    return log;
  }

  /**
   * Appends rows of sixteen bytes; the last column repeats them as text.
   *
   * @return the number of characters that precede the last column
   */
  private int hex(byte[] bytes) {
    int end = 0;
    for (int at = 0; at < bytes.length; at += 16) {
      text.append(String.format("%04x: ", at));
      StringBuilder shown = new StringBuilder();
      for (int i = at; i < at + 16; i++) {
        boolean there = i < bytes.length;
        text.append(there ? String.format("%02x ", bytes[i]) : "   ");
        shown.append(!there ? "" : bytes[i] >= ' ' && bytes[i] < 0x7f ? (char) bytes[i] : '.');
      }
      end = text.length();
      text.append(shown).append('\n');
    }
    return end;
  }
}
