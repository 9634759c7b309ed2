package wscope.protocol.message;

/** The numbers of the messages on one connection, counted from 1 across both directions. */
public final class MessageNumbers {
  private long last;

  /** Returns the number for a new message. */
  long next() {
    last++;
    return last;
  }
}
