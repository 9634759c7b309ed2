package wscope.connection;

/**
 * What a connection is among those of its owner.
 *
 * @param target of the request, as it came; empty before it did
 * @param hearsOthers whether messages of other connections may be sent to it
 * @param watches whether it only hears of what happens on others
 */
public record Role(String target, boolean hearsOthers, boolean watches) {
  /** Before the request has come. */
  static final Role UNKNOWN = new Role("", false, false);
}
