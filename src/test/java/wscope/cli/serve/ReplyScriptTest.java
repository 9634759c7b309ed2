package wscope.cli.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import wscope.cli.process.Failure;
import wscope.connection.reply.ReadyReplies;
import wscope.connection.reply.Script;
import wscope.protocol.event.Event;

/** The script of a running server, in a file that changes. */
class ReplyScriptTest {
  @TempDir private Path folder;

  private final List<Event> events = new ArrayList<>();

  private Path write(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  private ReplyScript follow(Path file) throws Failure {
    ReplyScript replies = ReplyScript.of(file);
    replies.onChange(events::add);
    return replies;
  }

  private List<Event> takeEvents() {
    List<Event> taken = List.copyOf(events);
    events.clear();
    return taken;
  }

  private static Event trouble(String words) {
    return new Event.ScriptChanged("own.reply", 0, words);
  }

  @Test
  void readsTheFileAgainWhenItChanges() throws Exception {
    Path file = write("own.reply", "on any\necho\n");
    ReplyScript replies = follow(file);
    Script first = replies.current();
    assertNotNull(first);
    assertEquals(1, first.rules().size());
    assertSame(first, replies.current());
    write("own.reply", "on any\necho\non any\n");
    assertEquals(2, replies.current().rules().size());
    assertEquals(List.of(new Event.ScriptChanged("own.reply", 2, null)), takeEvents());
    replies.check();
    assertEquals(List.of(), takeEvents());
  }

  /** A broken file, and one that is gone, keep the old rules; the problem is told once. */
  @Test
  void keepsTheOldRulesIfTheNewOnesAreBroken() throws Exception {
    Path file = write("own.reply", "on any\necho\n");
    ReplyScript replies = follow(file);
    Script first = replies.current();
    write("own.reply", "on any\n  sned text a\n");
    assertSame(first, replies.current());
    assertSame(first, replies.current());
    assertEquals(
        List.of(
            trouble(
                "line 2, column 3: unknown word 'sned'; write on, if, unless, send, echo, delay,"
                    + " close, fault, set or next")),
        takeEvents());
    Files.delete(file);
    assertSame(first, replies.current());
    replies.check();
    assertEquals(List.of(trouble("the file does not exist")), takeEvents());
    Files.createDirectory(file);
    assertSame(first, replies.current());
    assertEquals(List.of(trouble("it is not a regular file")), takeEvents());
    Files.delete(file);
    write("own.reply", "");
    assertEquals(0, replies.current().rules().size());
  }

  /** S17: the files that a script sends are those that its author named, next to the script. */
  @Test
  void watchesTheFilesThatTheScriptSends() throws Exception {
    Path file = write("own.reply", "on any\nsend file text a.txt\n");
    Failure failure = assertThrows(Failure.class, () -> ReplyScript.of(file));
    assertEquals(2, failure.exitCode());
    assertEquals(
        file + ": line 2, column 16: the file " + folder.resolve("a.txt") + " does not exist",
        failure.getMessage());
    write("a.txt", "one");
    ReplyScript replies = follow(file);
    Script first = replies.current();
    write("a.txt", "three");
    Script second = replies.current();
    assertEquals(List.of(new Event.ScriptChanged("own.reply", 1, null)), takeEvents());
    Files.delete(folder.resolve("a.txt"));
    assertSame(second, replies.current());
    assertEquals(1, takeEvents().size());
    write("a.txt", "four");
    assertNotNull(first);
    assertEquals(1, replies.current().rules().size());
    assertEquals(List.of(new Event.ScriptChanged("own.reply", 1, null)), takeEvents());
  }

  @Test
  void failsIfTheFileDoesNotExist() {
    Path file = folder.resolve("none.reply");
    Failure failure = assertThrows(Failure.class, () -> ReplyScript.of(file));
    assertEquals(3, failure.exitCode());
    assertEquals("the file " + file + " does not exist", failure.getMessage());
  }

  @Test
  void aScriptInsideWscopeReplacesTheFile() throws Exception {
    Path file = write("own.reply", "on any\necho\n");
    ReplyScript replies = follow(file);
    replies.use(ReadyReplies.find("mqtt"));
    write("own.reply", "on any\n");
    assertEquals("mqtt", replies.current().name());
    replies.off();
    assertNull(replies.current());
    replies.use(file);
    assertEquals("own.reply", replies.current().name());
    assertEquals(
        List.of(
            new Event.ScriptChanged("mqtt", 39, null),
            new Event.ScriptChanged("", 0, null),
            new Event.ScriptChanged("own.reply", 1, null)),
        takeEvents());
  }
}
