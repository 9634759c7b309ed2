package wscope.serve;

import java.util.List;
import wscope.connection.Behaviour;
import wscope.connection.BehaviourParameter;
import wscope.connection.BehaviourParameters;
import wscope.connection.ParameterProblem;

/**
 * The server's texts for people that depend on its command line: advice, which names options, and
 * the layout of its pages. The defaults contain only the minimum.
 */
public interface Wording {
  /** The defaults. */
  Wording PLAIN = new Wording() {};

  /** The advice that follows the words of a rejection; empty for none. */
  default String advice(Rejection rejection) {
    return "";
  }

  /** The reason why a server that ignores queries cannot send its events to the test page. */
  default String ignoredQueries() {
    return "the server ignores queries";
  }

  /**
   * Creates a page of plain text that lists the parameters.
   *
   * @param defaults the behaviour without a query
   */
  default String listing(BehaviourParameters table, Behaviour defaults) {
    StringBuilder page = new StringBuilder();
    for (BehaviourParameter parameter : table.all()) {
      page.append(parameter.name()).append('=').append(parameter.syntax()).append(": ");
      page.append(parameter.description()).append('\n');
    }
    return page.toString();
  }

  /**
   * Creates a page of plain text that lists the problems of a query. The status precedes the page.
   *
   * @param defaults the behaviour without a query
   */
  default String invalidQuery(
      BehaviourParameters table, Behaviour defaults, List<ParameterProblem> problems) {
    StringBuilder page = new StringBuilder();
    problems.forEach(problem -> page.append(problem.text()).append('\n'));
    return page.toString();
  }
}
