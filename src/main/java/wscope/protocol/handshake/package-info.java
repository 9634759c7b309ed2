/**
 * The opening handshake (RFC 6455 §4): the HTTP head, the grammar of its fields, the checks of both
 * endpoints, and the accept key.
 *
 * <p>Rules of this room: parsers are hand-written, run in linear time, and report the position of
 * each error. No byte of a request reaches a response unless it was parsed as part of a token.
 */
@NullMarked
package wscope.protocol.handshake;

import org.jspecify.annotations.NullMarked;
