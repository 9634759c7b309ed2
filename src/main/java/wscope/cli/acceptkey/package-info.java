/** The command {@code wscope accept-key}: computes the Sec-WebSocket-Accept value of a key. */
@NullMarked
package wscope.cli.acceptkey;

import org.jspecify.annotations.NullMarked;
