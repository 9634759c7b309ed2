/**
 * What the commands that connect to a server have in common: {@code connect}, {@code proxy} and
 * {@code check}.
 */
@NullMarked
package wscope.cli.dial;

import org.jspecify.annotations.NullMarked;
