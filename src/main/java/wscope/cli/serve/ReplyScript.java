package wscope.cli.serve;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import wscope.cli.process.ExitCode;
import wscope.cli.process.Failure;
import wscope.cli.process.IoMessages;
import wscope.cli.prompt.InvalidCommand;
import wscope.connection.reply.InvalidScript;
import wscope.connection.reply.Replies;
import wscope.connection.reply.Script;
import wscope.protocol.event.Event;

/**
 * The script that a server follows: one inside wscope, or a file, which is read again when it
 * changes. Use it only on the thread of the server.
 */
final class ReplyScript implements Replies {
  private @Nullable Script script;
  private @Nullable ReplyFile file;
  private Consumer<Event> events = event -> {};

  /**
   * Follows a script.
   *
   * @param script null for none
   */
  ReplyScript(@Nullable Script script) {
    this.script = script;
  }

  /**
   * Follows a file.
   *
   * @throws Failure if the file cannot be read, or its script is invalid
   */
  static ReplyScript of(Path path) throws Failure {
    ReplyScript replies = new ReplyScript(null);
    ReplyFile file = new ReplyFile(path);
    try {
      replies.script = file.read();
      replies.file = file;
      return replies;
    } catch (IOException e) {
      throw IoMessages.unreadable(path, e);
    } catch (InvalidScript e) {
      throw new Failure(ExitCode.USAGE, path + ": " + e.getMessage());
    }
  }

  /** Sets the receiver of the events about changes. */
  void onChange(Consumer<Event> receiver) {
    events = receiver;
  }

  @Override
  public @Nullable Script current() {
    check();
    return script;
  }

  /** Reads the file again if it has changed. If it is invalid now, the script stays as it was. */
  void check() {
    ReplyFile now = file;
    if (now == null || !now.hasChanged()) {
      return;
    }
    try {
      script = now.read();
      changed();
    } catch (IOException e) {
      events.accept(new Event.ScriptChanged(now.name(), 0, reason(e)));
    } catch (InvalidScript e) {
      events.accept(new Event.ScriptChanged(now.name(), 0, e.getMessage()));
    }
  }

  /** Follows a script inside wscope from now on. */
  void use(Script ready) {
    file = null;
    script = ready;
    changed();
  }

  /**
   * Follows a file from now on.
   *
   * @throws InvalidCommand if the file cannot be read, or its script is invalid
   */
  void use(Path path) throws InvalidCommand {
    ReplyFile next = new ReplyFile(path);
    try {
      script = next.read();
      file = next;
      changed();
    } catch (IOException e) {
      throw new InvalidCommand(path + ": " + reason(e));
    } catch (InvalidScript e) {
      throw new InvalidCommand(path + ": " + e.getMessage());
    }
  }

  /** Follows no script from now on. */
  void off() {
    file = null;
    script = null;
    changed();
  }

  private void changed() {
    Script now = script;
    events.accept(
        now == null
            ? new Event.ScriptChanged("", 0, null)
            : new Event.ScriptChanged(now.name(), now.rules().size(), null));
  }

  private static String reason(IOException e) {
    return e instanceof NoSuchFileException ? "the file does not exist" : IoMessages.reason(e);
  }
}
