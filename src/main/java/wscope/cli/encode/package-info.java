/** The command {@code wscope encode}: writes frames, valid or deliberately invalid. */
@NullMarked
package wscope.cli.encode;

import org.jspecify.annotations.NullMarked;
