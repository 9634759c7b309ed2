package wscope.capture.logs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import wscope.capture.packets.CaptureFindings;
import wscope.capture.packets.CaptureListener;
import wscope.capture.packets.InvalidCapture;
import wscope.capture.packets.PacketCapture;
import wscope.fuzz.Allocation;
import wscope.fuzz.FuzzInput;
import wscope.input.spelling.Drip;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.event.FrameListener;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.message.Message;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Violation;

/**
 * Any HAR, netlog or trace gives connections, or an error at a place in it: the same for any
 * pieces, and in bounded memory.
 */
public final class LogFuzz {
  /**
   * Memory that is allocated once, such as the buffers of the file and the windows of inflaters.
   */
  private static final long FIXED_BYTES = 4 << 20;

  private static final long BYTES_PER_BYTE = 16 << 10;

  private static final String HAR =
      "{\"log\":{\"version\":\"1.2\",\"entries\":[{\"startedDateTime\":\"2026-11-29T08:10:37.69Z\","
          + "\"_resourceType\":\"websocket\",\"request\":{\"method\":\"GET\",\"url\":\"ws://h/c\","
          + "\"httpVersion\":\"HTTP/1.1\",\"headers\":[{\"name\":\"Upgrade\",\"value\":\"websocket\"}]},"
          + "\"response\":{\"status\":101,\"statusText\":\"S\",\"httpVersion\":\"HTTP/1.1\","
          + "\"headers\":[]},\"_webSocketMessages\":[";

  private static final String HAR_MESSAGES =
      "{\"type\":\"send\",\"time\":1.5,\"opcode\":1,\"data\":\"Gr\\u00fc\\u00dfe\"},"
          + "{\"type\":\"receive\",\"time\":2,\"opcode\":2,\"data\":\"AP8=\"}]}]}}";

  private static final String NETLOG =
      "{\"constants\":{\"logEventTypes\":{\"REQUEST_ALIVE\":2,\"SOCKET_ALIVE\":45,\"TCP_CONNECT\":51,"
          + "\"SOCKET_BYTES_SENT\":84,\"SOCKET_BYTES_RECEIVED\":86,"
          + "\"WEBSOCKET_RECV_FRAME_HEADER\":622,\"WEBSOCKET_SENT_FRAME_HEADER\":623},"
          + "\"logSourceType\":{\"SOCKET\":10,\"URL_REQUEST\":1},\"timeTickOffset\":1},\n\"events\":[\n";

  private static final String NETLOG_EVENTS =
      "{\"params\":{\"byte_count\":6,\"bytes\":\"R0VUIC8g\"},\"phase\":0,"
          + "\"source\":{\"id\":8,\"type\":10},\"time\":\"2\",\"type\":84},\n"
          + "{\"params\":{\"final\":true,\"opcode\":1,\"masked\":true,\"payload_length\":3},"
          + "\"phase\":0,\"source\":{\"id\":7,\"type\":1},\"time\":\"3\",\"type\":623}]}";

  private static final String TRACE =
      """
      => Send header, 37 bytes (0x25)
      0000: 47 45 54 20 2f 20 48 54 54 50 2f 31 2e 31 0d 0a GET / HTTP/1.1..
      0010: 55 70 67 72 61 64 65 3a 20 77 65 62 73 6f 63 6b Upgrade: websock
      0020: 65 74 0d 0a 0d                                  et...
      """;

  private static final String TRACE_DATA =
      """
      => Send data, 1 bytes (0x1)
      0000: 0a                                              .
      <= Recv data, 3 bytes (0x3)
      0000: 81 01 61                                        ..a
      10:00:00.000001 [0-1] == Info: Closing connection
      """;

  private static final String ASCII_TRACE =
      """
      * Trying 127.0.0.1:80...
      => Send header, 39 bytes (0x27)
      0000: GET / HTTP/1.1
      0010: Upgrade: websocket
      0025:.
      <= Recv data, 2 bytes (0x2)
      0000: ..
      """;

  private LogFuzz() {}

