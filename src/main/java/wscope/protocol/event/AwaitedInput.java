package wscope.protocol.event;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import wscope.protocol.frame.IncompleteFrame;

/**
 * The input that is expected next from an endpoint, or in one stream of both endpoints.
 *
 * @param frame the current frame and what it lacks, for {@link What#REST_OF_FRAME}; otherwise null
 * @param open the messages that have begun and not ended
 */
public record AwaitedInput(What what, @Nullable IncompleteFrame frame, List<OpenMessage> open) {

  /**
   * A message that has begun and not ended.
   *
   * @param number of the message, from 1
   * @param length bytes of it so far, inflated
   */
  public record OpenMessage(long number, long length) {}

  /** The kind of expected input. */
  public enum What {
    /** The first byte. */
    START,
    /** More bytes, to distinguish a head from a frame. */
    UNCLEAR,
    /** The rest of the head of a request. */
    REQUEST_HEAD,
    /** The rest of the eight bytes that follow the head of a hixie-76 request. */
    CHALLENGE,
    /** The response of the server, or frames. */
    RESPONSE,
    /** The rest of the head of a response. */
    RESPONSE_HEAD,
    /** A frame, from its first byte. */
    FRAME,
    /** The rest of a frame. */
    REST_OF_FRAME,
    /** The body of a message that opens no WebSocket. */
    BODY,
    /** The Close frame that completes the closing handshake. */
    CLOSE,
    /** The end of TCP. */
    TCP_END,
    /** Nothing more: no frame can be found after the last one. */
    NOTHING;

    /** Its stable name: lower-case words joined by hyphens. */
    public String id() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** Anything but the rest of a frame, without open messages. */
  public static AwaitedInput of(What what) {
    return new AwaitedInput(what, null, List.of());
  }
}
