package wscope.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The completion scripts work in real shells, and mandoc accepts the manual pages. */
@Tag("interop")
@Timeout(60)
class ShellCompletionIT {
  /** A command line, the completions of its last word, and a word that must not be among them. */
  private static final String LINES =
      """
      wscope dec; decode; encode
      wscope com; completion; decode
      wscope decode --from :; hex decimal bits escaped base64 dump raw; pom.xml
      wscope decode --ex; --explain; --file
      wscope decode --file po; pom.xml; raw
      wscope serve --fault rsv1; rsv1-without-extension rsv1-on-continuation\
       rsv1-on-control-frame; reserved-opcode
      wscope serve --tls-cert po; pom.xml; raw
      wscope encode --close 100; 1000 1001 1002 1003 1007 1008 1009; 1005
      wscope encode close :; 1000 1001 1002 1003 1007 1008 1009 1010 1011 1012 1013 1014; text
      wscope encode text 1; ; 1000
      wscope encode --mask co; continuation; close
      wscope encode --mask-key 12 co; continuation; close
      wscope encode --format p; python; pom.xml
      wscope serve --close 101; 1010 1011 1012 1013 1014; 1000
      wscope serve --fault server-frame-masked,frame-; server-frame-masked,frame-unfinished;\
       message-unfinished
      wscope serve --silent pong,c; pong,close; on
      wscope serve -d f; frames; messages
      wscope explain message-unfinished message-i; message-interrupted; message-too-big
      wscope rules --color a; auto always; never
      wscope explain Sec-WebSocket-A; Sec-WebSocket-Accept; Sec-WebSocket-Key
      wscope encode --break close-c; close-code-out-of-range close-code-never-sent\
       close-code-reserved close-code-only-for-clients close-code-unassigned; close-reason-not-utf8
      wscope explain message-u; message-unfinished; message-too-big
      wscope help comp; completion; decode
      wscope completion z; zsh; fish
      """;

  private record Expected(String line, List<String> words, String other) {}

  @Test
  void completesInBash() throws Exception {
    for (Expected expected : expected()) {
      List<String> command =
          Stream.concat(
                  Stream.of("bash", "--norc", "src/test/interop/complete.bash"),
                  Stream.concat(
                      Stream.of("completions/wscope.bash"),
                      Arrays.stream(expected.line.split(" ", -1))))
              .toList();
      List<String> completed = words(output(command));
      assertEquals(new TreeSet<>(expected.words), new TreeSet<>(completed), expected.line);
    }
  }

  @Test
  void completesInFish() throws Exception {
    for (Expected expected : expected()) {
      String script = "source completions/wscope.fish; complete -C '" + expected.line + "'";
      List<String> completed =
          output(List.of("fish", "--no-config", "-c", script))
              .lines()
              .map(line -> line.split("\t", -1)[0])
              .toList();
      assertEquals(new TreeSet<>(expected.words), new TreeSet<>(completed), expected.line);
    }
  }

  @Test
  void completesInZsh() throws Exception {
    for (Expected expected : expected()) {
      String shown =
          output(
              List.of(
                  "zsh",
                  "-f",
                  "src/test/interop/complete.zsh",
                  "completions/_wscope",
                  expected.line));
      List<String> words =
          Arrays.asList(shown.replaceAll("\u001b\\[[0-9;?]*[A-Za-z]", " ").split("\\s+", -1));
      for (String word : expected.words) {
        // zsh shows only the last element of a list.
        String part = word.substring(word.lastIndexOf(',') + 1);
        assertTrue(words.contains(part), () -> part + " is missing in " + shown);
      }
      assertFalse(words.contains(expected.other), shown);
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 12", "5, 2", "7, 1"})
  void mandocAcceptsThePages(String section, int count) throws Exception {
    Tool.onPath("mandoc");
    String files = "ls man/*." + section + " | wc -l; mandoc -Tlint man/*." + section;
    assertEquals(count + "\n", output(List.of("sh", "-c", files)));
  }

  private static List<Expected> expected() {
    return LINES
        .lines()
        .map(line -> line.split("; ", -1))
        // A colon marks the end of a line that ends with a space.
        .map(part -> new Expected(part[0].replace(":", ""), words(part[1]), part[2]))
        .collect(Collectors.toList());
  }

  private static List<String> words(String text) {
    return Arrays.stream(text.split("\\s", -1)).filter(word -> !word.isEmpty()).toList();
  }

  private static String output(List<String> command) throws Exception {
    Tool.onPath(command.get(0));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertTrue(process.waitFor(10, SECONDS));
    return output;
  }
}
