/**
 * What a command gets from its process and returns to it: the three streams, exit codes and error
 * messages.
 */
@NullMarked
package wscope.cli.process;

import org.jspecify.annotations.NullMarked;
