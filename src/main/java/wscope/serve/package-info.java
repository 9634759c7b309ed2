/**
 * The debug server: it joins a link of {@code net} to a session of {@code protocol}, and says what
 * the server does with messages.
 *
 * <p>Law of this room: it does not know {@code report}; who wants to see something hands it a
 * listener.
 */
@NullMarked
package wscope.serve;

import org.jspecify.annotations.NullMarked;
