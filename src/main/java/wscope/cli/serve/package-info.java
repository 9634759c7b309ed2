/**
 * The command {@code wscope serve}: starts the server that its options describe, shows its events
 * and reads its prompt.
 */
@NullMarked
package wscope.cli.serve;

import org.jspecify.annotations.NullMarked;
