package wscope.cli.dial;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;
import wscope.cli.option.Converter;
import wscope.cli.option.FieldConverter;
import wscope.cli.option.Flag;
import wscope.cli.option.OptionalValue;
import wscope.cli.option.SubprotocolConverter;
import wscope.cli.process.ExitCode;
import wscope.cli.process.Failure;
import wscope.connect.Target;
import wscope.protocol.deflate.DeflateOffer;
import wscope.protocol.handshake.HttpRequest;
import wscope.protocol.handshake.OutgoingHeaderField;
import wscope.protocol.handshake.UpgradeRequestBuilder;

/** The options for the request of a client. */
public final class RequestOptions {
  private static final Set<String> SECRETS =
      Set.of("authorization", "cookie", "proxy-authorization");

  private final OptionSpec header;
  private final OptionSpec origin;
  private final OptionSpec subprotocol;
  private final OptionSpec auth;
  private final OptionSpec cookie;
  private final OptionSpec hostHeader;
  private final OptionSpec deflate;
  private final OptionSpec noDeflate;

  /**
   * Creates the options.
   *
   * @param compresses whether the user chooses the offer of permessage-deflate
   */
  public RequestOptions(CommandSpec spec, boolean compresses) {
    header =
        OptionSpec.builder("-H", "--header")
            .paramLabel("'NAME: VALUE'")
            .type(List.class)
            .auxiliaryTypes(OutgoingHeaderField.class)
            .converters(new FieldConverter())
            .description(
                "Add this header field, or replace a field that wscope itself sends; without a"
                    + " VALUE, omit that field. Repeatable.")
            .build();
    origin =
        OptionSpec.builder("-o", "--origin")
            .paramLabel("ORIGIN")
            .type(String.class)
            .converters(new ValueConverter())
            .description("Send this Origin, as a browser does; without this option, none.")
            .build();
    subprotocol =
        OptionSpec.builder("-s", "--subprotocol")
            .paramLabel("NAME")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .splitRegex(",")
            .converters(new SubprotocolConverter())
            .description(
                "Offer these subprotocols. Separate the names by commas, the preferred one"
                    + " first.")
            .build();
    auth =
        OptionSpec.builder("--auth")
            .paramLabel("USER:PASSWORD")
            .type(String.class)
            .converters(new Converter<>(RequestOptions::credentials))
            .description(
                "Send this user and password as Authorization: Basic. Other users of this machine"
                    + " can see a password on the command line.")
            .build();
    cookie =
        OptionSpec.builder("--cookie")
            .paramLabel("'NAME=VALUE; ...'")
            .type(String.class)
            .converters(new ValueConverter())
            .description("Send this Cookie field.")
            .build();
    hostHeader =
        OptionSpec.builder("--host-header")
            .paramLabel("HOST[:PORT]")
            .type(String.class)
            .converters(new ValueConverter())
            .description("Send this Host instead of the one in the URL.")
            .build();
    deflate =
        OptionSpec.builder("--deflate")
            .paramLabel("PARAMETERS")
            .arity("0..1")
            .fallbackValue("")
            .type(DeflateOffer.class)
            .converters(new DeflateOfferConverter())
            .preprocessor(OptionalValue.deflateParameters())
            .description(
                "Offer permessage-deflate with these PARAMETERS, or with none. Example:"
                    + " \"client_no_context_takeover; server_max_window_bits=10\". Without this"
                    + " option, wscope offers client_max_window_bits, as browsers do.")
            .build();
    noDeflate = Flag.of("--no-deflate", "Offer no compression.");
    spec.addOption(header).addOption(origin).addOption(subprotocol).addOption(auth);
    spec.addOption(cookie).addOption(hostHeader);
    if (compresses) {
      spec.addOption(deflate).addOption(noDeflate);
    }
  }

  /** Checks that the options do not contradict each other. */
  public void check() throws Failure {
    if (deflate.getValue() != null && Flag.isSet(noDeflate)) {
      throw new Failure(ExitCode.USAGE, "--deflate cannot be combined with --no-deflate");
    }
  }

  /** Whether the options or the URL hold credentials or cookies. */
  public boolean haveSecrets(Target target) {
    return auth.getValue() != null
        || target.credentials() != null
        || cookie.getValue() != null
        || fields().stream().anyMatch(field -> isSecret(field.name()));
  }

  /** Whether only the user's own target gets a header field: secrets, and its name. */
  private static boolean isPrivate(String name) {
    return isSecret(name) || name.equalsIgnoreCase("Host");
  }

  private static boolean isSecret(String name) {
    return SECRETS.contains(name.toLowerCase(Locale.ROOT));
  }

  /** Creates a request with a new key and with the offer of permessage-deflate. */
  public HttpRequest request(Target target, @Nullable String credentials, boolean trusted) {
    return request(target, credentials, trusted, !Flag.isSet(noDeflate));
  }

  /**
   * Creates a request with a new key.
   *
   * @param credentials the user and the password in the URL; null if there are none
   * @param trusted whether the target gets credentials, cookies and the user's Host
   * @param offers whether to offer permessage-deflate
   */
  public HttpRequest request(
      Target target, @Nullable String credentials, boolean trusted, boolean offers) {
    String wanted = trusted ? hostHeader.getValue() : null;
    UpgradeRequestBuilder request =
        UpgradeRequestBuilder.to(
            wanted == null ? target.authority() : wanted,
            target.resource(),
            new SecureRandom()::nextBytes);
    if (origin.getValue() != null) {
      request.origin(origin.getValue());
    }
    @Nullable List<String> names = subprotocol.getValue();
    request.subprotocols(names == null ? List.of() : names);
    if (offers) {
      DeflateOffer offer = deflate.getValue();
      request.deflate(List.of(offer == null ? DeflateOffer.DEFAULT : offer));
    }
    String user = auth.getValue() == null ? credentials : auth.getValue();
    if (user != null && trusted) {
      byte[] pair = user.getBytes(UTF_8);
      request.field("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
    }
    if (cookie.getValue() != null && trusted) {
      request.field("Cookie", cookie.getValue());
    }
    addFields(request, trusted);
    return request.build();
  }

  /** Replaces or adds the fields of the option. Fields of the same name all remain. */
  private void addFields(UpgradeRequestBuilder request, boolean trusted) {
    Set<String> replaced = new HashSet<>();
    for (OutgoingHeaderField field : fields()) {
      if (!trusted && isPrivate(field.name())) {
        continue;
      }
      if (replaced.add(field.name().toLowerCase(Locale.ROOT))) {
        request.without(field.name());
      }
      if (!field.value().isEmpty()) {
        request.field(field.name(), field.value());
      }
    }
  }

  private List<OutgoingHeaderField> fields() {
    @Nullable List<OutgoingHeaderField> given = header.getValue();
    return given == null ? new ArrayList<>() : given;
  }

  /** Reads the credentials. The error does not repeat the password. */
  private static String credentials(String text) {
    if (text.indexOf(':') < 0) {
      throw new TypeConversionException("the user and the password must have a colon between them");
    }
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw new TypeConversionException(
          "the user and the password must not contain control characters");
    }
    return text;
  }

  private static final class ValueConverter implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      if (!FieldConverter.isValue(text)) {
        throw new TypeConversionException("'" + text + "': it must be visible ASCII");
      }
      return text;
    }
  }
}
