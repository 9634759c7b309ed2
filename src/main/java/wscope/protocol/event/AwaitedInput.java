package wscope.protocol.event;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import wscope.protocol.frame.IncompleteFrame;

/**
 * The input that is expected next from an endpoint, or in a stream with the bytes of both
 * endpoints.
 *
 * @param frame the current frame and its missing bytes, for {@link Kind#REST_OF_FRAME}; otherwise
 *     null
 * @param open the messages that have begun but not ended
 */
public record AwaitedInput(Kind kind, @Nullable IncompleteFrame frame, List<OpenMessage> open) {

  /**
   * A message that has begun but not ended.
   *
   * @param number the number of the message, from 1
   * @param length the number of its bytes so far, inflated
   */
  public record OpenMessage(long number, long length) {}

  /** The kind of expected input. */
  public enum Kind {
    /** The first byte. */
    START,
    /** More bytes, which show whether a head or a frame has begun. */
    UNCLEAR,
    /** The rest of the head of a request. */
    REQUEST_HEAD,
    /** The rest of the eight bytes that follow the head of a hixie-76 request. */
    CHALLENGE,
    /** The response of the server, or frames. */
    RESPONSE,
    /** The rest of the head of a response. */
    RESPONSE_HEAD,
    /** A new frame. */
    FRAME,
    /** The rest of a frame. */
    REST_OF_FRAME,
    /** The body of a message that opens no WebSocket. */
    BODY,
    /** The Close frame that completes the closing handshake. */
    CLOSE,
    /** The end of TCP. */
    TCP_END,
    /** Nothing: no frame can be found after the last one. */
    NOTHING;

    /** The stable name of this kind: lower-case words joined by hyphens. */
    public String id() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** Creates the value for any kind except {@code REST_OF_FRAME}, without open messages. */
  public static AwaitedInput of(Kind kind) {
    return new AwaitedInput(kind, null, List.of());
  }
}
