package wscope.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import wscope.protocol.rule.Rule;
import wscope.protocol.rule.RuleIds;
import wscope.resource.Resource;

/**
 * Reads a resource file of entries. An empty line separates entries; a line that begins with two
 * spaces continues the line before it; # begins a remark. Each other line is a key, a colon and a
 * value. The first key of an entry is its {@link Kind}; the others are:
 *
 * <ul>
 *   <li>{@code text PRODUCT, PRODUCT} or {@code general PRODUCT}: an error text of a problem
 *   <li>{@code also}: another name
 *   <li>{@code means}, {@code side}, {@code rule}: one each
 *   <li>{@code cause}: one for each cause, in order
 *   <li>{@code more}: one for each command: {@code COMMAND # WHY}, or {@code @NAME} of a command
 *       that several entries share
 * </ul>
 *
 * <p>Anything else is an error.
 */
final class EntryReader {
  private static final String SEPARATOR = ": ";

  private final String file;
  private final Map<String, NextCommand> shared;
  private final List<Entry> entries = new ArrayList<>();
  private @Nullable EntryBuilder current;
  private int number;

  private EntryReader(String file, Map<String, NextCommand> shared) {
    this.file = file;
    this.shared = shared;
  }

  /**
   * Reads the entries of a file.
   *
   * @param shared the commands that several entries share, by name
   * @throws IllegalStateException if a line is invalid
   */
  static List<Entry> read(String file, Map<String, NextCommand> shared) {
    EntryReader reader = new EntryReader(file, shared);
    reader.read(lines(file));
    return reader.entries;
  }

  /** Reads the entries of lines, with the name of their file for errors. */
  static List<Entry> read(String file, List<String> lines, Map<String, NextCommand> shared) {
    EntryReader reader = new EntryReader(file, shared);
    reader.read(lines);
    return reader.entries;
  }

  /** The lines of a resource file of this package. */
  static List<String> lines(String file) {
    return Resource.text(EntryReader.class, file).lines().toList();
  }

  private void read(List<String> lines) {
    StringBuilder line = new StringBuilder();
    for (String next : lines) {
      if (next.startsWith("  ") && line.length() > 0) {
        line.append(' ').append(next.strip());
      } else {
        take(line.toString());
        line.setLength(0);
        line.append(next);
      }
      number++;
    }
    take(line.toString());
    take("");
  }

  private void take(String line) {
    if (line.isEmpty()) {
      if (current != null) {
        entries.add(checked(current));
      }
      current = null;
    } else if (!line.startsWith("#")) {
      int colon = line.indexOf(SEPARATOR);
      if (colon < 0 || line.endsWith(" ")) {
        throw invalid("not a key and a value");
      }
      put(line.substring(0, colon), line.substring(colon + SEPARATOR.length()));
    }
  }

  private void put(String key, String value) {
    EntryBuilder entry = current;
    if (entry == null) {
      current = new EntryBuilder(kind(key), value);
      return;
    }
    int space = key.indexOf(' ');
    switch (space < 0 ? key : key.substring(0, space)) {
      case "text", "general" -> entry.texts.add(text(key, space, value));
      case "also" -> entry.aliases.add(value);
      case "means" -> entry.meaning = once(entry.meaning, value);
      case "side" -> entry.side = once(entry.side, value);
      case "rule" -> entry.rule = rule(value);
      case "cause" -> entry.causes.add(value);
      case "more" -> entry.next.add(command(value));
      default -> throw invalid("unknown key " + key);
    }
  }

  private Kind kind(String key) {
    for (Kind kind : Kind.values()) {
      if (kind.key().equals(key)) {
        return kind;
      }
    }
    throw invalid("an entry cannot begin with " + key);
  }

  private ErrorText text(String key, int space, String value) {
    if (space < 0) {
      throw invalid("a text without a product");
    }
    try {
      List<String> products = List.of(key.substring(space + 1).split(", ", -1));
      return new ErrorText(products, value, key.startsWith("general"), TextPattern.of(value));
    } catch (IllegalArgumentException e) {
      throw invalid(String.valueOf(e.getMessage()));
    }
  }

  private String once(String before, String value) {
    if (!before.isEmpty()) {
      throw invalid("a key is repeated");
    }
    return value;
  }

  private Rule rule(String id) {
    Rule rule = RuleIds.find(id);
    if (rule == null) {
      throw invalid("unknown rule " + id);
    }
    return rule;
  }

  private NextCommand command(String value) {
    if (value.startsWith("@")) {
      NextCommand command = shared.get(value.substring(1));
      if (command == null) {
        throw invalid("unknown command " + value);
      }
      return command;
    }
    return command(file, value);
  }

  /** Reads a command and, after {@code #}, what it shows. */
  static NextCommand command(String file, String value) {
    int hash = value.indexOf(" # ");
    if (hash < 0 || !value.startsWith("wscope ")) {
      throw new IllegalStateException(file + ": not a command and a reason: " + value);
    }
    return new NextCommand(value.substring(0, hash), value.substring(hash + 3));
  }

  private Entry checked(EntryBuilder entry) {
    boolean isProblem = entry.kind == Kind.PROBLEM;
    boolean isTerm = entry.kind == Kind.TERM;
    boolean isCode =
        entry.kind == Kind.CLOSE_CODE || entry.kind == Kind.STATUS || entry.kind == Kind.ERROR_CODE;
    if (entry.meaning.isEmpty()
        || entry.next.isEmpty()
        || entry.side.isEmpty() != isTerm
        || entry.texts.isEmpty() == isProblem
        || (entry.causes.isEmpty() && (isProblem || isCode))) {
      throw invalid("an incomplete entry: " + entry.name);
    }
    return entry.build();
  }

  private IllegalStateException invalid(String what) {
    return new IllegalStateException(file + ":" + number + ": " + what);
  }
}
