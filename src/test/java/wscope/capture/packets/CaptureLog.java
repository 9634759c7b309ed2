package wscope.capture.packets;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.packet.LinkType;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.event.FrameListener;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.IncompleteFrame;
import wscope.protocol.message.CloseBody;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Violation;

/** Writes down what a capture reports: a line for each event. */
final class CaptureLog implements CaptureListener {
  final List<String> lines = new ArrayList<>();

  /** Reads packets that begin with IP, one for each millisecond. */
  static CaptureLog of(List<byte[]> packets) {
    CaptureLog log = new CaptureLog();
    log.read(packets);
    return log;
  }

  CaptureFindings read(List<byte[]> packets) {
    try (PacketCapture capture = new PacketCapture(this, null)) {
      for (int i = 0; i < packets.size(); i++) {
        ByteBuffer bytes = ByteBuffer.wrap(packets.get(i).clone());
        capture.read(new CapturedPacket(i * 1_000_000L, LinkType.RAW_IP, 101, bytes, 0));
      }
      capture.finish();
      return capture.findings();
    }
  }

  /** The lines of one direction, for the packets of which another order is the same. */
  List<String> of(Endpoint sender) {
    String mark = sender == Endpoint.CLIENT ? " C " : " S ";
    return lines.stream().filter(line -> line.contains(mark)).toList();
  }

  @Override
  public void time(long nanos) {
    // The lines have no times.
  }

  @Override
  public ExchangeListener connection(long number) {
    return new ExchangeListener() {
      @Override
      public void event(Event event) {
        if (event instanceof Event.Captured captured) {
          String whole = captured.whole() ? "" : " from its middle";
          add(captured.client().port() + ">" + captured.server().port() + whole);
        } else if (event instanceof Event.Request request) {
          add("C " + request.raw().lines().findFirst().orElse(""));
        } else if (event instanceof Event.Response response) {
          add("S " + response.raw().lines().findFirst().orElse(""));
        } else if (event instanceof Event.Body body) {
          add(mark(body.sender()) + "body " + ISO_8859_1.decode(body.bytes()));
        } else if (event instanceof Event.Gap gap) {
          add(mark(gap.sender()) + "gap of " + gap.missing() + " " + gap.then().id());
        } else if (event instanceof Event.RetransmissionDiffers differs) {
          String where = differs.bytes() + " from " + differs.offset();
          add(mark(differs.sender()) + "differs in " + where);
        } else if (event instanceof Event.Resumed resumed) {
          String why =
              resumed.headers() == 0 ? "by header" : "by " + resumed.headers() + " headers";
          add(mark(resumed.sender()) + "found after " + resumed.skipped() + " " + why);
        } else if (event instanceof Event.Unread unread) {
          add(mark(unread.sender()) + "unread " + unread.bytes());
        } else if (event instanceof Event.CaptureEnded ended) {
          add(
              "closed by "
                  + (ended.initiator() == null ? "nobody" : ended.initiator().id())
                  + ", TCP "
                  + (ended.until() != null
                      ? "read until " + ended.until().id()
                      : ended.end() == null
                          ? "open"
                          : ended.end().id() + " after " + ended.silence() / 1_000_000)
                  + ", not judgeable "
                  + ended.unjudged());
        }
      }

      @Override
      public @Nullable FrameListener frames(@Nullable Endpoint sender) {
        return new Frames(number, String.valueOf(sender).charAt(0) + " ");
      }

      private void add(String line) {
        lines.add("#" + number + " " + line);
      }
    };
  }

  private static String mark(Endpoint sender) {
    return sender == Endpoint.CLIENT ? "C " : "S ";
  }

  private final class Frames implements FrameListener {
    private final long number;
    private final String mark;
    private final ByteArrayOutputStream payload = new ByteArrayOutputStream();

    Frames(long number, String mark) {
      this.number = number;
      this.mark = mark;
    }

    @Override
    public void frameStarted(FrameHeader header, Endpoint sender, List<Violation> violations) {
      violations.forEach(this::violation);
      payload.reset();
    }

    @Override
    public void framePayload(FrameHeader header, ByteBuffer bytes, long index) {
      byte[] copy = new byte[bytes.remaining()];
      bytes.get(copy);
      payload.writeBytes(copy);
    }

    @Override
    public void frameEnded(FrameHeader header) {
      add(header.opcode().label() + " " + payload.toString(ISO_8859_1));
    }

    @Override
    public void close(@Nullable CloseBody body) {
      add("code " + (body == null ? "none" : body.code()));
    }

    @Override
    public void violation(Violation violation) {
      add("breaks " + violation.rule().id());
    }

    @Override
    public void gap() {
      add("cut");
    }

    @Override
    public void ended(@Nullable IncompleteFrame incomplete) {
      if (incomplete != null) {
        add("incomplete, missing " + incomplete.missing());
      }
    }

    private void add(String line) {
      lines.add("#" + number + " " + mark + line);
    }
  }
}
