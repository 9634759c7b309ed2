/**
 * Runs of bytes on lines of a text, such as {@code 12:34:56 RX 81 85 37}, with nothing but
 * separators between them.
 */
@NullMarked
package wscope.input.run;

import org.jspecify.annotations.NullMarked;
