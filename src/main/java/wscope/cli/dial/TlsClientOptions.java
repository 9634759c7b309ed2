package wscope.cli.dial;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import wscope.cli.option.Choices;
import wscope.cli.option.FileConverter;
import wscope.cli.option.Flag;
import wscope.cli.process.ExitCode;
import wscope.cli.process.Failure;
import wscope.connect.Target;
import wscope.net.TlsClient;
import wscope.net.tls.Identity;
import wscope.net.tls.IdentityFiles;
import wscope.net.tls.InvalidIdentity;
import wscope.net.tls.Trust;

/** The options for TLS with a server. */
public final class TlsClientOptions {
  /** The newest version of TLS to offer. */
  private enum Version {
    TLS12("1.2"),
    TLS13("1.3");

    private final String number;

    Version(String number) {
      this.number = number;
    }

    @Override
    public String toString() {
      return number;
    }
  }

  private final OptionSpec insecure;
  private final OptionSpec authority;
  private final OptionSpec certificate;
  private final OptionSpec key;
  private final OptionSpec name;
  private final OptionSpec newest;

  public TlsClientOptions(CommandSpec spec) {
    insecure =
        OptionSpec.builder("-k", "--insecure")
            .type(boolean.class)
            .description(
                "Accept any certificate of the server; the output says why it is not trusted.")
            .build();
    authority =
        FileConverter.option("--cacert")
            .description("Accept certificates that were issued with those in this PEM file too.")
            .build();
    certificate =
        FileConverter.option("--cert")
            .description(
                "Send the certificates in this PEM file to a server that asks for one, your own"
                    + " first.")
            .build();
    key =
        FileConverter.option("--key")
            .description("Use this private key for --cert: unencrypted PKCS#8 in a PEM file.")
            .build();
    name =
        OptionSpec.builder("--sni")
            .paramLabel("NAME")
            .type(String.class)
            .description(
                "Send this server name (SNI) instead of the host of the URL, and require it in the"
                    + " certificate.")
            .build();
    newest =
        Choices.of(Version.class, OptionSpec.builder("--tls-max"))
            .paramLabel("VERSION")
            .description("Offer no newer version of TLS: 1.2 or 1.3.")
            .build();
    spec.addOption(insecure).addOption(authority).addOption(certificate).addOption(key);
    spec.addOption(name).addOption(newest);
  }

  /**
   * The settings of TLS.
   *
   * @return the settings; null if the target does not use TLS
   * @throws Failure if the options contradict each other or name something unusable
   */
  public @Nullable TlsClient tls(Target target) throws Failure {
    check(List.of(target));
    return target.secure() ? settings(target) : null;
  }

  /**
   * The settings of TLS for a target that uses it.
   *
   * @throws Failure if a file is unusable
   */
  public TlsClient settings(Target target) throws Failure {
    try {
      Path chain = certificate.getValue();
      Path secret = key.getValue() == null ? chain : key.getValue();
      Identity identity = chain == null ? null : IdentityFiles.pem(chain, secret);
      return new TlsClient(
          trust().context(identity), host(target), List.of("http/1.1"), versions());
    } catch (InvalidIdentity e) {
      throw new Failure(ExitCode.IO, String.valueOf(e.getMessage()));
    }
  }

  /** The name that the certificate must contain. */
  public String host(Target target) {
    return name.getValue() == null ? target.host() : name.getValue();
  }

  /** Whether any certificate is accepted. */
  public boolean isInsecure() {
    return Flag.isSet(insecure);
  }

  private List<String> versions() {
    return newest.getValue() == Version.TLS12 ? List.of("TLSv1.2") : TlsClient.VERSIONS;
  }

  private Trust trust() throws InvalidIdentity {
    if (isInsecure()) {
      return Trust.insecure();
    }
    return authority.getValue() == null
        ? Trust.system()
        : Trust.systemAnd(IdentityFiles.certificates(authority.getValue()));
  }

  /**
   * Checks that the options do not contradict each other or the targets.
   *
   * @param targets the targets, at least one
   */
  public void check(List<Target> targets) throws Failure {
    boolean secure = targets.stream().anyMatch(Target::secure);
    if (certificate.getValue() == null && key.getValue() != null) {
      throw new Failure(ExitCode.USAGE, "--key needs --cert");
    }
    for (OptionSpec option : List.of(insecure, authority, certificate, name, newest)) {
      boolean given = option.getValue() != null && !Boolean.FALSE.equals(option.getValue());
      if (given && !secure) {
        throw new Failure(
            ExitCode.USAGE,
            option.longestName()
                + " needs TLS; write "
                + targets.get(0).url().toLowerCase(Locale.ROOT).replaceFirst("^ws", "wss"));
      }
    }
  }
}
