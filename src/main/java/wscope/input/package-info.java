/**
 * Pasted text as bytes, in any of many spellings.
 *
 * <p>{@link wscope.input.SpelledBytes} reads a text of any length piece by piece, {@link
 * wscope.input.Guess} says which {@link wscope.input.Spelling} it recognized, and {@link
 * wscope.input.Recognition} holds the rules of recognition.
 *
 * <p>Law of this room: it knows the JDK and nothing of WebSocket. The same text gives the same
 * bytes and the same error, however it is split. An error names the position and the line of the
 * invalid character.
 */
@NullMarked
package wscope.input;

import org.jspecify.annotations.NullMarked;
