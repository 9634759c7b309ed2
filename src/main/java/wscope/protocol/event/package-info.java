/**
 * What can be observed on a connection: rare events are sealed records; frames and messages are
 * callbacks that allocate nothing.
 *
 * <p>Law of this room: it holds only values. The owner of a connection adds what the protocol
 * cannot know, such as times and how TCP ended.
 */
@NullMarked
package wscope.protocol.event;

import org.jspecify.annotations.NullMarked;
