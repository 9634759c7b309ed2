/**
 * The prompt of a command on a terminal: it reads lines, completes them, keeps their history, and
 * runs the commands of a table, which is all that a command of wscope adds.
 */
@NullMarked
package wscope.cli.prompt;

import org.jspecify.annotations.NullMarked;
