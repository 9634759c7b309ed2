package wscope.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompletionCommandTest {
  @ParameterizedTest
  @CsvSource({"bash, wscope.bash", "zsh, _wscope", "fish, wscope.fish"})
  void printsTheScript(String shell, String file) throws IOException {
    String script = Files.readString(Path.of("completions", file));
    assertEquals(new Run(0, script, ""), Run.of("completion", shell));
  }

  @Test
  void wrongUsage() {
    assertEquals(
        new Run(
            2,
            "",
            """
            wscope completion: Missing required parameter: 'SHELL'
            see: wscope completion --help
            """),
        Run.of("completion"));
    assertEquals(
        new Run(
            2,
            "",
            """
            wscope completion: Invalid value for positional parameter at index 0 (SHELL): expected\
             one of [bash, zsh, fish] but was 'csh'
            see: wscope completion --help
            """),
        Run.of("completion", "csh"));
  }
}
