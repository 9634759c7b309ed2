/**
 * One end of a connection: joins a link and a session, sets their deadlines, and handles messages
 * as its behaviour requires.
 *
 * <p>Rules of this room: it does not know servers or commands. The owner of a connection receives
 * its events through {@link wscope.connection.ConnectionOwner}. Everything happens on the
 * event-loop thread.
 */
@NullMarked
package wscope.connection;

import org.jspecify.annotations.NullMarked;
