package wscope.protocol.message;

/** Numbers the messages of both endpoints together, from 1. */
public final class MessageCounter {
  private long last;

  /** The number of a new message. */
  long next() {
    last++;
    return last;
  }
}
