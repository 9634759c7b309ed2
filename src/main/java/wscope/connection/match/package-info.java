/**
 * Conditions on messages, whoever sent them, and the values that a match finds.
 *
 * <p>Rules of this room: it knows no connection. Messages are hostile, so every condition takes a
 * bounded number of steps: text for regular expressions and JSON have limits, and a regular
 * expression that exceeds its steps gives up.
 */
@NullMarked
package wscope.connection.match;

import org.jspecify.annotations.NullMarked;
