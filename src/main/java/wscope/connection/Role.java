package wscope.connection;

/**
 * The role of a connection among those of its owner.
 *
 * @param target the target of the request, as received; empty before the request has arrived
 * @param receivesOthers whether the connection may receive messages from other connections
 * @param watches whether the connection only receives events of other connections
 */
public record Role(String target, boolean receivesOthers, boolean watches) {
  /** The role before the request has arrived. */
  static final Role UNKNOWN = new Role("", false, false);
}
