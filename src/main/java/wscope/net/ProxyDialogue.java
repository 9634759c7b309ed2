package wscope.net;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The client's side of the conversation with a proxy. It takes one byte at a time. */
interface ProxyDialogue {
  /** The first bytes to send. */
  ByteBuffer first();

  /**
   * Takes the next byte of the proxy.
   *
   * @return the next bytes to send; null for none
   * @throws ProxyFailure if the proxy does not connect to the server
   */
  @Nullable ByteBuffer take(byte b) throws ProxyFailure;

  /** Whether all further bytes come from the server. */
  boolean isDone();
}
