package wscope.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wscope.explain.Explainer;
import wscope.explain.Found;

/**
 * {@code explain} knows the error texts that real clients write. The table has a row for each text,
 * with these columns:
 *
 * <ol>
 *   <li>the client
 *   <li>the query with which the client asks the server for a fault, or a word for what the client
 *       itself does
 *   <li>the problem that {@code explain} must find first
 * </ol>
 */
@Tag("interop")
class ErrorTextsIT {
  private static final Path TABLE = ClientProcess.SCRIPTS.resolve("error-texts.txt");
  private static final String SEPARATOR = " | ";

  @TempDir private Path cache;

  @ParameterizedTest
  @ValueSource(strings = {"ws-errors.mjs", "chromium-errors.mjs", "websockets-errors.py"})
  void theTextsOfARealClientAreExplained(String script) throws Exception {
    String client = script.replaceFirst("-.*", "");
    List<String> rows =
        Files.readAllLines(TABLE).stream().filter(row -> row.startsWith(client + " ")).toList();
    List<String> arguments = new ArrayList<>();
    try (InteropServer server = new InteropServer(cache, "--subprotocol=chat")) {
      arguments.add(server.url().toString());
      rows.forEach(row -> arguments.add(row.split(" \\| ", -1)[1]));
      String output =
          ClientProcess.run(null, ClientProcess.script(script, arguments.toArray(String[]::new)));
      assertEquals(String.join("\n", rows), explained(client, output));
    }
  }

  /** The rows that follow from the output of a client. */
  private static String explained(String client, String output) {
    Explainer explainer = new Explainer();
    List<String> rows = new ArrayList<>();
    for (String line : output.lines().toList()) {
      int end = line.indexOf(SEPARATOR);
      String text = line.substring(end + SEPARATOR.length());
      List<Found> found = explainer.explain(text);
      String problem =
          !found.isEmpty() && found.get(0) instanceof Found.OfEntry entry
              ? entry.entry().name()
              : "unknown: " + text;
      rows.add(String.join(SEPARATOR, client, line.substring(0, end), problem));
    }
    return String.join("\n", rows);
  }
}
