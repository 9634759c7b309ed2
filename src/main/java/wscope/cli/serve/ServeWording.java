package wscope.cli.serve;

import java.util.List;
import wscope.cli.option.NearestWord;
import wscope.cli.option.ShellWord;
import wscope.connection.Behaviour;
import wscope.connection.BehaviourParameters;
import wscope.connection.ParameterProblem;
import wscope.protocol.rule.Rule;
import wscope.serve.Rejection;
import wscope.serve.Wording;

/** The texts of {@code wscope serve} for people, which name its options. */
public final class ServeWording implements Wording {
  @Override
  public String advice(Rejection rejection) {
    return switch (rejection.reason()) {
      case HOST_MALFORMED -> "; if this server has another name, add --host-name NAME";
      case HOST_UNKNOWN ->
          "; if this server has that name, add --host-name " + ShellWord.of(rejection.subject());
      case ORIGIN_REPEATED -> "";
      case ORIGIN_MALFORMED -> "; to accept any origin, add --origin '*'";
      case ORIGIN_UNKNOWN ->
          "; to allow these pages, add --origin " + ShellWord.of(rejection.subject());
      case WATCHER_ELSEWHERE -> "; open it there at localhost";
      case UNAUTHORIZED -> "; send the user and password given with --auth";
      case PATH_UNKNOWN -> ", or add --path";
      case QUERY_INVALID -> "; to ignore queries, add --ignore-query";
    };
  }

  @Override
  public String ignoredQueries() {
    return "the server was started with --ignore-query";
  }

  @Override
  public String listing(BehaviourParameters table, Behaviour defaults) {
    return new ParameterPages(table, defaults).listing();
  }

  @Override
  public String invalidQuery(
      BehaviourParameters table, Behaviour defaults, List<ParameterProblem> problems) {
    return new ParameterPages(table, defaults).invalidQuery(problems);
  }

  /**
   * Describes the problem, with the nearest known word or the fault that breaks the rule on
   * purpose.
   */
  public static String words(ParameterProblem problem) {
    Rule broken = problem.broken();
    if (broken == null) {
      return problem.text() + NearestWord.advice(problem.typed(), problem.known());
    }
    String fault = broken.id();
    return problem.text()
        + "; to break this rule on purpose, use fault="
        + fault
        + " or serve --fault "
        + fault;
  }
}
