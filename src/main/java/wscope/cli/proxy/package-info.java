/**
 * The command {@code wscope proxy}: starts the proxy that its options describe, and shows its
 * events.
 */
@NullMarked
package wscope.cli.proxy;

import org.jspecify.annotations.NullMarked;
