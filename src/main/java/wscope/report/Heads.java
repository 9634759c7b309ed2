package wscope.report;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import wscope.protocol.handshake.RequestDecoder;
import wscope.protocol.handshake.RequestHead;
import wscope.protocol.handshake.ResponseDecoder;
import wscope.protocol.handshake.ResponseHead;

/** HTTP heads as they came, one character for each byte (ISO 8859-1). */
final class Heads {
  private Heads() {}

  /** Reads the head of a request again; null if it cannot be read to its end. */
  static @Nullable RequestHead request(String received) {
    RequestDecoder decoder = new RequestDecoder(received.length(), received.length());
    decoder.feed(ByteBuffer.wrap(received.getBytes(ISO_8859_1)));
    return decoder.head();
  }

  /** Reads the head of a response again; null if it cannot be read to its end. */
  static @Nullable ResponseHead response(String received) {
    ResponseDecoder decoder = new ResponseDecoder(received.length(), received.length());
    decoder.feed(ByteBuffer.wrap(received.getBytes(ISO_8859_1)));
    return decoder.head();
  }

  /** Shows each line as it came, its end left out. */
  static void lines(Screen screen, String indent, String head) {
    int start = 0;
    while (start < head.length()) {
      int end = head.indexOf('\n', start);
      int next = end < 0 ? head.length() : end + 1;
      String line = head.substring(start, end < 0 ? next : end);
      if (line.endsWith("\r")) {
        line = line.substring(0, line.length() - 1);
      }
      if (!line.isEmpty()) {
        screen.text(indent);
        SafeText.line(screen, line);
      }
      screen.endLine();
      start = next;
    }
  }
}
