package wscope.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wscope.connection.Behaviour;
import wscope.connection.BehaviourParameters;
import wscope.connection.InvalidParameter;
import wscope.connection.ParameterProblem;

class QueryBoundsTest {
  private final BehaviourParameters table = BehaviourParameters.withAllFaults();
  private final QueryBounds bounds = new QueryBounds(Behaviour.DEFAULT);

  /** One below each bound, at it, and beyond it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "true  | every=100ms                       |",
        "true  | every=99ms                        | every: a page of another origin may ask for"
            + " 100ms or more",
        "true  | ping=99ms                         | ping: a page of another origin may ask for"
            + " 100ms or more",
        "true  | fragment=16B                      |",
        "true  | fragment=15B                      | fragment: a page of another origin may ask for"
            + " 16B or more",
        "false | every=1ms&ping=1ms&fragment=4B    |",
        "false | every=1ms&message=0123456789&fragment=1B |",
        "false | every=1ms&message=0123456789a&fragment=1B | every, message and fragment together"
            + " ask for 11000 frames per second; a query may ask for at most 10000",
      })
  void limitsWhatAQueryAsksFor(boolean otherOrigin, String query, String problem)
      throws InvalidParameter {
    assertEquals(
        problem == null ? List.of() : List.of(problem), problems(bounds, query, otherOrigin));
  }

  @Test
  void limitsTheBytesPerSecond() throws InvalidParameter {
    assertEquals(List.of(), problems(bounds, "every=1ms&message=" + "x".repeat(1048), false));
    assertEquals(
        List.of(
            "every, message and fragment together ask for 1049000 bytes per second; a query may ask"
                + " for at most 1048576"),
        problems(bounds, "every=1ms&message=" + "x".repeat(1049), false));
  }

  /** The user may set on the command line what a query may not. */
  @Test
  void allowsWhatTheServerWasStartedWith() throws InvalidParameter {
    String options = "every=1ms&fragment=1B&message=" + "x".repeat(4000);
    QueryBounds own = new QueryBounds(behaviour(options));
    assertEquals(List.of(), problems(own, options, true));
  }

  private List<String> problems(QueryBounds of, String query, boolean otherOrigin)
      throws InvalidParameter {
    return of.check(behaviour(query), otherOrigin).stream().map(ParameterProblem::text).toList();
  }

  private Behaviour behaviour(String query) throws InvalidParameter {
    Behaviour behaviour = Behaviour.DEFAULT;
    for (String pair : query.split("&", -1)) {
      String[] parts = pair.split("=", -1);
      behaviour = table.parse(parts[0], parts[1], behaviour);
    }
    return behaviour;
  }
}
