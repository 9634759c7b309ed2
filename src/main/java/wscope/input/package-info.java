/**
 * Finds the bytes and the HTTP heads in any text.
 *
 * <p>{@link wscope.input.Finder} reads a text in windows. Bytes that no text has are raw; lines
 * that are nothing but bytes are read in their spelling (room {@code spelling}). In any other text,
 * matchers find candidates with their evidence (rooms {@code find}, {@code run}, {@code list},
 * {@code dump}, {@code head}); {@link wscope.input.Scorer} adds what the protocol says of each, and
 * {@link wscope.input.Selection} takes those with the most evidence.
 *
 * <p>Rules of this room: a text gives the same bytes however it is split. Nothing is decoded
 * without evidence. Time grows with the length of the text, and memory does not.
 */
@NullMarked
package wscope.input;

import org.jspecify.annotations.NullMarked;
