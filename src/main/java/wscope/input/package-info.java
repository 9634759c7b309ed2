/**
 * Spellings of bytes: what people paste, as bytes.
 *
 * <p>{@link wscope.input.SpelledBytes} reads a text of any length piece by piece, {@link
 * wscope.input.Guess} says which {@link wscope.input.Spelling} it was taken for, and {@link
 * wscope.input.Recognition} holds the rule by which that was found.
 *
 * <p>Law of this room: it knows the JDK and nothing of WebSocket. The same text gives the same
 * bytes and the same error however it is cut. A bad character is reported with its place and its
 * line.
 */
@NullMarked
package wscope.input;

import org.jspecify.annotations.NullMarked;
