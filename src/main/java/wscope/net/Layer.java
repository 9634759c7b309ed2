package wscope.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** What lies between the bytes of a link and its {@link Wire}: nothing, or TLS. */
interface Layer {
  /** Puts on the wire what this side has to say before the peer does. */
  void begin() throws IOException;

  /**
   * Reads everything that has come, up to the capacity of the loop's buffer; nothing stays in the
   * layer that the selector would not tell of.
   *
   * @param bytes as large as the loop's buffers
   * @return whether more can come; at the peer's end the buffer may have been filled as well
   * @throws TlsMismatch if the peer speaks something else; a response is on the wire already
   */
  boolean read(ByteBuffer bytes) throws IOException;

  /** Puts everything between position and limit on the wire; the position moves. */
  void write(ByteBuffer bytes) throws IOException;

  /** Puts on the wire what says that no more is sent. */
  void end() throws IOException;

  /** Whether it waits for input by itself before the link's bytes can flow. */
  boolean isHandshaking();

  /** What its handshake has agreed on; null on a plain link, and before the handshake is done. */
  @Nullable TlsDetails tls();

  /** After the peer's end: what was wrong with it, if anything. */
  @Nullable IOException wrongEnd();

  /** Gives back what it holds; the wire is closed. */
  void release();
}
