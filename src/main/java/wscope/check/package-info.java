/**
 * Checks which rules a server keeps: the cases, what they send, what a server has to do, and the
 * engine that runs them.
 *
 * <p>Rules of this room: it does not know the command line, and formats nothing for a screen. All
 * of a run happens on the event-loop thread. {@link wscope.check.Judge} only compares values.
 */
@NullMarked
package wscope.check;

import org.jspecify.annotations.NullMarked;
