package wscope.input.find;

import org.jspecify.annotations.Nullable;

/**
 * Bytes that stand on one line.
 *
 * @param line index of the line
 * @param from index in the text where the characters of these bytes begin
 * @param to index in the text after them
 * @param bytes that they stand for; do not change them
 * @param way who sent them, if the line says so
 */
public record Piece(int line, int from, int to, byte[] bytes, @Nullable Way way) {}
