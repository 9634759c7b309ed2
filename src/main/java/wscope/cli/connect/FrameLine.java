package wscope.cli.connect;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import picocli.CommandLine.TypeConversionException;
import wscope.cli.option.LengthFormConverter;
import wscope.cli.option.NearestWord;
import wscope.cli.option.OpcodeConverter;
import wscope.cli.option.RsvConverter;
import wscope.cli.prompt.InvalidCommand;
import wscope.cli.prompt.PromptArguments;
import wscope.cli.prompt.PromptValues;
import wscope.protocol.frame.FrameSerializer;
import wscope.protocol.frame.Opcode;
import wscope.protocol.message.Framing;
import wscope.protocol.message.OutgoingMessage;
import wscope.protocol.rule.Endpoint;
import wscope.report.text.Screen;

/** Reads a frame from the fields that a user types, such as {@code opcode=ping fin=0 hello}. */
final class FrameLine {
  static final List<String> FIELDS = List.of("opcode", "fin", "rsv", "mask", "len", "hex");

  private static final int KEY_DIGITS = 8;

  private Opcode opcode = Opcode.TEXT;
  private Framing framing = Framing.of(Endpoint.CLIENT);
  private ByteBuffer payload = ByteBuffer.allocate(0);

  private FrameLine() {}

  /**
   * Reads a frame.
   *
   * @param replies the screen for a note about the spelling of bytes
   */
  static OutgoingMessage read(PromptArguments typed, Screen replies) throws InvalidCommand {
    FrameLine line = new FrameLine();
    while (!typed.isAtEnd()) {
      PromptArguments before = typed.copy();
      String word = typed.word();
      int equals = word.indexOf('=');
      if (equals < 0) {
        if (line.payload.hasRemaining()) {
          throw new InvalidCommand("'" + word + "' follows hex; give the payload only once");
        }
        line.payload = ByteBuffer.wrap(before.remainder().getBytes(UTF_8));
        break;
      }
      line.set(word.substring(0, equals), word.substring(equals + 1), replies);
    }
    OutgoingMessage frame = new OutgoingMessage(line.opcode, line.payload, line.framing);
    if (!frame.fits()) {
      throw new InvalidCommand("the length does not fit; write len=16 or len=64");
    }
    return frame;
  }

  /** Writes the frame as bytes, which nothing changes or checks. */
  static void write(OutgoingMessage frame, IntSupplier maskingKeys, Consumer<ByteBuffer> out) {
    frame.writeTo(new FrameSerializer(out), maskingKeys);
  }

  private void set(String name, String value, Screen replies) throws InvalidCommand {
    try {
      switch (name.toLowerCase(Locale.ROOT)) {
        case "opcode" -> opcode = new OpcodeConverter().convert(value);
        case "fin" -> framing = framing.fin(bit(name, value));
        case "rsv" -> framing = framing.rsv(new RsvConverter().convert(value));
        case "len" -> framing = framing.lengthForm(new LengthFormConverter().convert(value));
        case "mask" -> mask(value);
        case "hex" -> payload = PromptValues.bytes(value, "/frame opcode=2 hex=", replies).joined();
        default ->
            throw new InvalidCommand(
                "unknown field '" + name + "'" + NearestWord.advice(name, FIELDS));
      }
    } catch (TypeConversionException e) {
      throw new InvalidCommand(name + ": " + e.getMessage());
    }
  }

  private static boolean bit(String name, String value) throws InvalidCommand {
    return switch (value) {
      case "0" -> false;
      case "1" -> true;
      default -> throw new InvalidCommand(name + " is 0 or 1, not '" + value + "'");
    };
  }

  private void mask(String value) throws InvalidCommand {
    if (value.length() == KEY_DIGITS && value.chars().allMatch(c -> Character.digit(c, 16) >= 0)) {
      framing = framing.masked(true).maskingKey(Integer.parseUnsignedInt(value, 16));
    } else if (value.equals("0") || value.equals("1")) {
      framing = framing.masked(value.equals("1"));
    } else {
      throw new InvalidCommand("mask is 0, 1 or a key of 8 hex digits, not '" + value + "'");
    }
  }
}
