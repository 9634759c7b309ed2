package wscope.capture;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the outcomes of an earlier check, from its JSON. */
public final class CheckedOutcomes {
  private CheckedOutcomes() {}

  /**
   * The outcomes by the names of the cases.
   *
   * @throws InvalidRecording if a line is invalid, or if no line has an outcome
   */
  public static Map<String, String> read(String text) throws InvalidRecording {
    Map<String, String> outcomes = new LinkedHashMap<>();
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      byte[] json = lines.get(i).getBytes(StandardCharsets.UTF_8);
      RecordedLine line = RecordedLine.of(i + 1, json, json.length);
      if (line.text("type").equals("case")) {
        outcomes.put(line.text("id"), line.text("outcome"));
      }
    }
    if (outcomes.isEmpty()) {
      throw new InvalidRecording(lines.size(), "no line is the result of a case");
    }
    return outcomes;
  }
}
