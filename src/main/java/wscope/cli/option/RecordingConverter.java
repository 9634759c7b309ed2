package wscope.cli.option;

import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the name of the file of a recording, whose suffix must name a format. */
final class RecordingConverter implements ITypeConverter<Path> {
  private final FileConverter files = new FileConverter();

  @Override
  public Path convert(String name) {
    Path file = files.convert(name);
    if (RecordingFormat.named(file) == null) {
      throw new TypeConversionException(
          "'" + name + "' has an unknown suffix; use .jsonl, .pcapng or .har");
    }
    return file;
  }
}
