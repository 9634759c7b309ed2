/** Finds the heads of HTTP requests and responses in text, whatever stands around their lines. */
@NullMarked
package wscope.input.head;

import org.jspecify.annotations.NullMarked;
