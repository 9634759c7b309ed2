package wscope.explain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All entries of the resource files. */
final class Catalogue {
  private static final String COMMANDS = "commands.txt";
  private static final List<String> FILES =
      List.of(
          "handshake.txt",
          "frames.txt",
          "closing.txt",
          "api.txt",
          "proxies.txt",
          "errors.txt",
          "close-codes.txt",
          "opcodes.txt",
          "statuses.txt",
          "headers.txt",
          "terms.txt");

  private Catalogue() {}

  /** Reads all entries. */
  static List<Entry> read() {
    Map<String, NextCommand> shared = commands();
    List<Entry> entries = new ArrayList<>();
    for (String file : FILES) {
      entries.addAll(EntryReader.read(file, shared));
    }
    return entries;
  }

  /** The commands that several entries share: a name, a colon and the command on each line. */
  static Map<String, NextCommand> commands() {
    Map<String, NextCommand> commands = new HashMap<>();
    for (String line : EntryReader.lines(COMMANDS)) {
      int colon = line.indexOf(": ");
      if (!line.isEmpty() && !line.startsWith("#")) {
        commands.put(
            line.substring(0, colon), EntryReader.command(COMMANDS, line.substring(colon + 2)));
      }
    }
    return commands;
  }
}
