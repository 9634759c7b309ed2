/**
 * The commands {@code wscope install} and {@code wscope completion}, which write files from the
 * jar: the executable, manual pages and completions.
 */
@NullMarked
package wscope.cli.install;

import org.jspecify.annotations.NullMarked;
