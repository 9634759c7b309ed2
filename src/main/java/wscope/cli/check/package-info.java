/** The command {@code check}: which rules does a server keep? */
@NullMarked
package wscope.cli.check;

import org.jspecify.annotations.NullMarked;
