/** The command {@code wscope decode}: shows what bytes mean, from arguments, a file or a prompt. */
@NullMarked
package wscope.cli.decode;

import org.jspecify.annotations.NullMarked;
