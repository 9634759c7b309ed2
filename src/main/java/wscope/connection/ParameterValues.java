package wscope.connection;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import wscope.connection.Behaviour.Close;
import wscope.connection.Behaviour.HandshakeRejection;
import wscope.connection.Behaviour.Trigger;
import wscope.connection.reply.ReadyReplies;
import wscope.connection.reply.Replies;
import wscope.connection.reply.Script;
import wscope.protocol.message.CloseBody;
import wscope.protocol.message.CloseCode;
import wscope.protocol.rule.Rule;

/** Parses the values of parameters that are not plain quantities. */
public final class ParameterValues {
  /** The longest text to send, in bytes of UTF-8. */
  static final int LONGEST_TEXT = 4096;

  /** The largest number of messages in a trigger. */
  static final long MOST_MESSAGES = 1_000_000;

  /** The largest number of bytes in a trigger or to send in a second: 1 GiB. */
  static final long MOST_BYTES = 1L << 30;

  /** The longest time to wait, except for a reply. */
  static final Duration LONGEST_TIME = Duration.ofHours(24);

  /** The largest Retry-After value, in seconds. */
  static final long LONGEST_RETRY = 86_400;

  private static final int LONGEST_LOCATION = 2048;

  private ParameterValues() {}

  /** The words for a reply. */
  static List<String> replies() {
    List<String> words = words(Behaviour.Reply.class);
    words.addAll(ReadyReplies.NAMES);
    return words;
  }

  /** Parses the receivers of each client message, or the name of a script inside wscope. */
  static Behaviour reply(Behaviour behaviour, String value) throws InvalidParameter {
    Script script = ReadyReplies.find(value.toLowerCase(Locale.ROOT));
    if (script != null) {
      return behaviour.reply(Behaviour.Reply.ECHO).replies(Replies.of(script));
    }
    return behaviour.replies(null).reply(word(Behaviour.Reply.class, value, replies()));
  }

  /** Parses one of the words of an enum, in upper or lower case. */
  static <E extends Enum<E>> E word(Class<E> type, String value) throws InvalidParameter {
    return word(type, value, words(type));
  }

  /**
   * Parses one of the words of an enum.
   *
   * @param words the words to name in an error, which begin with those of the enum
   */
  private static <E extends Enum<E>> E word(Class<E> type, String value, List<String> words)
      throws InvalidParameter {
    int index = words.indexOf(value.toLowerCase(Locale.ROOT));
    if (index < 0) {
      throw InvalidParameter.unknown(
          InvalidParameter.quoted(value) + " is not one of " + String.join(", ", words),
          value,
          words);
    }
    return type.getEnumConstants()[index];
  }

  /** The words of an enum, as its constants' {@code toString} spells them. */
  static <E extends Enum<E>> List<String> words(Class<E> type) {
    List<String> words = new ArrayList<>();
    for (E constant : type.getEnumConstants()) {
      words.add(constant.toString());
    }
    return words;
  }

