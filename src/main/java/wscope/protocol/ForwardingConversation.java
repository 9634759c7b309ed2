package wscope.protocol;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.handshake.Handshake;
import wscope.protocol.handshake.RequestHead;
import wscope.protocol.handshake.ResponseHead;
import wscope.protocol.rule.Violation;

/** Passes every event of a conversation on; to be extended by who also acts on some. */
public abstract class ForwardingConversation extends ForwardingListener
    implements ConversationListener {
  private final ConversationListener next;

  /**
   * @param next hears of every event
   */
  protected ForwardingConversation(ConversationListener next) {
    super(next);
    this.next = next;
  }

  @Override
  public void request(long offset, String received, @Nullable RequestHead head, Handshake judged) {
    next.request(offset, received, head, judged);
  }

  @Override
  public void challenge(RequestHead request, ByteBuffer body) {
    next.challenge(request, body);
  }

  @Override
  public void response(
      long offset,
      String received,
      @Nullable RequestHead request,
      @Nullable ResponseHead head,
      List<Violation> violations) {
    next.response(offset, received, request, head, violations);
  }

  @Override
  public void body(ByteBuffer bytes) {
    next.body(bytes);
  }

  @Override
  public void headTorn(long offset, String received) {
    next.headTorn(offset, received);
  }

  @Override
  public void challengeTorn(long offset, ByteBuffer body) {
    next.challengeTorn(offset, body);
  }
}
