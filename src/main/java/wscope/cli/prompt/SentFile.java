package wscope.cli.prompt;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import picocli.CommandLine.TypeConversionException;
import wscope.cli.option.FileConverter;
import wscope.cli.process.IoMessages;
import wscope.protocol.frame.Opcode;
import wscope.protocol.message.Utf8;

/** A file whose content is sent as one message. */
public final class SentFile {
  private SentFile() {}

  /**
   * Reads a file. A pipe or a device is not read, because it may block the event loop or never end.
   *
   * @param longest the length of the longest file, in bytes
   * @throws InvalidCommand if the file cannot be sent
   */
  static ByteBuffer read(String name, long longest) throws InvalidCommand {
    try {
      Path file = new FileConverter().convert(name);
      if (Files.exists(file) && !Files.isRegularFile(file)) {
        throw new InvalidCommand(file + " is not a regular file");
      }
      long size = Files.size(file);
      if (size > longest) {
        throw new InvalidCommand(
            file + " has " + size + " bytes; a file to send has at most " + longest);
      }
      return ByteBuffer.wrap(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      throw new InvalidCommand("the file " + name + " does not exist");
    } catch (IOException e) {
      throw new InvalidCommand("cannot read the file " + name + ": " + IoMessages.reason(e));
    } catch (TypeConversionException e) {
      throw new InvalidCommand(String.valueOf(e.getMessage()));
    }
  }

  /** The type of the message for a content: text if it is UTF-8, otherwise binary. */
  public static Opcode type(ByteBuffer content) {
    Utf8 utf8 = new Utf8();
    boolean isText = utf8.check(content.duplicate()) < 0 && utf8.isComplete();
    return isText ? Opcode.TEXT : Opcode.BINARY;
  }
}
