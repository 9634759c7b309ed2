/** Echo clients with the WebSocket libraries of Java, each for one connection after the other. */
@NullMarked
package wscope.interop.client;

import org.jspecify.annotations.NullMarked;
