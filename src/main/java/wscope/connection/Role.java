package wscope.connection;

import wscope.protocol.event.Event;

/**
 * The role of a connection among those of its owner.
 *
 * @param target the target of the request, as received; empty before the request has arrived
 * @param receivesOthers whether the connection may receive messages from other connections
 * @param watches whether the connection only receives events of other connections
 * @param left the names in the query that are left to the client
 */
public record Role(String target, boolean receivesOthers, boolean watches, Event.QueryLeft left) {
  /** The role before the request has arrived. */
  static final Role UNKNOWN = new Role("", false, false, Event.QueryLeft.NOTHING);
}
