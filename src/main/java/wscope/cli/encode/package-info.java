/** The command {@code wscope encode}: writes frames, legal or broken on purpose. */
@NullMarked
package wscope.cli.encode;

import org.jspecify.annotations.NullMarked;
