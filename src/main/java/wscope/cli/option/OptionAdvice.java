package wscope.cli.option;

import org.jspecify.annotations.Nullable;
import wscope.protocol.frame.FrameRules;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;
import wscope.protocol.rule.Violation;
import wscope.report.Advice;

/** Advice that names the options which help with a problem in a report. */
public final class OptionAdvice implements Advice {
  private final String command;

  /** Creates the advice of a command that is neither a server nor a client. */
  public OptionAdvice() {
    this(Endpoint.SERVER);
  }

  /**
   * Creates advice.
   *
   * @param self the endpoint that the command plays; null for a proxy between both
   */
  public OptionAdvice(@Nullable Endpoint self) {
    command = self == null ? "proxy" : self == Endpoint.SERVER ? "serve" : "connect";
  }

  @Override
  public String onViolation(Violation violation) {
    // What is known not to be compressed does not inflate either.
    boolean helps =
        violation.rule() != Rule.RSV1_WITHOUT_EXTENSION
            || violation.found().equals(FrameRules.RSV1_SET);
    return helps ? onRule(violation.rule()) : "";
  }

  /** Continues the hint of a rule. */
  public String onRule(Rule rule) {
    return switch (rule) {
      case RSV1_WITHOUT_EXTENSION -> "; try decode --deflate";
      case HEAD_TOO_LARGE, MESSAGE_TOO_BIG, TOO_MANY_FRAGMENTS, TOO_MANY_HEADER_FIELDS ->
          ", or raise the limit with " + command + " " + limit(rule);
      default -> "";
    };
  }

  @Override
  public String onFault(String id) {
    return " (--fault " + id + ")";
  }

  @Override
  public String onSubprotocol(@Nullable String first) {
    return "; to accept it: --subprotocol " + (first == null ? "NAME" : ShellWord.of(first));
  }

  @Override
  public String onRejection(int status) {
    if (command.equals("proxy")) {
      return "";
    }
    return switch (status) {
      case 401 -> "; send credentials with --auth";
      case 403 -> "; try another one with --origin";
      default -> "";
    };
  }

  @Override
  public String onFullServer() {
    return " (--max-connections)";
  }

  /** The option of serve and connect that sets the limit of a rule. */
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
