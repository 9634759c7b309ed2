/** Options and values that several commands share, and the errors for invalid ones. */
@NullMarked
package wscope.cli.option;

import org.jspecify.annotations.NullMarked;
