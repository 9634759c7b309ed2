/**
 * Echo servers with the WebSocket libraries of Java, on free ports of 127.0.0.1. They echo at the
 * path /echo, accept the subprotocol "chat", and reject all other paths.
 */
@NullMarked
package wscope.interop.server;

import org.jspecify.annotations.NullMarked;
