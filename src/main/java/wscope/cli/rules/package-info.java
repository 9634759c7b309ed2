/** The command {@code wscope rules}: lists the rules and explains one. */
@NullMarked
package wscope.cli.rules;

import org.jspecify.annotations.NullMarked;
