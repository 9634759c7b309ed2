package wscope.connection;

/**
 * The role of a connection among those of its owner.
 *
 * @param target of the request, as received; empty before that
 * @param receivesOthers whether it may receive messages of other connections
 * @param watches whether it only receives events of other connections
 */
public record Role(String target, boolean receivesOthers, boolean watches) {
  /** Before the request has arrived. */
  static final Role UNKNOWN = new Role("", false, false);
}
