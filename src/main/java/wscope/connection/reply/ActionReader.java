package wscope.connection.reply;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.connection.match.Value;
import wscope.connection.reply.Template.Part;
import wscope.protocol.Fault;
import wscope.protocol.Faults;
import wscope.protocol.FrameFault;
import wscope.protocol.frame.Opcode;
import wscope.protocol.message.CloseBody;
import wscope.protocol.message.CloseCode;
import wscope.protocol.message.Utf8;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;

/** Reads the actions of rules. */
final class ActionReader {
  private static final Duration LONGEST_DELAY = Duration.ofHours(1);
  private static final int NORMAL_CLOSURE = 1000;
  private static final int HIGHEST_CODE = 65_535;

  private final Endpoint self;
  private final ReplyFiles files;
  private final Scope scope;
  private long bytesLeft = Template.LONGEST;

  ActionReader(Endpoint self, ReplyFiles files, Scope scope) {
    this.self = self;
    this.files = files;
    this.scope = scope;
  }

  /**
   * Reads an action.
   *
   * @param word the first word of the line, which has been read
   * @return the action; null if no action begins with this word
   */
  @Nullable Action read(String word, ScriptLine line) throws InvalidScript {
    Action action =
        switch (word) {
          case "send" -> send(line);
          case "echo" -> echo(line);
          case "delay" -> delay(line);
          case "close" -> close(line);
          case "fault" -> fault(line);
          case "set" -> set(line);
          case "next" -> next(line);
          default -> null;
        };
    if (action != null) {
      line.finish();
    }
    return action;
  }

  private Action send(ScriptLine line) throws InvalidScript {
    String what = line.word();
    return switch (what) {
      case "text" -> new Action.SendText(TemplateReader.text(line, scope));
      case "json" -> new Action.SendText(TemplateReader.json(line, scope));
      case "hex" -> new Action.SendBytes(TemplateReader.hex(line, scope));
      case "file" -> file(line);
      default ->
          throw line.error(
              "cannot send '"
                  + ScriptLine.excerpt(what)
                  + "'; write send text, send json, send hex or send file");
    };
  }

  private Action file(ScriptLine line) throws InvalidScript {
    String word = line.word();
    if (!word.equals("text") && !word.equals("binary")) {
      throw line.error("write send file text PATH or send file binary PATH");
    }
    line.skipSpaces();
    int place = line.place();
    String path = TemplateReader.fixedText(line, scope);
    byte[] content;
    try {
      content = files.read(path);
    } catch (IOException e) {
      throw line.errorAt(place, String.valueOf(e.getMessage()));
    }
    bytesLeft -= content.length;
    if (bytesLeft < 0) {
      throw line.errorAt(place, "the files of this script are longer than 16 MiB in all");
    }
    if (word.equals("text") && !isUtf8(content)) {
      throw line.errorAt(
          place, "'" + ScriptLine.excerpt(path) + "' is not UTF-8; write send file binary");
    }
    return new Action.SendFile(
        word.equals("text") ? Opcode.TEXT : Opcode.BINARY, Value.ofBytes(content));
  }

  static boolean isUtf8(byte[] bytes) {
    Utf8 utf8 = new Utf8();
    return utf8.check(ByteBuffer.wrap(bytes)) < 0 && utf8.isComplete();
  }

  private Action echo(ScriptLine line) throws InvalidScript {
    if (!scope.hasMessage()) {
      throw line.error("only a rule on a message can send it back");
    }
    return new Action.Echo();
  }

  private Action next(ScriptLine line) throws InvalidScript {
    if (scope.repeats()) {
      throw line.error("each rule with on every has a time of its own; no other rule follows it");
    }
    return new Action.Next();
  }

  private Action delay(ScriptLine line) throws InvalidScript {
    return new Action.Delay(time(line, Duration.ZERO, LONGEST_DELAY, "0 ms to 1 h"));
  }

  /** Reads a time between bounds, which the error names. */
  static Duration time(ScriptLine line, Duration least, Duration most, String bounds)
      throws InvalidScript {
    String word = line.word();
    Duration time = Numbers.time(word);
    if (time == null || time.compareTo(least) < 0 || time.compareTo(most) > 0) {
      throw line.error(
          "'"
              + ScriptLine.excerpt(word)
              + "' is not a time from "
              + bounds
              + "; write, for example, 200ms");
    }
    return time;
  }

  private Action close(ScriptLine line) throws InvalidScript {
    if (line.isAtEnd()) {
      return new Action.Close(NORMAL_CLOSURE, "");
    }
    String word = line.word();
    int code = Numbers.read(word, HIGHEST_CODE);
    if (code < 0) {
      throw line.error("'" + ScriptLine.excerpt(word) + "' is not a close code; write 1000");
    }
    Rule broken = CloseCode.brokenBy(code);
    if (broken != null) {
      throw line.error(
          code
              + " ("
              + CloseCode.label(code)
              + ") must not be sent; to break this rule: fault "
              + broken.id());
    }
    if (line.isAtEnd()) {
      return new Action.Close(code, "");
    }
    int place = line.place();
    String reason = TemplateReader.fixedText(line, scope);
    int length = reason.getBytes(UTF_8).length;
    if (length > CloseBody.LONGEST_REASON) {
      throw line.errorAt(place, "the reason has " + length + " bytes of UTF-8; write at most 123");
    }
    return new Action.Close(code, reason);
  }

  private Action fault(ScriptLine line) throws InvalidScript {
    String id = line.word();
    Fault fault = Faults.find(self, id);
    if (!(fault instanceof FrameFault frameFault) || !fault.isOf(self)) {
      throw line.error(
          "'" + ScriptLine.excerpt(id) + "' is not a fault in a frame of the " + self.id());
    }
    Template text =
        line.isAtEnd()
            ? new Template(List.of(new Part.Text(frameFault.id())))
            : TemplateReader.text(line, scope);
    return new Action.Commit(frameFault, text);
  }

  private Action set(ScriptLine line) throws InvalidScript {
    line.skipSpaces();
    int place = line.place();
    String name = TemplateReader.name(line);
    if (name.isEmpty() || name.charAt(0) <= '9' || Scope.isReserved(name)) {
      throw line.errorAt(
          place, "write a name to set, other than connection and message: set NAME TEXT");
    }
    Template key = TemplateReader.key(line, scope);
    if (line.place() < line.end() && line.peek() != ' ' && line.peek() != '\t') {
      throw line.errorAt(line.place(), "write a space between the name and its text");
    }
    scope.sets(name);
    Template value = line.isAtEnd() ? new Template(List.of()) : TemplateReader.text(line, scope);
    return new Action.Remember(name, key, value);
  }
}
