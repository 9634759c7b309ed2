/** The command {@code wscope accept-key}: computes Sec-WebSocket-Accept from a key. */
@NullMarked
package wscope.cli.acceptkey;

import org.jspecify.annotations.NullMarked;
