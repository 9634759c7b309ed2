package wscope.protocol.message;

/** Numbers the messages of a conversation, those of both ends together, from 1. */
public final class MessageNumbers {
  private long last;

  /** The number of a new message. */
  long next() {
    last++;
    return last;
  }
}
