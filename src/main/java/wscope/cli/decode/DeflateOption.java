package wscope.cli.decode;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;
import wscope.cli.option.OptionalValue;
import wscope.protocol.deflate.DeflateParameters;

/** The option {@code --deflate}, with or without parameters of RFC 7692 §7.1. */
final class DeflateOption implements ITypeConverter<DeflateParameters> {
  private final OptionSpec option;

  DeflateOption(CommandSpec spec) {
    option =
        OptionSpec.builder("--deflate")
            .paramLabel("PARAMETERS")
            .arity("0..1")
            .fallbackValue("")
            .type(DeflateParameters.class)
            .converters(this)
            .preprocessor(OptionalValue.deflateParameters())
            .description(
                "Assume that the handshake negotiated permessage-deflate, with PARAMETERS if"
                    + " given. Example: \"client_no_context_takeover;"
                    + " server_max_window_bits=10\". If the bytes begin with a handshake, wscope"
                    + " takes the parameters from the handshake.")
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
}
