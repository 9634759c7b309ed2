package wscope.cli.explain;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import wscope.cli.process.ExitCode;
import wscope.cli.process.Failure;
import wscope.explain.Explainer;

/** The questions in the arguments or in the standard input. */
final class Questions {
  private Questions() {}

  /** The text of an input, which must not be longer than a question may be. */
  static String read(InputStream in) throws IOException, Failure {
    byte[] bytes = in.readNBytes(Explainer.LONGEST + 1);
    return checked(new String(bytes, UTF_8), bytes.length);
  }

  /**
   * The questions in arguments: all words are one text, unless each of them is a number or a name.
   */
  static List<String> of(List<String> words, Explainer explainer) throws Failure {
    String text = String.join(" ", words);
    checked(text, text.getBytes(UTF_8).length);
    boolean areNames =
        words.size() > 1
            && explainer.named(text).isEmpty()
            && words.stream().noneMatch(word -> explainer.named(word).isEmpty());
    return areNames ? words : List.of(text);
  }

  private static String checked(String text, int length) throws Failure {
    if (length > Explainer.LONGEST) {
      throw new Failure(
          ExitCode.USAGE, "the text is longer than 64 KiB; give only the lines around the error");
    }
    return text;
  }
}
