/** The command {@code wscope decode}: explains bytes from arguments, a file or a prompt. */
@NullMarked
package wscope.cli.decode;

import org.jspecify.annotations.NullMarked;
