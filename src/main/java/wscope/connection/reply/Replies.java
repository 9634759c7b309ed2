package wscope.connection.reply;

import org.jspecify.annotations.Nullable;

/** The script that connections follow, which may change while they are open. */
public interface Replies {
  /** The script to follow now; null for none. Called before each message, on the event loop. */
  @Nullable Script current();

  /** The same script at all times. */
  static Replies of(Script script) {
    return () -> script;
  }
}
