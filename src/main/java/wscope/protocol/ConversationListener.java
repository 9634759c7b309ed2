package wscope.protocol;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.handshake.Handshake;
import wscope.protocol.handshake.RequestHead;
import wscope.protocol.handshake.ResponseHead;
import wscope.protocol.rule.Violation;

/**
 * Hears of a {@link Conversation}: {@code request? challenge? response? (body* | frames) ended},
 * the frames as {@link InspectionListener} says.
 */
public interface ConversationListener extends InspectionListener {
  /**
   * The head of a request.
   *
   * @param offset of its first byte
   * @param received its bytes as they came, one character each, as far as they could be read
   * @param head null if it could not be read to its end
   * @param judged what a server makes of it
   */
  default void request(
      long offset, String received, @Nullable RequestHead head, Handshake judged) {}

  /** The eight bytes that follow the head of a hixie-76 request. */
  default void challenge(RequestHead request, ByteBuffer body) {}

  /**
   * The head of a response.
   *
   * @param offset of its first byte
   * @param received its bytes as they came, one character each, as far as they could be read
   * @param request that it answers; null if none came
   * @param head null if it could not be read to its end
   * @param violations what a client finds wrong with it
   */
  default void response(
      long offset,
      String received,
      @Nullable RequestHead request,
      @Nullable ResponseHead head,
      List<Violation> violations) {}

  /** The next bytes behind a head that opens no WebSocket, between position and limit. */
  default void body(ByteBuffer bytes) {}

  /**
   * The input has ended inside a head; {@link #ended} follows.
   *
   * @param offset of its first byte
   * @param received its bytes as far as they came
   */
  default void headTorn(long offset, String received) {}

  /**
   * The input has ended before or inside the eight bytes that follow the head of a hixie-76
   * request; {@link #ended} follows.
   *
   * @param offset of the first of them
   * @param body those that came, from position to limit
   */
  default void challengeTorn(long offset, ByteBuffer body) {}
}
