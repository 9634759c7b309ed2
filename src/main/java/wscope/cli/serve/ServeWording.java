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

/** What {@code wscope serve} says to people: which of its options help. */
public final class ServeWording implements Wording {
  @Override
  public String advice(Rejection rejection) {
    return switch (rejection.reason()) {
      case HOST_MALFORMED -> "; if it has another name, add --host-name NAME";
      case HOST_UNKNOWN ->
          "; if it is this server's, add --host-name " + ShellWord.of(rejection.subject());
      case ORIGIN_REPEATED -> "";
      case ORIGIN_MALFORMED -> "; to accept whatever it says, add --origin '*'";
      case ORIGIN_UNKNOWN -> "; to accept them, add --origin " + ShellWord.of(rejection.subject());
      case UNAUTHORIZED -> "; send the user and password that --auth names";
      case PATH_UNKNOWN -> ", or add --path";
      case QUERY_WRONG -> "; to have queries left alone: --ignore-query";
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

  /** What is wrong with a parameter, and what is meant instead, or how to get it all the same. */
  public static String words(ParameterProblem problem) {
    Rule broken = problem.broken();
    return broken == null
        ? problem.text() + NearestWord.advice(problem.typed(), problem.known())
        : problem.text() + "; to break this rule: fault=" + broken.id() + ", or --fault of serve";
  }
}
