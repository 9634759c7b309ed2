/** The prompt of a command on a terminal: its reader and history, and what is typed there. */
@NullMarked
package wscope.cli.prompt;

import org.jspecify.annotations.NullMarked;
