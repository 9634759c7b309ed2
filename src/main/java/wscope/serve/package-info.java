/**
 * The debug server: it joins a link of {@code net} to a session of {@code protocol}, and decides
 * who may connect and what the server does with messages.
 *
 * <p>Law of this room: it does not know {@code report}; to observe a connection, pass it a
 * listener.
 */
@NullMarked
package wscope.serve;

import org.jspecify.annotations.NullMarked;
