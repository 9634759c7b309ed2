package wscope.cli.decode;

import java.util.Arrays;
import java.util.List;
import wscope.cli.prompt.PromptWord;
import wscope.cli.prompt.PromptWords;
import wscope.report.Detail;

/** The commands at the prompt of {@code wscope decode}. */
enum PromptCommand implements PromptWord {
  HELP("", "show this help"),
  RESET("", "begin a new stream"),
  DEFLATE("[PARAMETERS|off]", "begin a new stream with this compression"),
  SENDER("auto|client|server", "begin a new stream from this sender"),
  DETAIL("bits|frames|messages|none", "show more or less of each frame"),
  QUIT("", "leave the prompt, as Ctrl+D does");

  /** All commands. */
  static final PromptWords<PromptCommand> WORDS = new PromptWords<>(List.of(values()));

  private final String arguments;
  private final String description;

  PromptCommand(String arguments, String description) {
    this.arguments = arguments;
    this.description = description;
  }

  @Override
  public String arguments() {
    return arguments;
  }

  @Override
  public String description() {
    return description;
  }

  /** The completions of the argument. If a completion ends with =, a number must follow. */
  List<String> completions() {
    return switch (this) {
      case DEFLATE ->
          List.of(
              "off",
              "client_no_context_takeover",
              "server_no_context_takeover",
              "client_max_window_bits=",
              "server_max_window_bits=");
      case SENDER -> words(SenderChoice.values());
      case DETAIL -> words(Detail.values());
      case HELP, RESET, QUIT -> List.of();
    };
  }

  private static List<String> words(Enum<?>[] values) {
    return Arrays.stream(values).map(Enum::toString).toList();
  }
}
