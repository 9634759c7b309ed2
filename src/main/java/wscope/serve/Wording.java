package wscope.serve;

import java.util.List;
import wscope.connection.Behaviour;

/**
 * What a server says to people beyond what is wrong: only who runs it knows how it is made to do
 * otherwise, and lays out its pages. By itself it says no more than it must.
 */
public interface Wording {
  /** The least there is to say. */
  Wording PLAIN = new Wording() {};

  /** Continues the words of a rejection with what to do about it; empty for nothing. */
  default String advice(Rejection rejection) {
    return "";
  }

  /** Why the test page cannot be told what the server sees, where queries are ignored. */
  default String ignoredQueries() {
    return "it ignores queries";
  }

  /**
   * A page of plain text that lists the parameters.
   *
   * @param defaults what holds without a query
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
   * A page of plain text that says what is wrong with a query; its status comes before it.
   *
   * @param defaults what holds without a query
   */
  default String wrongQuery(
      BehaviourParameters table, Behaviour defaults, List<ParameterProblem> problems) {
    StringBuilder page = new StringBuilder();
    problems.forEach(problem -> page.append(problem.text()).append('\n'));
    return page.toString();
  }
}
