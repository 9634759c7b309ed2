package wscope.explain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import wscope.protocol.Fault;
import wscope.protocol.Faults;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;
import wscope.protocol.rule.RuleIds;

/** Finds codes, headers, terms and rules by their numbers and names. */
final class Topics {
  private static final int LAST_CLOSE_CODE = 0xffff;

  /** The words before a number that say what it is. */
  private static final Map<String, Kind> NAMES_OF_NUMBERS =
      Map.ofEntries(
          Map.entry("close", Kind.CLOSE_CODE),
          Map.entry("close code", Kind.CLOSE_CODE),
          Map.entry("closecode", Kind.CLOSE_CODE),
          Map.entry("closed with", Kind.CLOSE_CODE),
          Map.entry("code", Kind.CLOSE_CODE),
          Map.entry("websocket", Kind.CLOSE_CODE),
          Map.entry("error", Kind.CLOSE_CODE),
          Map.entry("opcode", Kind.OPCODE),
          Map.entry("status", Kind.STATUS),
          Map.entry("status code", Kind.STATUS),
          Map.entry("http", Kind.STATUS),
          Map.entry("http status", Kind.STATUS),
          Map.entry("http 1 1", Kind.STATUS));

  private final List<Entry> entries;
  private final Map<String, List<Entry>> byName = new HashMap<>();

  /** The error codes by their names, as programs write them. */
  private final Map<String, Entry> errorCodes = new HashMap<>();

  Topics(List<Entry> all) {
    entries = all.stream().filter(entry -> entry.kind() != Kind.PROBLEM).toList();
    for (Entry entry : entries) {
      for (String name : names(entry)) {
        byName.computeIfAbsent(Words.key(name), key -> new ArrayList<>()).add(entry);
        if (entry.kind() == Kind.ERROR_CODE) {
          errorCodes.put(name, entry);
        }
      }
    }
  }

  /** The names of all topics, rules and faults, as users may type them. */
  List<String> names() {
    List<String> names = new ArrayList<>();
    entries.forEach(entry -> names.addAll(names(entry)));
    for (Rule rule : Rule.values()) {
      names.add(rule.id());
    }
    Faults.stalls().forEach(stall -> names.add(stall.id()));
    return names;
  }

  private static List<String> names(Entry entry) {
    List<String> names = new ArrayList<>(entry.aliases());
    boolean isCode = entry.kind() == Kind.CLOSE_CODE || entry.kind() == Kind.STATUS;
    if (isCode && isRange(entry)) {
      names.add(entry.name());
    } else if (isCode) {
      names.add(entry.title());
      names.add(entry.name() + " " + entry.title());
    } else if (entry.kind() != Kind.OPCODE) {
      names.add(entry.name());
    } else if (!entry.title().equals("reserved")) {
      names.add(entry.title());
    }
    return names;
  }

  /** What a text names that is nothing but a number or a name; several if it is ambiguous. */
  List<Found> named(String text) {
    Found rule = rule(text.strip());
    if (rule != null) {
      return List.of(rule);
    }
    List<String> words = Words.of(text);
    if (words.isEmpty()) {
      return List.of();
    }
    Set<Found> found = new LinkedHashSet<>();
    int last = words.size() - 1;
    int number = Words.number(words.get(last));
    Kind kind = NAMES_OF_NUMBERS.get(String.join(" ", words.subList(0, last)));
    if (number >= 0 && (last == 0 || kind != null)) {
      add(found, ofNumber(number, kind));
    }
    byName.getOrDefault(String.join(" ", words), List.of()).forEach(e -> found.add(of(e)));
    return found.isEmpty() ? header(text) : List.copyOf(found);
  }

  /** The header that a line such as {@code Sec-WebSocket-Version: 8} begins with. */
  private List<Found> header(String text) {
    int colon = text.indexOf(':');
    if (colon < 0 || text.strip().indexOf('\n') >= 0) {
      return List.of();
    }
    for (Entry entry : byName.getOrDefault(Words.key(text.substring(0, colon)), List.of())) {
      if (entry.kind() == Kind.HEADER) {
        return List.of(of(entry));
      }
    }
    return List.of();
  }

  private static @Nullable Found rule(String id) {
    Rule rule = RuleIds.find(id);
    if (rule != null) {
      return new Found.OfRule(rule);
    }
    Fault fault = Faults.find(Endpoint.SERVER, id);
    return fault == null ? null : new Found.OfStall(fault);
  }

