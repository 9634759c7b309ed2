package wscope.protocol.event;

import java.util.Locale;

/** What a proxy does to what an endpoint sends, because its user asks for that. */
public enum Interference {
  /** From now on, bytes pass changed. */
  CHANGED,
  /** From now on, bytes pass changed, and messages are compressed again. */
  COMPRESSED_AGAIN,
  /** A fault takes the place of a head, a message or a Close. */
  FAULT,
  /** A text message has another text. */
  REPLACED,
  /** A message passes as received, although it was to be changed. */
  UNCHANGED,
  /** A ping, a pong or a Close is not passed on. */
  SILENCED,
  /** Nothing of the endpoint is passed on from now on, because of an earlier change. */
  ENDED,
  /** Nothing of the endpoint is read from now on. */
  STOPPED,
  /** A message waits. */
  HELD,
  /** Too much waits, so nothing more is read. */
  FULL,
  /** A message that waited is passed on. */
  RELEASED,
  /** A message that waited is not passed on. */
  DROPPED,
  /** A message of the user is passed on as if the endpoint had sent it. */
  INJECTED;

  /** The stable name of this act. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Finds the constant with this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Interference of(String id) {
    return valueOf(id.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
