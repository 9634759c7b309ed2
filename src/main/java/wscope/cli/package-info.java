/**
 * What the user types: the commands, each in its own sub-room, their options and their exit codes.
 * Here is the command {@code wscope} itself: it finds the subcommand, shows help, and turns a
 * failure into words.
 *
 * <p>Law of this room: a command checks its options, calls the rooms below and gives an exit code.
 */
@NullMarked
package wscope.cli;

import org.jspecify.annotations.NullMarked;
