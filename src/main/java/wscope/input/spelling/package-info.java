/**
 * Spellings: turns what people paste into bytes.
 *
 * <p>{@link wscope.input.spelling.SpelledBytes} reads a text of any length piece by piece, {@link
 * wscope.input.spelling.Guess} says which {@link wscope.input.spelling.Spelling} was recognised,
 * and {@link wscope.input.spelling.Recognition} holds the rules for it.
 *
 * <p>Rules of this room: it knows the JDK and nothing of WebSocket. A text gives the same bytes and
 * the same error however it is split. An error names the place of the invalid character and shows
 * its line.
 */
@NullMarked
package wscope.input.spelling;

import org.jspecify.annotations.NullMarked;
