package wscope.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Decides from the first bytes of an accepted link what its peer speaks. */
public interface Opening {
  /**
   * Looks at the bytes that have arrived. What is left of them belongs to what the peer speaks.
   *
   * @param arrived the bytes, from position to limit; the position moves past those that are done
   *     with
   * @param response sends bytes to the peer
   * @return what the peer speaks; null until that is known
   */
  @Nullable Speech take(ByteBuffer arrived, Response response) throws IOException;

  /** Sends bytes to the peer, without TLS. */
  interface Response {
    void send(ByteBuffer bytes);
  }
}
