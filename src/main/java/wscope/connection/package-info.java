/**
 * One end of a connection: joins a link and a session, sets their deadlines, and handles messages
 * as its behaviour asks.
 *
 * <p>Rules of this room: it knows no server and no command. The owner of a connection receives its
 * events through {@link wscope.connection.ConnectionOwner}. Everything happens on the thread of the
 * loop.
 */
@NullMarked
package wscope.connection;

import org.jspecify.annotations.NullMarked;
