package wscope.cli.prompt;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.TypeConversionException;
import wscope.cli.option.Choices;
import wscope.cli.option.NearestWord;
import wscope.connection.Behaviour;
import wscope.input.spelling.InvalidSpelling;
import wscope.input.spelling.Spelling;
import wscope.protocol.Fault;
import wscope.protocol.Faults;
import wscope.protocol.FrameFault;
import wscope.protocol.frame.FrameRules;
import wscope.protocol.message.CloseBody;
import wscope.protocol.message.CloseCode;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;
import wscope.protocol.rule.RuleIds;
import wscope.report.text.Screen;

/** Reads the arguments that the commands of several prompts have in common. */
public final class PromptValues {
  private static final int NORMAL_CLOSURE = 1000;

  private PromptValues() {}

  /**
   * Reads a close code and a reason, both optional.
   *
   * @param fault the command that breaks a rule on purpose
   */
  public static Behaviour.Close close(PromptArguments typed, String fault) throws InvalidCommand {
    int code = typed.isAtEnd() ? NORMAL_CLOSURE : code(typed.word(), fault);
    String reason = typed.rest();
    int length = reason.getBytes(UTF_8).length;
    if (length > CloseBody.LONGEST_REASON) {
      throw new InvalidCommand(
          "a reason has at most "
              + CloseBody.LONGEST_REASON
              + " bytes of UTF-8; this reason has "
              + length);
    }
    return new Behaviour.Close(code, reason);
  }

  private static int code(String word, String fault) throws InvalidCommand {
    int code;
    try {
      code = Integer.parseInt(word);
    } catch (NumberFormatException e) {
      throw new InvalidCommand("'" + word + "' is not a close code; write a number such as 1000");
    }
    Rule broken = CloseCode.brokenBy(code);
    if (broken != null) {
      throw new InvalidCommand(
          code
              + " ("
              + CloseCode.label(code)
              + ") must not be sent; to break this rule: "
              + fault
              + " "
              + broken.id());
    }
    return code;
  }

  /**
   * Reads bytes in any spelling.
   *
   * @param command the command, for an example
   * @param replies the screen for a note about the spelling
   */
  public static PastedBytes bytes(String text, String command, Screen replies)
      throws InvalidCommand {
    try {
      PastedBytes bytes = PastedBytes.of(text, null);
      if (bytes.pieces().isEmpty()) {
        throw new InvalidCommand("no bytes to send; try: " + command + " 81 05 48 65 6c 6c 6f");
      }
      Spelling other = bytes.guess().other();
      if (other != null) {
        replies.text("note: read as ").text(bytes.guess().spelling().toString());
        replies.text("; it could be ").text(other.toString()).text(" as well").endLine();
      }
      return bytes;
    } catch (InvalidSpelling e) {
      throw new InvalidCommand(e.getMessage());
    }
  }

  /** Finds a fault that can be committed in a frame. */
  static FrameFault frameFault(Endpoint self, String id) throws InvalidCommand {
    Fault fault = Faults.find(self, id);
    if (fault instanceof FrameFault frameFault) {
      return frameFault;
    }
    if (fault != null) {
      boolean server = self == Endpoint.SERVER;
      throw new InvalidCommand(
          fault.id()
              + " applies only to the "
              + (server ? "response" : "request")
              + " of the handshake: "
              + (server ? "connect with ?fault=" : "start wscope connect with --fault ")
              + fault.id());
    }
    Rule rule = RuleIds.find(id);
    if (rule != null) {
      throw new InvalidCommand(
          "no "
              + self.id()
              + " can break "
              + rule.id()
              + ", because "
              + Faults.obstacle(self, rule));
    }
    List<String> known = Faults.of(self).stream().map(Fault::id).toList();
    throw new InvalidCommand("unknown fault '" + id + "'" + NearestWord.advice(id, known));
  }

  /** Reads on or off. */
  public static boolean isOn(PromptArguments typed) throws InvalidCommand {
    String word = typed.word();
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "on" -> true;
      case "off" -> false;
      default -> throw new InvalidCommand("'" + word + "' is not on or off");
    };
  }

  /** Reads one of a few words. */
  public static <E extends Enum<E>> E choice(Class<E> type, PromptArguments typed)
      throws InvalidCommand {
    try {
      return Choices.read(type, typed.next());
    } catch (TypeConversionException e) {
      throw new InvalidCommand(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Reads the number of a connection, written as 7 or #7.
   *
   * @return the number; negative if the word is not a number, or too large
   */
  public static long id(String word) {
    String digits = word.startsWith("#") ? word.substring(1) : word;
    try {
      return isNumber(digits) ? Long.parseLong(digits) : -1;
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /** Whether a word consists of digits. */
  public static boolean isNumber(String word) {
    return !word.isEmpty() && word.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /**
   * The payload of a ping or pong (RFC 6455 §5.5).
   *
   * @param fault the command that breaks a rule on purpose
   */
  static ByteBuffer controlPayload(String text, String fault) throws InvalidCommand {
    ByteBuffer payload = ByteBuffer.wrap(text.getBytes(UTF_8));
    if (payload.remaining() > FrameRules.LONGEST_CONTROL_PAYLOAD) {
      throw new InvalidCommand(
          "the payload of a ping or pong has at most "
              + FrameRules.LONGEST_CONTROL_PAYLOAD
              + " bytes of UTF-8; this text has "
              + payload.remaining()
              + "; to break this rule: "
              + fault
              + " "
              + Rule.CONTROL_FRAME_TOO_LONG.id());
    }
    return payload;
  }
}
