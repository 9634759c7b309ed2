package wscope.check;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.Limits;
import wscope.protocol.handshake.ClientHandshake;
import wscope.protocol.handshake.RequestDecoder;
import wscope.protocol.handshake.RequestHead;
import wscope.protocol.handshake.ResponseDecoder;
import wscope.protocol.handshake.ResponseHead;
import wscope.protocol.rule.Rule;
import wscope.protocol.rule.Violation;

/** Reads the response to a request, which may be broken on purpose. */
final class ResponseReader {
  private static final int SHOWN = 60;
  private static final int MOST_REQUEST = 4 << 20;
  private static final int MOST_INTERIM = 10;

  private final Observation seen;
  private ResponseDecoder decoder = decoder();
  private @Nullable RequestHead request;
  private int interim;
  private boolean done;

  ResponseReader(Observation seen) {
    this.seen = seen;
  }

  private static ResponseDecoder decoder() {
    return new ResponseDecoder(Limits.NONE.maxHead(), Limits.NONE.maxHeaderFields());
  }

  /** Notes the request, which the response has to fit if it could be read. */
  void requested(ByteBuffer bytes) {
    RequestDecoder sent = new RequestDecoder(MOST_REQUEST, MOST_REQUEST);
    sent.feed(bytes);
    request = sent.head();
  }

  /** Reads the next bytes; whether the final response has been read. */
  boolean feed(ByteBuffer bytes) {
    while (!done && bytes.hasRemaining() && decoder.feed(bytes)) {
      ResponseHead head = decoder.head();
      if (head != null && head.status() / 100 == 1 && head.status() != 101) {
        decoder = decoder();
        interim();
      } else {
        read(head, StandardCharsets.ISO_8859_1.decode(bytes.duplicate()).toString());
      }
    }
    return done;
  }

  private void interim() {
    interim++;
    done = interim > MOST_INTERIM;
    String count =
        done
            ? "more than " + MOST_INTERIM + " interim responses"
            : interim + (interim == 1 ? " interim response" : " interim responses");
    seen.unfinished = count + ", and no final one";
  }

  private void read(@Nullable ResponseHead head, String rest) {
    done = true;
    seen.unfinished = null;
    List<Violation> found = new ArrayList<>(decoder.violations());
    if (head == null) {
      unreadable(found.get(found.size() - 1), start(decoder.received() + rest));
    } else {
      seen.response = head;
      ClientHandshake.Result result = ClientHandshake.check(request, head);
      found.addAll(result.violations());
      seen.deflate = result.deflate();
    }
    seen.ofHandshake = found;
  }

  private void unreadable(Violation last, String start) {
    if (last.rule() == Rule.STATUS_LINE_MALFORMED) {
      seen.unreadable = start;
    } else {
      seen.unfinished = last.rule().title() + ": " + last.found();
    }
  }

  /** The server has ended TCP. */
  void end() {
    if (!done && !decoder.received().isEmpty()) {
      seen.unfinished = "only the beginning of a response: " + start(decoder.received());
    }
  }

  /** The first line, or the beginning of it. */
  private static String start(String received) {
    int end = received.indexOf('\n');
    String line = (end < 0 ? received : received.substring(0, end)).strip();
    return line.length() <= SHOWN ? line : line.substring(0, SHOWN);
  }
}
