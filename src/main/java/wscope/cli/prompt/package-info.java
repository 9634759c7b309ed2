/** The prompt of a command on a terminal: its line reader, history and commands. */
@NullMarked
package wscope.cli.prompt;

import org.jspecify.annotations.NullMarked;
