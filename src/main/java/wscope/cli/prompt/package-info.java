/**
 * The prompt of a command on a terminal: its line reader, its history, and parsing of what the user
 * types.
 */
@NullMarked
package wscope.cli.prompt;

import org.jspecify.annotations.NullMarked;
