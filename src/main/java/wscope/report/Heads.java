package wscope.report;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.handshake.ClientHandshake;
import wscope.protocol.handshake.Handshake;
import wscope.protocol.handshake.RequestDecoder;
import wscope.protocol.handshake.RequestHead;
import wscope.protocol.handshake.ResponseDecoder;
import wscope.protocol.handshake.ResponseHead;
import wscope.protocol.rule.Violation;

/** Reads HTTP heads again as they came, one character for each byte (ISO 8859-1). */
public final class Heads {
  private Heads() {}

  /** Reads the head of a request again; null if it cannot be read to its end. */
  public static @Nullable RequestHead request(String received) {
    RequestDecoder decoder = new RequestDecoder(received.length(), received.length());
    decoder.feed(ByteBuffer.wrap(received.getBytes(ISO_8859_1)));
    return decoder.head();
  }

  /** Reads the head of a response again; null if it cannot be read to its end. */
  public static @Nullable ResponseHead response(String received) {
    ResponseDecoder decoder = new ResponseDecoder(received.length(), received.length());
    decoder.feed(ByteBuffer.wrap(received.getBytes(ISO_8859_1)));
    return decoder.head();
  }

  /** What a client finds wrong with the answer that opens a WebSocket, if that is spoilt. */
  public static List<Violation> broken(Handshake handshake, String answer) {
    if (!(handshake instanceof Handshake.Accepted accepted)
        || accepted.response().head().equals(answer)) {
      return List.of();
    }
    ResponseDecoder decoder = new ResponseDecoder(answer.length(), answer.length());
    decoder.feed(ByteBuffer.wrap(answer.getBytes(ISO_8859_1)));
    List<Violation> violations = new ArrayList<>(decoder.violations());
    ResponseHead head = decoder.head();
    if (head != null) {
      violations.addAll(ClientHandshake.check(accepted.request(), head).violations());
    }
    return violations;
  }
}
