package wscope.report.text;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import wscope.protocol.event.Event;
import wscope.protocol.handshake.Hixie76Challenge;

/** Shows the challenge of hixie-76 and the 16 bytes that respond to it (§5.2). */
public final class HixieReport {
  private static final HexFormat HEX = HexFormat.ofDelimiter(" ");
  private static final int VALUE = 13;

  private HixieReport() {}

  /** Shows each step: the eight bytes, the two numbers, and the MD5 of both. */
  public static void steps(Screen screen, Hixie76Challenge challenge) {
    challenge(screen, challenge.body(), "   the eight bytes after the head");
    number(screen, "number 1", challenge.first());
    number(screen, "number 2", challenge.second());
    if (challenge.isValid()) {
      byte[] response = challenge.response();
      screen.text("MD5").pad(VALUE).text(HEX.formatHex(response)).endLine();
      screen.pad(VALUE);
      SafeText.quoted(screen, ByteBuffer.wrap(response));
      screen.text(", the 16 bytes of the response").endLine();
    }
  }

  /** Shows bytes that follow the head of the request. */
  static void challenge(Screen screen, ByteBuffer bytes, String words) {
    screen.text("challenge", Style.HEADING).pad(VALUE);
    Payloads.hex(screen, bytes, bytes.position(), bytes.remaining());
    screen.text(words).endLine();
  }

  /** Says what the 16 bytes are. */
  public static void note(Screen screen, Hixie76Challenge challenge) {
    screen.text("note: ").words(6);
    SafeText.quoted(screen, ByteBuffer.wrap(challenge.response()));
    screen.text(", the 16 bytes that a server of hixie-76 sends after its head").endLine();
  }

  /** Says why there are no 16 bytes: a key is invalid, or bytes are missing after the head. */
  public static void incomplete(Screen screen, Hixie76Challenge challenge) {
    int missing = Hixie76Challenge.BODY_BYTES - challenge.body().remaining();
    if (challenge.first() < 0) {
      number(screen, "number 1", challenge.first());
    }
    if (challenge.second() < 0) {
      number(screen, "number 2", challenge.second());
    }
    if (missing > 0) {
      screen.text("✗ ").number(missing).text(" of the eight bytes after the head");
      screen.text(missing == 1 ? " is missing" : " are missing").endLine();
    }
  }

  /**
   * Shows the bytes after the head of a response, and compares them.
   *
   * @param challenge the challenge of the request; null if it is unknown
   * @return whether they fit
   */
  public static boolean answer(
      Screen screen, @Nullable Hixie76Challenge challenge, ByteBuffer received) {
    ByteBuffer right =
        challenge == null || !challenge.isValid() ? null : ByteBuffer.wrap(challenge.response());
    boolean fits = received.equals(right);
    if (right != null && !fits) {
      screen.text("✗ ", Style.ERROR);
    }
    screen.text("answer", Style.HEADING).pad(VALUE);
    Payloads.hex(screen, received, received.position(), received.remaining());
    if (right == null) {
      screen.text("   not checked: the challenge of the request is unknown").endLine();
      return false;
    }
    screen.text(fits ? "   fits the challenge" : "   does not fit the challenge").endLine();
    if (!fits) {
      screen.pad(VALUE);
      Payloads.hex(screen, right, 0, right.remaining());
      screen.text("   the MD5 of number 1, number 2 and the eight bytes").endLine();
    }
    return fits;
  }

  /** Shows a frame of hixie-75 or hixie-76 in one line. */
  static void frame(Screen screen, Event.HixieFrame frame) {
    screen.text("hixie frame ", Style.HEADING).number(frame.number()).text("   ");
    ByteBuffer data = frame.data();
    switch (frame.kind()) {
      case TEXT -> {
        count(screen.text("text, "), frame.length());
        range(screen, frame).text("   ");
        Payloads.inLine(screen, data, true, frame.length() - data.remaining());
      }
      case CLOSE -> range(screen.text("close"), frame);
      case DISCARDED -> {
        count(screen.text("data, "), frame.length());
        range(screen, frame).text("   receivers discard it");
      }
    }
    screen.endLine();
    if (!frame.complete()) {
      screen.text("✗ incomplete", Style.ERROR).text("   hixie frame ").number(frame.number());
      screen.text(", at byte ").number(frame.end());
      screen.text(frame.kind() == Event.HixieFrame.Kind.TEXT ? ": the byte ff is missing" : "");
      screen.endLine();
    }
  }

  private static void count(Screen screen, long bytes) {
    screen.number(bytes).text(bytes == 1 ? " byte" : " bytes");
  }

  private static Screen range(Screen screen, Event.HixieFrame frame) {
    screen.text("   bytes ").number(frame.offset()).text("-");
    return screen.number(frame.end() - 1);
  }

  private static void number(Screen screen, String name, long number) {
    screen.text(name).pad(VALUE);
    if (number < 0) {
      screen.text("none: the digits of the key must be divisible by the number of its spaces");
    } else {
      screen.number(number);
      screen.text("   the digits of the key, divided by the number of its spaces");
    }
    screen.endLine();
  }
}
