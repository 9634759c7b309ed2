/**
 * What can be observed on a connection: rare events as sealed records, frames and messages as
 * callbacks that allocate nothing.
 *
 * <p>Law of this room: it holds values only. What the protocol cannot know, such as times and how
 * TCP ended, is filled in by whoever owns the connection.
 */
@NullMarked
package wscope.protocol.event;

import org.jspecify.annotations.NullMarked;
