/**
 * The command line: a package for each command, with its options and exit codes. This package holds
 * the command {@code wscope} itself, which finds the subcommand, shows help, and turns failures
 * into messages.
 *
 * <p>Rules of this room: a command checks its options, calls the rooms below and returns an exit
 * code.
 */
@NullMarked
package wscope.cli;

import org.jspecify.annotations.NullMarked;
