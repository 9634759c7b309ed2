/**
 * The commands {@code wscope install} and {@code wscope completion}, which write the files in the
 * jar for a shell: executable, manual pages and completions.
 */
@NullMarked
package wscope.cli.install;

import org.jspecify.annotations.NullMarked;
