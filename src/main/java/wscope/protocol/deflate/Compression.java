package wscope.protocol.deflate;

/**
 * What it takes to compress and inflate on a connection that agreed on permessage-deflate.
 *
 * @param agreed with the peer
 * @param pool of the thread that serves the connection
 */
public record Compression(DeflateParameters agreed, MessagePool pool) {}
