/**
 * From fragments to messages (RFC 6455 §5.4), their UTF-8 (§8.1), and the body of a Close (§5.5.1).
 *
 * <p>Rules of this room: payloads stream through, and nothing here stores a message. Code that
 * needs a whole message collects it, within its own limit.
 */
@NullMarked
package wscope.protocol.message;

import org.jspecify.annotations.NullMarked;
