package wscope.protocol;

import java.nio.ByteBuffer;
import java.util.List;
import wscope.protocol.deflate.BufferPool;
import wscope.protocol.event.Event;
import wscope.protocol.message.OutgoingMessage;
import wscope.protocol.message.PayloadBuffer;
import wscope.protocol.rule.Endpoint;

/**
 * Messages that a client sends together with its request, before the response (a fault, RFC 6455
 * §4.1). Only the response shows how their frames are read, so a copy waits for it.
 */
final class CoalescedMessages {
  private final int count;
  private final PayloadBuffer frames;
  private long bytes;

  /**
   * Sends the messages, not compressed.
   *
   * @param pool lends the memory for the copy
   */
  CoalescedMessages(Session session, List<OutgoingMessage> messages, BufferPool pool) {
    count = messages.size();
    frames = new PayloadBuffer(pool);
    try (FrameWriter writer = session.writer(null, this::keep)) {
      messages.forEach(writer::send);
    }
  }

  private void keep(ByteBuffer sent) {
    bytes += sent.remaining();
    frames.add(sent);
  }

  /** Reads the frames, because the WebSocket has opened. */
  void read(Exchange exchange) {
    exchange.feed(Endpoint.CLIENT, frames.content());
    frames.clear();
  }

  /** Forgets the frames, which nobody reads. */
  void discard() {
    frames.clear();
  }

  /** The event for what has become of the messages. */
  Event.Coalesced event(Event.Coalesced.Fate fate) {
    return new Event.Coalesced(fate, count, bytes);
  }
}
