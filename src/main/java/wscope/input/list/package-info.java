/**
 * Bytes in literals, lists and base64, as programming languages, debuggers and loggers print them.
 */
@NullMarked
package wscope.input.list;

import org.jspecify.annotations.NullMarked;
