package wscope.protocol.deflate;

/**
 * The parts that a connection with permessage-deflate needs to compress and inflate.
 *
 * @param agreed the negotiated parameters
 * @param pool the buffer pool of the thread that serves the connection
 */
public record Compression(DeflateParameters agreed, BufferPool pool) {}
