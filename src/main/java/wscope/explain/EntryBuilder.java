package wscope.explain;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.rule.Rule;

/** An entry while it is read. */
final class EntryBuilder {
  final Kind kind;
  final String name;
  final List<String> aliases = new ArrayList<>();
  final List<ErrorText> texts = new ArrayList<>();
  final List<String> causes = new ArrayList<>();
  final List<NextCommand> next = new ArrayList<>();
  String meaning = "";
  String side = "";
  @Nullable Rule rule;

  private final String title;

  /**
   * Begins an entry.
   *
   * @param name the name; of a code, its number and, after a space, its title
   */
  EntryBuilder(Kind kind, String name) {
    this.kind = kind;
    boolean isNumber = kind == Kind.CLOSE_CODE || kind == Kind.OPCODE || kind == Kind.STATUS;
    int space = isNumber ? name.indexOf(' ') : -1;
    this.name = space < 0 ? name : name.substring(0, space);
    title = space < 0 ? "" : name.substring(space + 1);
  }

  Entry build() {
    return new Entry(
        kind,
        name,
        title,
        List.copyOf(aliases),
        List.copyOf(texts),
        meaning,
        side,
        List.copyOf(causes),
        List.copyOf(next),
        rule);
  }
}