  /** Short logs, and their ends. Settings: what precedes the bytes, longest piece. */
  public static Stream<byte[]> seeds() {
    List<byte[]> seeds = new ArrayList<>();
    for (String whole : List.of(HAR + HAR_MESSAGES, NETLOG + NETLOG_EVENTS, TRACE + TRACE_DATA)) {
      seeds.add(seed(0, whole));
      seeds.add(seed(0, whole.substring(0, whole.length() - 30)));
      seeds.add(seed(0, whole.substring(0, whole.length() / 2)));
    }
    seeds.add(seed(0, ASCII_TRACE));
    seeds.add(seed(1, HAR_MESSAGES));
    seeds.add(seed(2, NETLOG_EVENTS));
    seeds.add(seed(3, TRACE_DATA));
    return seeds.stream();
  }

  private static byte[] seed(int start, String rest) {
    return joined((char) start + "\7", rest.getBytes(UTF_8));
  }

  private static byte[] joined(String start, byte[] rest) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(start.getBytes(UTF_8));
    bytes.writeBytes(rest);
    return bytes.toByteArray();
  }

  /** Settings: what precedes the bytes, longest piece. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    FuzzInput input = new FuzzInput(bytes);
    String start = List.of("", HAR, NETLOG, TRACE).get(input.below(4));
    int piece = 1 + input.below(64);
    byte[] file = joined(start, input.rest());
    String whole = read(new ByteArrayInputStream(file));
    assertEquals(whole, read(new Drip(file, 1)), "byte by byte");
    assertEquals(whole, read(new Drip(file, piece)), "in random pieces");
    Allocation.assertAtMost(
        FIXED_BYTES + BYTES_PER_BYTE * file.length, () -> read(new ByteArrayInputStream(file)));
  }

  private static String read(InputStream in) {
    Lines lines = new Lines();
    try (PacketCapture capture = new PacketCapture(lines, null)) {
      BufferedInputStream buffered = new BufferedInputStream(in);
      LogKind kind = LogKind.of(buffered);
      lines.add("recognised: " + kind);
      if (kind == null) {
        return lines.toString();
      }
      try {
        kind.read(buffered, capture, () -> {});
      } catch (InvalidCapture e) {
        lines.add(String.valueOf(e.getMessage()));
      }
      capture.finish();
      CaptureFindings findings = capture.findings();
      lines.add(findings.counted() + " " + findings.kinds() + " " + findings.remarks());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return lines.toString();
  }

  /** Writes down what a log reports. */
  private static final class Lines implements CaptureListener {
    private final List<String> lines = new ArrayList<>();

    void add(String line) {
      lines.add(line);
    }

    @Override
    public void time(long nanos) {
      add("at " + nanos);
    }

    @Override
    public ExchangeListener connection(long number) {
      return new ExchangeListener() {
        @Override
        public void event(Event event) {
          String text = event instanceof Event.Request request ? request.raw() : "";
          if (event instanceof Event.Response response) {
            text = response.raw();
          } else if (event instanceof Event.Captured || event instanceof Event.CaptureEnded) {
            text = event.toString();
          }
          add("#" + number + " " + event.getClass().getSimpleName() + " " + text);
        }

        @Override
        public FrameListener frames(@Nullable Endpoint sender) {
          return new Messages("#" + number + " " + sender + " ");
        }
      };
    }

    @Override
    public String toString() {
      return String.join("\n", lines);
    }

    private final class Messages implements FrameListener {
      private final String start;
      private final ByteArrayOutputStream data = new ByteArrayOutputStream();

      Messages(String start) {
        this.start = start;
      }

      @Override
      public void frameStarted(FrameHeader header, Endpoint sender, List<Violation> violations) {
        add(start + header.opcode() + " " + header.payloadLength());
        violations.forEach(this::violation);
      }

      @Override
      public void violation(Violation violation) {
        add(start + "breaks " + violation.rule().id());
      }

      @Override
      public void messageStarted(Message message) {
        data.reset();
      }

      @Override
      public void messageData(Message message, ByteBuffer bytes, boolean last) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        data.writeBytes(copy);
      }

      @Override
      public void messageEnded(Message message) {
        add(start + "message " + data.toString(ISO_8859_1));
      }
    }
  }
}
