/** The command {@code wscope explain}: what a code, a header or an error text means. */
@NullMarked
package wscope.cli.explain;

import org.jspecify.annotations.NullMarked;
