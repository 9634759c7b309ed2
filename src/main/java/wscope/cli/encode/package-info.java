/** The command {@code wscope encode}: writes frames, valid or broken on purpose. */
@NullMarked
package wscope.cli.encode;

import org.jspecify.annotations.NullMarked;
