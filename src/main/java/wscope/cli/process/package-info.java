/**
 * The interface between a command and its process: the three streams, exit codes and error
 * messages.
 */
@NullMarked
package wscope.cli.process;

import org.jspecify.annotations.NullMarked;
