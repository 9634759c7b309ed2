package wscope.input.dump;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import wscope.input.find.FrameCheck;
import wscope.input.find.Piece;

/**
 * The order of the bytes in the words of a dump, which may be that of the words or the reverse. The
 * frames decide it.
 *
 * @param pieces in the order that is proved; empty if none is
 * @param turned whether that is the reverse
 */
record WordOrder(List<Piece> pieces, boolean turned) {
  /**
   * @param straight the bytes in the order of the text; empty if that is not possible
   * @param turned the same with each word reversed
   * @param known whether the form says that the order is that of the text
   */
  static WordOrder of(List<Piece> straight, List<Piece> turned, boolean known) {
    int asIs = sense(bytes(straight));
    List<Piece> reversed = turned;
    int reverse = sense(bytes(turned));
    byte[] bytes = bytes(turned);
    if (reverse < 2 && bytes.length > 0 && bytes[bytes.length - 1] == 0) {
      byte[] shorter = Arrays.copyOf(bytes, bytes.length - 1);
      if (sense(shorter) == 2) {
        reverse = 2;
        reversed = withoutLast(turned);
      }
    }
    if (reverse > asIs) {
      return new WordOrder(reversed, true);
    }
    return new WordOrder(asIs > reverse || known ? straight : List.of(), false);
  }

  /** 2 for whole frames or a head, 1 for frames of which the last is incomplete, else 0. */
  private static int sense(byte[] bytes) {
    if (bytes.length == 0) {
      return 0;
    }
    String start = new String(bytes, 0, Math.min(bytes.length, 9), StandardCharsets.ISO_8859_1);
    if (start.startsWith("GET /") || start.startsWith("HTTP/1.1 ")) {
      return 2;
    }
    if (!FrameCheck.canBegin(bytes, 0, bytes.length)) {
      return 0;
    }
    FrameCheck check = FrameCheck.of(bytes);
    if (check.isValid()) {
      return 2;
    }
    return check.isValidSoFar() && check.wholeFrames() > 0 ? 1 : 0;
  }

  /** A dump of words fills the last one with a zero. */
  private static List<Piece> withoutLast(List<Piece> pieces) {
    List<Piece> all = new ArrayList<>(pieces);
    Piece last = all.remove(all.size() - 1);
    byte[] bytes = Arrays.copyOf(last.bytes(), last.bytes().length - 1);
    all.add(new Piece(last.line(), last.from(), last.to(), bytes, last.way()));
    return all;
  }

  private static byte[] bytes(List<Piece> pieces) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (Piece piece : pieces) {
      bytes.writeBytes(piece.bytes());
    }
    return bytes.toByteArray();
  }
}
