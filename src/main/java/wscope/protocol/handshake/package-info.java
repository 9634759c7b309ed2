/**
 * The opening handshake (RFC 6455 §4): the HTTP head, the grammar of its fields, the checks of both
 * endpoints, and the accept key.
 *
 * <p>Law of this room: hand-written parsers in linear time that know the position of each error; no
 * byte of a request reaches a response unless it passed as a token.
 */
@NullMarked
package wscope.protocol.handshake;

import org.jspecify.annotations.NullMarked;
