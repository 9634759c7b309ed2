/**
 * All events that can be observed on a connection: rare ones as sealed records, frames and messages
 * as callbacks that allocate nothing.
 *
 * <p>Rules of this room: there are only values. The owner of a connection adds what the protocol
 * cannot know, such as times and the end of TCP.
 */
@NullMarked
package wscope.protocol.event;

import org.jspecify.annotations.NullMarked;
