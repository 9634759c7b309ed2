package wscope.bench.process;

import java.util.List;
import java.util.Map;
import me.normanmaurer.maven.autobahntestsuite.AutobahnTestSuite;

/** A run of Autobahn's client against an echo server. */
public final class AutobahnClient {
  private AutobahnClient() {}

  /**
   * Runs the cases, and prints how many there were.
   *
   * @param args the URL of the server, and the cases, such as {@code 1.*}
   */
  public static void main(String[] args) throws Exception {
    List<String> cases = List.of(args).subList(1, args.length);
    int results =
        AutobahnTestSuite.runFuzzingClient("server", args[0], Map.of(), cases, List.of()).size();
    System.out.println(results + " cases");
    // Threads of Jython would go on.
    System.exit(0);
  }
}
