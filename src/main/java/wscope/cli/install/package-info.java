/**
 * The commands {@code wscope install} and {@code wscope completion}: they write the files for a
 * shell that the jar contains: the executable, manual pages and completions.
 */
@NullMarked
package wscope.cli.install;

import org.jspecify.annotations.NullMarked;
