/** The process of a command: its three streams, and an exit code with its message. */
@NullMarked
package wscope.cli.process;

import org.jspecify.annotations.NullMarked;
