package wscope.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The layer between the bytes of a link and its {@link Wire}: none, or TLS. */
interface Layer {
  /** Sets what decides about the layer inside this one. */
  default void openBy(Opening decision) {
    throw new IllegalStateException("this layer is decided on already");
  }

  /** Puts the first bytes of this side, if any, on the wire. */
  void begin() throws IOException;

  /**
   * Reads everything that has arrived, up to the capacity of the loop's buffer. The layer keeps no
   * bytes back, because the selector would not report them.
   *
   * @param bytes the buffer, as large as the loop's buffers
   * @return whether more can arrive; even if not, the buffer may have received bytes
   * @throws TlsMismatch if the peer speaks another protocol; the response to it is already on the
   *     wire
   */
  boolean read(ByteBuffer bytes) throws IOException;

  /** Puts everything between position and limit on the wire. The position moves. */
  void write(ByteBuffer bytes) throws IOException;

  /** Puts the end of output on the wire. {@link #read} still returns what the peer sends. */
  void end() throws IOException;

  /** Whether a handshake of the layer must finish before the link's bytes can flow. */
  boolean isHandshaking();

  /** The result of the TLS handshake; null on a plain link and before the handshake is done. */
  @Nullable TlsDetails tls();

  /** The failure after the peer has ended; null if the end was valid. */
  @Nullable IOException endFailure();

  /** Releases the resources of the layer, because the wire is closed. */
  void release();
}
