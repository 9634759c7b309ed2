/**
 * Finds dumps in a text: rows of an offset, bytes as numbers, and perhaps the same bytes as
 * characters. {@link wscope.input.dump.RowScanner} finds rows, a {@link wscope.input.dump.Block}
 * gathers those that follow each other, and {@link wscope.input.dump.BlockReader} decides in which
 * {@link wscope.input.dump.Notation} they are written.
 */
@NullMarked
package wscope.input.dump;

import org.jspecify.annotations.NullMarked;
