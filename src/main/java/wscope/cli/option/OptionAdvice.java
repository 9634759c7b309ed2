package wscope.cli.option;

import org.jspecify.annotations.Nullable;
import wscope.protocol.rule.Rule;
import wscope.report.Advice;

/** Advice that names the options which help with a problem in a report. */
public final class OptionAdvice implements Advice {
  @Override
  public String onRule(Rule rule) {
    return switch (rule) {
      case RSV1_WITHOUT_EXTENSION -> "; use decode --deflate";
      case HEAD_TOO_LARGE, MESSAGE_TOO_BIG, TOO_MANY_FRAGMENTS, TOO_MANY_HEADER_FIELDS ->
          ", or raise the limit with serve " + limit(rule);
      default -> "";
    };
  }

  @Override
  public String onSubprotocol(@Nullable String first) {
    return "; to accept it: --subprotocol " + (first == null ? "NAME" : ShellWord.of(first));
  }

  @Override
  public String onFullServer() {
    return " (--max-connections)";
  }

  /** The option of serve that sets the limit of a rule. */
  public static String limit(Rule rule) {
    return switch (rule) {
      case MESSAGE_TOO_BIG -> "--max-message";
      case TOO_MANY_FRAGMENTS -> "--max-fragments";
      case HEAD_TOO_LARGE -> "--max-head";
      case TOO_MANY_HEADER_FIELDS -> "--max-fields";
      default -> throw new IllegalArgumentException(rule.id());
    };
  }
}
