/**
 * The command {@code wscope decode}: shows what bytes mean that are given as arguments, in a file
 * or on a prompt.
 */
@NullMarked
package wscope.cli.decode;

import org.jspecify.annotations.NullMarked;
