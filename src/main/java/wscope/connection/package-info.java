/**
 * One end of one connection: it joins a link and a session, watches the deadlines of their states,
 * and does with messages what the user asked for.
 *
 * <p>Law of this room: it knows no server and no command; it notifies the owner of a connection
 * through {@link wscope.connection.ConnectionOwner}. Everything happens on the thread of the loop.
 */
@NullMarked
package wscope.connection;

import org.jspecify.annotations.NullMarked;
