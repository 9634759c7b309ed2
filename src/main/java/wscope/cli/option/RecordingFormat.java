package wscope.cli.option;

import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The format of a recording, which the name of its file chooses. */
enum RecordingFormat {
  /** All events as JSON, one object per line. */
  JSONL,
  /** The bytes of all connections in packets. */
  PCAPNG,
  /** The messages of all connections. */
  HAR;

  /** The format for a file. */
  static RecordingFormat of(Path file) {
    RecordingFormat format = named(file);
    return format == null ? JSONL : format;
  }

  /** The format that a name chooses, JSONL without a suffix; null if its suffix is unknown. */
  static @Nullable RecordingFormat named(Path file) {
    Path name = file.getFileName();
    String text = name == null ? "" : name.toString();
    int dot = text.lastIndexOf('.');
    return switch (dot < 1 ? "" : text.substring(dot).toLowerCase(Locale.ROOT)) {
      case "", ".jsonl", ".json", ".ndjson" -> JSONL;
      case ".pcapng" -> PCAPNG;
      case ".har" -> HAR;
      default -> null;
    };
  }
}
