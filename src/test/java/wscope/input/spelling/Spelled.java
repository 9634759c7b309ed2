package wscope.input.spelling;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/** Reads a text to its end, for tests. */
final class Spelled {
  /** Of what comes out so many bytes count: a few rows of a dump may stand for any number. */
  private static final int MOST = 1 << 20;

  private Spelled() {}

  static String of(String text) {
    return of(text, null);
  }

  static String of(String text, Spelling spelling) {
    return of(new ByteArrayInputStream(text.getBytes(UTF_8)), spelling, 64 << 10);
  }

  /** The bytes in hex, and the message of a bad spelling behind them. */
  static String of(InputStream text, Spelling spelling, int room) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ByteBuffer out = ByteBuffer.allocate(room);
    String problem = "";
    try {
      SpelledBytes spelled = new SpelledBytes(text, spelling);
      boolean more = true;
      while (more && bytes.size() < MOST) {
        more = spelled.read(out);
        bytes.write(out.array(), 0, out.position());
        out.clear();
      }
    } catch (InvalidSpelling e) {
      bytes.write(out.array(), 0, out.position());
      problem = ", then: " + e.getMessage();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    byte[] all = bytes.toByteArray();
    String rest = all.length < MOST ? problem : ", and more";
    return HexFormat.of().formatHex(all, 0, Math.min(all.length, MOST)) + rest;
  }

  /** What a text is taken for: "hex", or "hex, or decimal". */
  static String guess(String text) {
    try {
      Guess guess = new SpelledBytes(new ByteArrayInputStream(text.getBytes(UTF_8)), null).guess();
      String other = guess.truncated() ? ", or truncated hex" : "";
      return guess.spelling() + (guess.other() == null ? other : ", or " + guess.other());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
