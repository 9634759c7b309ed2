package wscope.capture.logs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import wscope.capture.packets.CaptureListener;
import wscope.capture.packets.InvalidCapture;
import wscope.capture.packets.PacketCapture;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.event.FrameListener;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.Opcode;
import wscope.protocol.message.CloseBody;
import wscope.protocol.message.Message;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Violation;

/**
 * A log that is cut anywhere shows all that precedes the cut, and nothing else: no part of a head
 * or of a message, and no rule that the missing rest would break.
 */
class LogCutTest {
  private static final int WHOLE = 300;
  private static final int CUT_EVERYWHERE = 4;

  @Test
  void har() throws IOException {
    check(RandomLog::har, true);
  }

  @Test
  void netlogOfBytes() throws IOException {
    check(RandomLog::netlogOfBytes, true);
  }

  @Test
  void netlogOfHeaders() throws IOException {
    check(RandomLog::netlogOfHeaders, true);
  }

  /** A trace may end after any of its lines. */
  @Test
  void trace() throws IOException {
    check(RandomLog::trace, false);
  }

  private static void check(Function<Random, RandomLog> logs, boolean hasEnd) throws IOException {
    for (int seed = 0; seed < WHOLE; seed++) {
      RandomLog log = logs.apply(new Random(seed));
      int length = log.text().length();
      Shown whole = read(log.text());
      assertEquals(log.shown(length), whole.lines, "seed " + seed + "\n" + log.text());
      assertNull(whole.trouble);
      for (int cut = 1; cut < length && seed < CUT_EVERYWHERE; cut++) {
        check(log, cut, hasEnd, "seed " + seed + ", cut after " + cut + "\n");
      }
    }
  }

  private static void check(RandomLog log, int cut, boolean hasEnd, String where)
      throws IOException {
    String text = log.text().substring(0, cut);
    Shown shown = read(text);
    if (!shown.recognised) {
      assertEquals(List.of(), log.shown(cut), where);
      return;
    }
    assertEquals(log.shown(cut), shown.lines, where + text);
    if (hasEnd || !isWhole(text)) {
      assertNotNull(shown.trouble, where + text);
      assertTrue(shown.trouble.startsWith("the file is cut off "), where + shown.trouble);
    }
  }

  /** Whether a trace ends with all bytes of a block. */
  private static boolean isWhole(String trace) {
    String last = trace.substring(Math.max(trace.lastIndexOf("=> "), trace.lastIndexOf("<= ")));
    int count = Integer.parseInt(last.replaceFirst("(?s).*?, (\\d+) bytes.*|.*", "0$1"));
    String[] rows = last.split("\n", -1);
    int lastRow = (count - 1) / 16 + 1;
    // Six characters for the offset, and three for each byte.
    return count > 0 && rows.length > lastRow && rows[lastRow].length() >= 6 + 16 * 3;
  }

  private static Shown read(String text) throws IOException {
    Shown shown = new Shown();
    BufferedInputStream in =
        new BufferedInputStream(new ByteArrayInputStream(text.getBytes(UTF_8)));
    LogKind kind = LogKind.of(in);
    shown.recognised = kind != null;
    if (kind != null) {
      try (PacketCapture capture = new PacketCapture(shown, null)) {
        kind.read(in, capture, () -> {});
        capture.finish();
      } catch (InvalidCapture e) {
        shown.trouble = e.getMessage();
      }
    }
    return shown;
  }

  /** What a log shows. */
  private static final class Shown implements CaptureListener {
    final List<String> lines = new ArrayList<>();
    boolean recognised;
    @Nullable String trouble;

    @Override
    public void time(long nanos) {
      // The lines have no times.
    }

    @Override
    public ExchangeListener connection(long number) {
      return new ExchangeListener() {
        @Override
        public void event(Event event) {
          if (event instanceof Event.Request request) {
            lines.add(RandomLog.head("C", request.raw()));
          } else if (event instanceof Event.Response response) {
            lines.add(RandomLog.head("S", response.raw()));
            response.violations().forEach(Shown.this::violation);
          }
        }

        @Override
        public FrameListener frames(@Nullable Endpoint sender) {
          return new Messages(sender == Endpoint.CLIENT ? "C " : "S ");
        }
      };
    }

    void violation(Violation violation) {
      lines.add("breaks " + violation.rule().id());
    }

    private final class Messages implements FrameListener {
      private final String start;
      private final ByteArrayOutputStream data = new ByteArrayOutputStream();

      Messages(String start) {
        this.start = start;
      }

      @Override
      public void frameStarted(FrameHeader header, Endpoint sender, List<Violation> violations) {
        violations.forEach(Shown.this::violation);
      }

      @Override
      public void frameEnded(FrameHeader header) {
        String fin = header.fin() ? " fin" : "";
        lines.add(start + "frame " + header.opcode().code() + " " + header.payloadLength() + fin);
      }

      @Override
      public void violation(Violation violation) {
        Shown.this.violation(violation);
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
        lines.add(
            start + message.type().label() + " " + HexFormat.of().formatHex(data.toByteArray()));
      }

      @Override
      public void control(Opcode opcode, ByteBuffer payload) {
        byte[] copy = new byte[payload.remaining()];
        payload.get(copy);
        lines.add(start + opcode.label() + " " + HexFormat.of().formatHex(copy));
      }

      @Override
      public void close(@Nullable CloseBody body) {
        lines.add(start + "close " + (body == null ? "?" : body.code() + " " + body.reasonText()));
      }
    }
  }
}