  /**
   * What other words mention: rules, headers with several words, error codes, and numbers after a
   * word that names their kind.
   */
  List<Found> mentionedIn(String text, List<String> words, int most) {
    Set<Found> found = new LinkedHashSet<>();
    for (String word : text.split("[\\s\"'`()\\[\\]{},;]+", -1)) {
      if (found.size() < most && word.indexOf('-') > 0) {
        Found rule = rule(word);
        add(found, rule != null ? rule : headerNamed(word));
      } else if (found.size() < most) {
        add(found, errorCode(word));
      }
    }
    for (int at = 1; at < words.size() && found.size() < most; at++) {
      Kind kind = kindBefore(words, at);
      int number = Words.number(words.get(at));
      if (kind != null && isPlausible(kind, number)) {
        add(found, ofNumber(number, kind == Kind.OPCODE ? kind : null));
      }
    }
    return List.copyOf(found);
  }

  /** The terms of two or more words in other words. */
  List<Found> termsIn(List<String> words, int most) {
    String all = " " + String.join(" ", words) + " ";
    List<Found> found = new ArrayList<>();
    for (Entry entry : entries) {
      String key = Words.key(entry.name());
      boolean isTerm = entry.kind() == Kind.TERM && key.indexOf(' ') > 0;
      if (isTerm && found.size() < most && all.contains(" " + key + " ")) {
        found.add(of(entry));
      }
    }
    return found;
  }

  /** The error code that a word is, in capitals as programs write it; null if it is none. */
  private @Nullable Found errorCode(String word) {
    String name = word.endsWith(":") ? word.substring(0, word.length() - 1) : word;
    Entry entry = errorCodes.get(name);
    return entry == null ? null : of(entry);
  }

  private @Nullable Found headerNamed(String word) {
    List<Found> header = header(word.endsWith(":") ? word : word + ":");
    return header.isEmpty() ? null : header.get(0);
  }

  private static @Nullable Kind kindBefore(List<String> words, int at) {
    if (words.get(at - 1).equals("error")) {
      // Everything has numbered errors.
      return null;
    }
    for (int count = 3; count > 0; count--) {
      if (at >= count) {
        Kind kind = NAMES_OF_NUMBERS.get(String.join(" ", words.subList(at - count, at)));
        if (kind != null) {
          return kind;
        }
      }
    }
    return null;
  }

  /** Whether a number among other words is an opcode, a status or a close code. */
  private static boolean isPlausible(Kind kind, int number) {
    return kind == Kind.OPCODE
        ? number >= 0 && number <= 0xf
        : (number >= 100 && number <= 599) || (number >= 1000 && number <= 4999);
  }

  /**
   * What a number means.
   *
   * @param kind what the words before it say; null for nothing
   */
  @Nullable Found ofNumber(int number, @Nullable Kind kind) {
    if (kind == Kind.OPCODE || (kind == null && number <= 0xf)) {
      return number <= 0xf ? of(Kind.OPCODE, number) : null;
    }
    boolean isStatus = number >= 100 && number <= 599;
    if (kind == Kind.STATUS || (kind == null && isStatus)) {
      return isStatus ? of(Kind.STATUS, number) : null;
    }
    return number <= LAST_CLOSE_CODE ? of(Kind.CLOSE_CODE, number) : null;
  }

  private @Nullable Found of(Kind kind, int number) {
    Entry best = null;
    for (Entry entry : entries) {
      boolean isBetter = best == null || !isRange(entry);
      if (entry.kind() == kind && isBetter && includes(entry, number)) {
        best = entry;
      }
    }
    return best == null ? null : of(best, number);
  }

  private static boolean isRange(Entry entry) {
    return entry.name().indexOf('-') > 0;
  }

  private static boolean includes(Entry entry, int number) {
    int dash = entry.name().indexOf('-');
    if (dash < 0) {
      return Words.number(entry.name()) == number;
    }
    return number >= Words.number(entry.name().substring(0, dash))
        && number <= Words.number(entry.name().substring(dash + 1));
  }

  private Found of(Entry entry) {
    boolean isNamed =
        entry.kind() == Kind.HEADER || entry.kind() == Kind.TERM || entry.kind() == Kind.ERROR_CODE;
    if (isNamed || isRange(entry)) {
      String heading = isNamed ? entry.name() : code(entry, entry.name());
      return new Found.OfEntry(entry, heading, List.of(), List.of(), entry.causes());
    }
    return of(entry, Words.number(entry.name()));
  }

  private static Found of(Entry entry, int number) {
    boolean isClose = entry.kind() == Kind.CLOSE_CODE;
    return new Found.OfEntry(
        entry,
        code(entry, Integer.toString(number)),
        List.of(),
        isClose ? CloseFacts.of(number) : List.of(),
        entry.causes());
  }

  /** The heading of a code: its kind, its number or range, and its title. */
  private static String code(Entry entry, String number) {
    return switch (entry.kind()) {
      case CLOSE_CODE -> "close code " + number + "  " + entry.title();
      case OPCODE -> "opcode " + entry.name() + "  " + entry.title();
      default -> "HTTP status " + number + "  " + entry.title();
    };
  }

  private static void add(Set<Found> found, @Nullable Found one) {
    if (one != null) {
      found.add(one);
    }
  }
}
