/** The command {@code wscope accept-key}: which Sec-WebSocket-Accept belongs to a key. */
@NullMarked
package wscope.cli.acceptkey;

import org.jspecify.annotations.NullMarked;
