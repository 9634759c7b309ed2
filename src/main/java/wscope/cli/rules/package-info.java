/** The command {@code wscope rules}: lists the rules. */
@NullMarked
package wscope.cli.rules;

import org.jspecify.annotations.NullMarked;
