/**
 * The commands {@code wscope install} and {@code wscope completion}, which give out the files that
 * the jar has for a shell: executable, manual pages and completions.
 */
@NullMarked
package wscope.cli.install;

import org.jspecify.annotations.NullMarked;
