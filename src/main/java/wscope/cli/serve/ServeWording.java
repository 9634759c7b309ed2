package wscope.cli.serve;

import java.util.List;
import wscope.cli.option.NearestWord;
import wscope.cli.option.ShellWord;
import wscope.connection.Behaviour;
import wscope.protocol.rule.Rule;
import wscope.serve.BehaviourParameters;
import wscope.serve.ParameterProblem;
import wscope.serve.Rejection;
import wscope.serve.Wording;

/** The words of {@code wscope serve}: which of its options help. */
public final class ServeWording implements Wording {
  @Override
  public String advice(Rejection rejection) {
    return switch (rejection.reason()) {
      case HOST_MALFORMED -> "; if it has another name, add --host-name NAME";
      case HOST_UNKNOWN ->
          "; if it is this server's, add --host-name " + ShellWord.of(rejection.subject());
      case ORIGIN_REPEATED -> "";
      case ORIGIN_MALFORMED -> "; to accept any origin, add --origin '*'";
      case ORIGIN_UNKNOWN -> "; to accept them, add --origin " + ShellWord.of(rejection.subject());
      case UNAUTHORIZED -> "; send the user and password of --auth";
      case PATH_UNKNOWN -> ", or add --path";
      case QUERY_WRONG -> "; to ignore queries, add --ignore-query";
    };
  }

  @Override
  public String ignoredQueries() {
    return "it was started with --ignore-query";
  }

  @Override
  public String listing(BehaviourParameters table, Behaviour defaults) {
    return new ParameterPages(table, defaults).listing();
  }

  @Override
  public String wrongQuery(
      BehaviourParameters table, Behaviour defaults, List<ParameterProblem> problems) {
    return new ParameterPages(table, defaults).wrongQuery(problems);
  }

  /** What is wrong with a parameter, and what to write instead, or how to break the rule. */
  public static String words(ParameterProblem problem) {
    Rule broken = problem.broken();
    return broken == null
        ? problem.text() + NearestWord.advice(problem.typed(), problem.known())
        : problem.text() + "; to break this rule: fault=" + broken.id() + ", or --fault of serve";
  }
}
