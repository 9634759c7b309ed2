package wscope.report.text;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import wscope.protocol.event.Event;
import wscope.protocol.event.Interference;
import wscope.protocol.frame.FrameDecoder;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.Mask;
import wscope.protocol.frame.Opcode;
import wscope.protocol.rule.Endpoint;

/** Shows what a proxy has changed on purpose, and what it sent instead. */
final class InterferenceReport {
  private static final int INDENT = 11;

  /** The number of bytes of a payload that are shown. */
  private static final int MOST_SHOWN = 64;

  /** The number of frames that are shown. */
  private static final int MOST_FRAMES = 8;

  private InterferenceReport() {}

  /** Whether an act is about everything that follows. */
  static boolean isLasting(Interference act) {
    return switch (act) {
      case CHANGED, COMPRESSED_AGAIN, ENDED, STOPPED, FULL -> true;
      default -> false;
    };
  }

  /** The first word of the line. */
  static String word(Interference act) {
    return act == Interference.COMPRESSED_AGAIN
        ? "changed"
        : act == Interference.SILENCED ? "silent" : act.name().toLowerCase(Locale.ROOT);
  }

  /** Shows an act. The line is open, after its word and a space. */
  static void show(Screen screen, Event.Interfered event) {
    String sender = event.sender().id();
    screen.text(" ".repeat(Math.max(0, INDENT - 3 - word(event.act()).length())));
    switch (event.act()) {
      case CHANGED, COMPRESSED_AGAIN -> {
        screen.text("from now on, what the ").text(sender);
        screen.text(" sends no longer passes byte for byte");
        boolean again = event.act() == Interference.COMPRESSED_AGAIN;
        screen.text(again ? "; its messages are compressed again" : "");
      }
      case FAULT -> {
        SafeText.words(screen, event.detail());
        screen.text(" on purpose ");
        instead(screen, event);
      }
      case REPLACED -> {
        instead(screen, event);
        text(screen, event);
      }
      case INJECTED -> {
        screen.text("as if from the ").text(sender).text(":");
        text(screen, event);
      }
      case UNCHANGED -> {
        frame(screen, event).text(" passes as received: ");
        SafeText.words(screen, event.detail());
      }
      case SILENCED -> {
        frame(screen, event).text(", a ");
        SafeText.words(screen, event.detail());
        screen.text(", does not pass, on purpose");
      }
      case ENDED -> {
        screen.text("nothing more of the ").text(sender).text(" passes: ");
        SafeText.words(screen, event.detail());
      }
      case STOPPED -> {
        screen.text("nothing more of the ").text(sender).text(" is read, as if the ");
        screen.text(event.sender().peer().id()).text(" had stopped reading");
      }
      case HELD -> frame(screen, event).text(" waits for /next or /drop");
      case FULL -> {
        screen.text("too much waits, so nothing more of the ").text(sender);
        screen.text(" is read until /next or /drop");
      }
      case RELEASED -> frame(screen, event).text(", which has waited, passes");
      case DROPPED -> frame(screen, event).text(", which has waited, is discarded");
    }
    screen.endLine();
    if (event.length() > 0) {
      sent(screen, event);
    }
  }

  private static void text(Screen screen, Event.Interfered event) {
    if (!event.detail().isEmpty()) {
      Payloads.inLine(screen.text(" "), StandardCharsets.UTF_8.encode(event.detail()), true, 0);
    }
  }

  private static void instead(Screen screen, Event.Interfered event) {
    if (event.frame() > 0) {
      frame(screen.text("in place of "), event).text(":");
    } else {
      boolean client = event.sender() == Endpoint.CLIENT;
      screen.text("in the ").text(client ? "request" : "response").text(", sent as:");
    }
  }

  private static Screen frame(Screen screen, Event.Interfered event) {
    screen.text("frame ").number(event.frame());
    return screen.text(" of the ").text(event.sender().id());
  }

  private static void sent(Screen screen, Event.Interfered event) {
    boolean head = event.act() == Interference.FAULT && event.frame() == 0;
    if (head) {
      String text = StandardCharsets.ISO_8859_1.decode(event.sent()).toString();
      HeadLines.show(screen, " ".repeat(INDENT), text);
    } else {
      new Frames(screen, event.length()).show(event.sent());
    }
  }

  /** Shows frames that were sent, a line for each. */
  private static final class Frames implements FrameDecoder.Listener {
    private final Screen screen;
    private final FrameDecoder decoder = new FrameDecoder(0, this);
    private final ByteBuffer payload = ByteBuffer.allocate(MOST_SHOWN);
    private final long length;
    private long shown;
    private int frames;
    private boolean open;

    Frames(Screen screen, long length) {
      this.screen = screen;
      this.length = length;
    }

    void show(ByteBuffer bytes) {
      ByteBuffer copy = ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
      decoder.feed(copy);
      if (open) {
        end(decoder.isInside() ? length - copy.position() : 0);
      }
      if (decoder.isStopped()) {
        screen.text(" ".repeat(INDENT)).text("and ").number(length - shown);
        screen.text(" more bytes").endLine();
      }
    }

    @Override
    public void frameStarted(FrameHeader header) {
      frames++;
      if (frames > MOST_FRAMES) {
        decoder.stop();
        return;
      }
      shown = header.payloadOffset() + Math.max(0, header.payloadLength());
      open = true;
      payload.clear();
      screen.text(" ".repeat(INDENT)).text(header.fin() ? "FIN 1" : "FIN 0");
      screen.text("  RSV ").text(header.rsv1() ? "1" : "0").text(header.rsv2() ? "1" : "0");
      screen.text(header.rsv3() ? "1" : "0").text("  opcode 0x");
      screen.text(Integer.toHexString(header.opcode().code())).text(" ");
      screen.text(header.opcode().label()).text(header.masked() ? "  MASK 1" : "  MASK 0");
      screen.text("  length ").text(Long.toUnsignedString(header.payloadLength()));
    }

    @Override
    public void framePayload(FrameHeader header, ByteBuffer wire, long index) {
      if (header.masked()) {
        Mask.apply(wire, header.maskingKey(), index);
      }
      int count = Math.min(payload.remaining(), wire.remaining());
      payload.put(wire.slice(wire.position(), count));
    }

    @Override
    public void frameEnded(FrameHeader header) {
      Opcode opcode = header.opcode();
      long omitted = header.payloadLength() - payload.position();
      if (payload.position() > 0) {
        boolean text = opcode == Opcode.TEXT && !header.rsv1();
        Payloads.inLine(screen.text("  "), payload.flip(), text, omitted);
      }
      open = false;
      screen.endLine();
    }

    /** Ends the line of a frame that is not whole. */
    private void end(long missing) {
      screen.text(missing > 0 ? ", not all shown" : ", never complete").endLine();
    }
  }
}
