package wscope.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The layer between the bytes of a link and its {@link Wire}: none, or TLS. */
interface Layer {
  /** Puts on the wire what this side must send first. */
  void begin() throws IOException;

  /**
   * Reads everything that has arrived, up to the capacity of the loop's buffer; the layer keeps
   * nothing that the selector would not report.
   *
   * @param bytes as large as the loop's buffers
   * @return whether more can arrive; if not, the buffer may still have received bytes
   * @throws TlsMismatch if the peer speaks something else; a response is on the wire already
   */
  boolean read(ByteBuffer bytes) throws IOException;

  /** Puts everything between position and limit on the wire; the position moves. */
  void write(ByteBuffer bytes) throws IOException;

  /** Puts the end of output on the wire. */
  void end() throws IOException;

  /** Whether its handshake must finish before the link's bytes can flow. */
  boolean isHandshaking();

  /** The result of its handshake; null on a plain link and before the handshake is done. */
  @Nullable TlsDetails tls();

  /** After the peer's end: the failure, if the end was invalid. */
  @Nullable IOException endFailure();

  /** Releases its resources; the wire is closed. */
  void release();
}
