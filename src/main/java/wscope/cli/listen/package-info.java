/** What the commands that listen for clients have in common: {@code serve} and {@code proxy}. */
@NullMarked
package wscope.cli.listen;

import org.jspecify.annotations.NullMarked;
