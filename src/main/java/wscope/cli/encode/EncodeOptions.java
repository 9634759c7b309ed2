package wscope.cli.encode;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;
import wscope.cli.option.Converter;
import wscope.cli.option.Flag;
import wscope.cli.option.LengthFormConverter;
import wscope.cli.option.MaskingKeys;
import wscope.cli.option.RsvConverter;
import wscope.cli.process.ExitCode;
import wscope.cli.process.Failure;
import wscope.protocol.frame.LengthForm;
import wscope.protocol.message.Framing;
import wscope.protocol.rule.Endpoint;

/** The options of {@code wscope encode} for the framing of a message. */
final class EncodeOptions {
  private final OptionSpec mask;
  private final OptionSpec maskKey;
  private final OptionSpec fragment;
  private final OptionSpec lengthForm;
  private final OptionSpec rsv;
  private final OptionSpec noFin;

  EncodeOptions(CommandSpec spec) {
    mask = Flag.of("--mask", "Mask each frame with a fresh random key, as a client does.");
    maskKey =
        OptionSpec.builder("--mask-key")
            .paramLabel("HEX")
            .type(String.class)
            .description("Mask each frame with this key of 4 bytes, such as 3d542306.")
            .build();
    fragment =
        OptionSpec.builder("--fragment")
            .paramLabel("BYTES")
            .type(Integer.class)
            .converters(new Converter<>(EncodeOptions::bytes))
            .description("Fragment the message into frames of at most BYTES of payload.")
            .build();
    lengthForm =
        OptionSpec.builder("--length-form")
            .paramLabel("BITS")
            .type(LengthForm.class)
            .converters(new LengthFormConverter())
            .completionCandidates(LengthFormConverter.BITS)
            .description(
                "Write each payload length in 7, 16 or 64 bits. By default, wscope uses the"
                    + " shortest form; a longer form breaks length-not-minimal.")
            .build();
    rsv =
        OptionSpec.builder("--rsv")
            .paramLabel("BITS")
            .type(Integer.class)
            .converters(new RsvConverter())
            .description(
                "Set RSV bits of the first frame. BITS is rsv1, rsv2, rsv3, several of them"
                    + " separated by commas, or all three bits as on the wire, such as 100 for"
                    + " RSV1.")
            .build();
    noFin = Flag.of("--no-fin", "Clear FIN on the last frame too, leaving the message unfinished.");
    spec.addOption(mask).addOption(maskKey).addOption(fragment).addOption(lengthForm);
    spec.addOption(rsv).addOption(noFin);
  }

  private static Integer bytes(String text) {
    try {
      int bytes = Integer.parseInt(text);
      if (bytes > 0) {
        return bytes;
      }
    } catch (NumberFormatException e) {
      // Not a number: the error below is the same as for numbers out of range.
    }
    throw new TypeConversionException(
        "'" + text + "' is not a number of bytes from 1 to " + Integer.MAX_VALUE);
  }

  /** The framing of the message. */
  Framing framing() throws Failure {
    boolean masked = Flag.isSet(mask) || maskKey.getValue() != null;
    Framing framing = Framing.of(masked ? Endpoint.CLIENT : Endpoint.SERVER);
    Integer most = fragment.getValue();
    if (most != null) {
      framing = framing.maxPayload(most);
    }
    Integer bits = rsv.getValue();
    return framing.rsv(bits == null ? 0 : bits).lengthForm(form()).fin(!Flag.isSet(noFin));
  }

  private @Nullable LengthForm form() {
    return lengthForm.getValue();
  }

  /** The source of the masking keys. */
  IntSupplier maskingKeys() throws IOException, Failure {
    String hex = maskKey.getValue();
    if (hex == null) {
      return new MaskingKeys();
    }
    ByteBuffer key = HexArgument.bytes("--mask-key", hex);
    if (key.remaining() != Integer.BYTES) {
      throw new Failure(
          ExitCode.USAGE,
          "--mask-key takes 4 bytes (8 hex digits, such as 3d542306), not " + key.remaining());
    }
    int value = key.getInt();
    return () -> value;
  }
}
