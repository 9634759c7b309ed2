package wscope.report.text;

import org.jspecify.annotations.Nullable;
import wscope.protocol.DeflateNeed;
import wscope.protocol.Fault;
import wscope.protocol.Faults;
import wscope.protocol.HandshakeFault;
import wscope.protocol.message.CloseCode;
import wscope.protocol.rule.Rule;

/** What is to be said about a rule beyond its row in the table, in words. */
public final class RuleWords {
  private RuleWords() {}

  /** What an endpoint does that finds it broken. */
  public static String answer(Rule rule) {
    return action(rule) + (rule.readsOn() ? "" : "; nothing behind it can be read");
  }

  private static String action(Rule rule) {
    if (!rule.isError()) {
      return "none, it is tolerated";
    }
    if (rule.answersWithHttp()) {
      return "a server refuses the handshake with HTTP status " + rule.answer();
    }
    return rule.isOfHandshake()
        ? "a client ends the connection"
        : "the connection is closed with " + rule.answer() + " " + CloseCode.label(rule.answer());
  }

  /** Why {@code wscope serve} cannot break it, or when only it can; null if it always can. */
  public static @Nullable String byServer(Rule rule) {
    Fault fault = Faults.find(rule.id());
    String obstacle = Faults.obstacle(rule);
    if (obstacle != null) {
      return "serve does not break it: " + obstacle;
    }
    if (fault instanceof HandshakeFault handshake && handshake.condition() != null) {
      return "serve breaks it only if " + handshake.condition();
    }
    DeflateNeed need = fault == null ? DeflateNeed.NONE : fault.deflate();
    return switch (need) {
      case NONE -> null;
      case ABSENT -> "serve then declines permessage-deflate";
      case AGREED, TAKEOVER, NO_TAKEOVER ->
          "serve breaks it only if the client offers permessage-deflate";
    };
  }

  /** Which limit a rule without an example is about. */
  public static String limit(Rule rule) {
    return "the limit of wscope serve is set by "
        + switch (rule) {
          case MESSAGE_TOO_BIG -> "--max-message";
          case TOO_MANY_FRAGMENTS -> "--max-fragments";
          case HEAD_TOO_LARGE -> "--max-head";
          case TOO_MANY_HEADER_FIELDS -> "--max-fields";
          default -> throw new IllegalArgumentException(rule.id());
        };
  }
}
