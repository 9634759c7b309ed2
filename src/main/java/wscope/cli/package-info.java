/**
 * The command line: the commands, each in its own package, their options and exit codes. The
 * command {@code wscope} itself is here: it finds the subcommand, shows help, and turns a failure
 * into a message.
 *
 * <p>Law of this room: a command checks its options, calls the rooms below and returns an exit
 * code.
 */
@NullMarked
package wscope.cli;

import org.jspecify.annotations.NullMarked;
