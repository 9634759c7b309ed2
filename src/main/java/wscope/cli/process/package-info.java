/**
 * What a command is given by its process and gives back to it: the three streams, and an exit code
 * with the words that belong to it.
 */
@NullMarked
package wscope.cli.process;

import org.jspecify.annotations.NullMarked;
