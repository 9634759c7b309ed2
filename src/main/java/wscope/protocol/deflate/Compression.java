package wscope.protocol.deflate;

/**
 * The parts that a connection needs to compress and inflate.
 *
 * @param agreed the parameters of permessage-deflate
 * @param pool the buffer pool of the thread that serves the connection
 * @param use whether the endpoints have agreed on these parameters
 */
public record Compression(DeflateParameters agreed, BufferPool pool, Use use) {
  /** What is known about the negotiation. */
  public enum Use {
    /** The endpoints have agreed on permessage-deflate. */
    AGREED,
    /** No handshake was seen: RSV1 is taken for a compressed message that inflates. */
    ASSUMED,
    /**
     * The handshake did not agree on it: a message with RSV1 is inflated only to find the cause.
     */
    TRIED
  }

  /** Creates the parts for parameters on which the endpoints have agreed. */
  public Compression(DeflateParameters agreed, BufferPool pool) {
    this(agreed, pool, Use.AGREED);
  }

  /** Whether RSV1 on the first frame of a message marks it as compressed (RFC 7692 §6). */
  public boolean isRead() {
    return use != Use.TRIED;
  }
}
