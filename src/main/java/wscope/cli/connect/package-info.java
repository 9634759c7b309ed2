/**
 * The command {@code wscope connect}: runs the client that its options describe, shows its events
 * and reads its prompt.
 */
@NullMarked
package wscope.cli.connect;

import org.jspecify.annotations.NullMarked;
