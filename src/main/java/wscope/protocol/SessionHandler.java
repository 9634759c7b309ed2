package wscope.protocol;

import java.nio.ByteBuffer;
import wscope.protocol.frame.Opcode;
import wscope.protocol.handshake.HttpResponse;
import wscope.protocol.handshake.RequestHead;

/** What a server does with its connections; the protocol's own duties are the {@link Session}'s. */
public interface SessionHandler {
  /** Answers a plain HTTP request; the connection ends with the answer. */
  HttpResponse page(RequestHead request);

  /**
   * A whole, valid message has come.
   *
   * @param type {@link Opcode#TEXT} or {@link Opcode#BINARY}
   * @param payload from position to limit, on loan for the call
   */
  void message(Session session, Opcode type, ByteBuffer payload);
}
