/**
 * One end of one connection: a link and a session joined, the deadlines of their states, and what
 * the end does with messages on request.
 *
 * <p>Law of this room: it knows no server and no command; whoever owns a connection hears of it
 * through {@link wscope.connection.ConnectionOwner}. Everything happens on the thread of the loop.
 */
@NullMarked
package wscope.connection;

import org.jspecify.annotations.NullMarked;
