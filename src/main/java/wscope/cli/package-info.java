/**
 * What the user types: the commands, their options and their exit codes.
 *
 * <p>Law of this room: a command checks its options, calls the rooms below and gives an exit code.
 */
@NullMarked
package wscope.cli;

import org.jspecify.annotations.NullMarked;
