/**
 * Replies by script: rules, each with a condition on a message and actions, and the reader of their
 * file format.
 *
 * <p>Rules of this room: it knows no connection and opens no file. {@code wscope.connection}
 * carries out the actions, as client or as server.
 */
@NullMarked
package wscope.connection.reply;

import org.jspecify.annotations.NullMarked;