  static boolean onOrOff(String value) throws InvalidParameter {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "on" -> true;
      case "off" -> false;
      default ->
          throw new InvalidParameter(InvalidParameter.quoted(value) + " is not one of on, off");
    };
  }

  static Set<Behaviour.Suppressed> suppressed(String value) throws InvalidParameter {
    Set<Behaviour.Suppressed> suppressed = EnumSet.noneOf(Behaviour.Suppressed.class);
    for (String word : split(value)) {
      suppressed.add(word(Behaviour.Suppressed.class, word));
    }
    return suppressed;
  }

  /** Parses known IDs separated by commas, in upper or lower case. */
  static List<String> faults(String value, Collection<String> ids) throws InvalidParameter {
    Set<String> faults = new LinkedHashSet<>();
    for (String word : split(value)) {
      String id = word.toLowerCase(Locale.ROOT);
      if (!ids.contains(withoutNumber(id))) {
        throw InvalidParameter.unknown("unknown fault " + InvalidParameter.quoted(word), word, ids);
      }
      faults.add(id);
    }
    return List.copyOf(faults);
  }

  /** The ID of a fault without the number of a message, as in {@code reserved-opcode@3}. */
  private static String withoutNumber(String id) throws InvalidParameter {
    int at = id.indexOf('@');
    if (at >= 0) {
      Quantities.count(id.substring(at + 1), 1, MOST_MESSAGES);
    }
    return FaultSchedule.id(id);
  }

  /** Parses a text to send. */
  static String text(String value) throws InvalidParameter {
    checkLength("the text", value, LONGEST_TEXT);
    return value;
  }

  /** Parses {@code CODE[:REASON]}. */
  public static Close close(String value) throws InvalidParameter {
    int colon = value.indexOf(':');
    String digits = colon < 0 ? value : value.substring(0, colon);
    if (!Quantities.isNumber(digits)) {
      throw new InvalidParameter(
          InvalidParameter.quoted(digits) + " is not a close code; write 1000 or 1011:bye");
    }
    int code = (int) Quantities.count(digits, 0, 65_535);
    Rule broken = CloseCode.brokenBy(code);
    if (broken != null) {
      throw InvalidParameter.breaking(
          broken,
          "a server may not send "
              + code
              + " ("
              + CloseCode.label(code)
              + "); use 1000 to 1003, 1007 to 1014 or 3000 to 4999");
    }
    String reason = colon < 0 ? "" : value.substring(colon + 1);
    checkLength("the reason", reason, CloseBody.LONGEST_REASON);
    return new Close(code, reason);
  }

  /** Parses {@code N} messages or a time. */
  static Trigger after(String value) throws InvalidParameter {
    if (Quantities.isNumber(value)) {
      return new Trigger.Messages(Quantities.count(value, 0, MOST_MESSAGES));
    }
    if (!Quantities.isTime(value)) {
      throw new InvalidParameter(
          InvalidParameter.quoted(value)
              + " is neither a number of messages (3) nor a time (500ms, 2s, 1m, 1h)");
    }
    return new Trigger.Elapsed(Quantities.duration(value, Duration.ZERO, LONGEST_TIME));
  }

  /** Parses {@code N} messages or a number of bytes with its unit. */
  static Trigger drop(String value) throws InvalidParameter {
    if (Quantities.isNumber(value)) {
      return new Trigger.Messages(Quantities.count(value, 0, MOST_MESSAGES));
    }
    if (!Quantities.isSize(value)) {
      throw new InvalidParameter(
          InvalidParameter.quoted(value)
              + " is neither a number of messages (3) nor a size with a unit (100B, 2KiB, 1MiB)");
    }
    return new Trigger.Bytes(Quantities.bytes(value, 0, MOST_BYTES));
  }

  /** Parses {@code CODE[:SECONDS]}. */
  static HandshakeRejection status(String value) throws InvalidParameter {
    int colon = value.indexOf(':');
    String digits = colon < 0 ? value : value.substring(0, colon);
    if (!Quantities.isNumber(digits)) {
      throw new InvalidParameter(
          InvalidParameter.quoted(digits)
              + " is not a status code; write 403, or 503:30 for Retry-After: 30");
    }
    int code = (int) Quantities.count(digits, 400, 599);
    Long retryAfter =
        colon < 0 ? null : Quantities.count(value.substring(colon + 1), 0, LONGEST_RETRY);
    return new HandshakeRejection.Status(code, retryAfter);
  }

  /** Parses {@code [CODE:]URL}. A URL cannot start with digits and a colon. */
  static HandshakeRejection redirect(String value) throws InvalidParameter {
    int colon = value.indexOf(':');
    boolean coded = colon > 0 && Quantities.isNumber(value.substring(0, colon));
    int code = coded ? redirectCode(value.substring(0, colon)) : 307;
    String location = coded ? value.substring(colon + 1) : value;
    checkLocation(location);
    return new HandshakeRejection.Redirect(code, location);
  }

  private static int redirectCode(String digits) throws InvalidParameter {
    return switch (digits) {
      case "301" -> 301;
      case "302" -> 302;
      case "307" -> 307;
      case "308" -> 308;
      default ->
          throw new InvalidParameter(
              InvalidParameter.quoted(digits) + " is not one of 301, 302, 307, 308");
    };
  }

  /**
   * Checks that a URL can be a header field value: only ASCII without spaces and control
   * characters.
   */
  private static void checkLocation(String location) throws InvalidParameter {
    if (location.isEmpty()) {
      throw new InvalidParameter("the redirect URL is missing");
    }
    checkLength("the URL", location, LONGEST_LOCATION);
    for (int i = 0; i < location.length(); i++) {
      char c = location.charAt(i);
      if (c <= ' ' || c >= 0x7f) {
        throw new InvalidParameter(
            "character "
                + (i + 1)
                + " of the redirect URL is not visible ASCII; write its bytes as %XX (in a query,"
                + " %25XX)");
      }
    }
  }

  private static void checkLength(String what, String text, int longest) throws InvalidParameter {
    int length = text.getBytes(StandardCharsets.UTF_8).length;
    if (length > longest) {
      throw new InvalidParameter(
          what + " has " + length + " bytes of UTF-8; the limit is " + longest);
    }
  }

  /** The words between commas, which may be empty. */
  private static List<String> split(String value) {
    List<String> words = new ArrayList<>();
    int start = 0;
    for (int comma = value.indexOf(','); comma >= 0; comma = value.indexOf(',', start)) {
      words.add(value.substring(start, comma));
      start = comma + 1;
    }
    words.add(value.substring(start));
    return words;
  }

  // Formats a value as the parser reads it; empty for none.

  static String showReply(Behaviour behaviour) {
    Replies replies = behaviour.replies();
    Script script = replies == null ? null : replies.current();
    return script == null ? behaviour.reply().toString() : script.name();
  }

  static String show(@Nullable Close close) {
    if (close == null) {
      return "";
    }
    return close.reason().isEmpty()
        ? String.valueOf(close.code())
        : close.code() + ":" + close.reason();
  }

  static String show(@Nullable Trigger trigger) {
    if (trigger instanceof Trigger.Messages messages) {
      return String.valueOf(messages.count());
    }
    if (trigger instanceof Trigger.Bytes bytes) {
      return Quantities.showBytes(bytes.count());
    }
    return trigger instanceof Trigger.Elapsed elapsed ? Quantities.show(elapsed.time()) : "";
  }

  static String showStatus(@Nullable HandshakeRejection rejection) {
    if (!(rejection instanceof HandshakeRejection.Status status)) {
      return "";
    }
    Long retryAfter = status.retryAfter();
    return retryAfter == null ? String.valueOf(status.code()) : status.code() + ":" + retryAfter;
  }

  static String showRedirect(@Nullable HandshakeRejection rejection) {
    return rejection instanceof HandshakeRejection.Redirect redirect
        ? redirect.code() + ":" + redirect.location()
        : "";
  }
}
