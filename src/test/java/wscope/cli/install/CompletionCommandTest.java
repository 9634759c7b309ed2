package wscope.cli.install;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wscope.cli.Run;

class CompletionCommandTest {
  @ParameterizedTest
  @CsvSource({"bash, wscope.bash", "zsh, _wscope", "fish, wscope.fish"})
  void printsTheScript(String shell, String file) throws IOException {
    String script = Files.readString(Path.of("completions", file));
    assertEquals(new Run(0, script, ""), Run.of("completion", shell));
  }

  @Test
  void reportsWrongUsage() {
    assertEquals(Run.misused("wscope completion", "SHELL is missing"), Run.of("completion"));
    assertEquals(
        Run.misused(
            "wscope completion", "SHELL: 'csh' is not one of bash, zsh, fish; did you mean zsh?"),
        Run.of("completion", "csh"));
  }
}
