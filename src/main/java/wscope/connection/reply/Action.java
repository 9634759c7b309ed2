package wscope.connection.reply;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import wscope.connection.match.Value;
import wscope.protocol.FrameFault;
import wscope.protocol.frame.Opcode;

/** One action of a rule. */
public sealed interface Action {
  /** Send a text message. */
  record SendText(Template text) implements Action {}

  /** Send a binary message. */
  record SendBytes(Template bytes) implements Action {}

  /** Send the content of a file. */
  record SendFile(Opcode type, Value content) implements Action {}

  /** Send the message back. */
  record Echo() implements Action {}

  /** Wait before the actions that follow. */
  record Delay(Duration time) implements Action {}

  /** Start the closing handshake. */
  record Close(int code, String reason) implements Action {}

  /**
   * Send a message that commits a fault.
   *
   * @param text the text of the message
   */
  record Commit(FrameFault fault, Template text) implements Action {}

  /**
   * Remember a value.
   *
   * @param key tells values with the same name apart; null if there is only one
   */
  record Remember(String name, @Nullable Template key, Template value) implements Action {
    /** Sets the value. */
    public void in(Values values) throws NotDone {
      values.memory().set(name, key == null ? "" : key.text(values), value.value(values));
    }
  }

  /** Try the rules that follow, too. */
  record Next() implements Action {}
}
