/**
 * Spellings of bytes: what people paste, as bytes.
 *
 * <p>Law of this room: it knows the JDK and nothing of WebSocket. A bad character is reported with
 * its position.
 */
@NullMarked
package wscope.input;

import org.jspecify.annotations.NullMarked;
