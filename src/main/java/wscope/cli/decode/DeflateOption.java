package wscope.cli.decode;

import java.util.Map;
import java.util.Stack;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;
import wscope.protocol.deflate.DeflateParameters;

/**
 * The option {@code --deflate}, with or without parameters of RFC 7692 §7.1. The word after the
 * option is its value only if it begins with {@code client_}, {@code server_} or the name of the
 * extension. Other words may be bytes.
 */
final class DeflateOption implements ITypeConverter<DeflateParameters>, IParameterPreprocessor {
  private final OptionSpec option;

  DeflateOption(CommandSpec spec) {
    option =
        OptionSpec.builder("--deflate")
            .paramLabel("PARAMETERS")
            .arity("0..1")
            .fallbackValue("")
            .type(DeflateParameters.class)
            .converters(this)
            .preprocessor(this)
            .description(
                "Assume that the handshake negotiated permessage-deflate, with PARAMETERS if"
                    + " given, such as \"client_no_context_takeover; server_max_window_bits=10\"."
                    + " If the bytes begin with a handshake, wscope takes the parameters from"
                    + " the handshake.")
            .build();
    spec.addOption(option);
  }

  /** The negotiated parameters; null if the option is absent. */
  @Nullable DeflateParameters agreed() {
    return option.getValue();
  }

  @Override
  public DeflateParameters convert(String value) {
    DeflateText text = DeflateText.read(value);
    if (text.parameters() == null) {
      int character = text.position() + 1;
      throw new TypeConversionException(text.error() + ", at character " + character);
    }
    return text.parameters();
  }

  @Override
  @SuppressWarnings("JdkObsolete") // Picocli requires the type Stack.
  public boolean preprocess(
      Stack<String> args, CommandSpec spec, ArgSpec argument, Map<String, Object> info) {
    boolean attached = "=".equals(info.get("separator"));
    if (!attached && (args.isEmpty() || !isParameters(args.peek()))) {
      args.push("");
    }
    return false;
  }

  private static boolean isParameters(String word) {
    return word.isEmpty()
        || word.startsWith("client_")
        || word.startsWith("server_")
        || word.startsWith(DeflateParameters.EXTENSION);
  }
}
