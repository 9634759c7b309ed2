package wscope.cli.listen;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import wscope.cli.option.FileConverter;
import wscope.cli.option.Flag;
import wscope.cli.process.ExitCode;
import wscope.cli.process.Failure;
import wscope.cli.process.Stdio;
import wscope.net.tls.Identity;
import wscope.net.tls.IdentityFiles;
import wscope.net.tls.InvalidIdentity;
import wscope.net.tls.LocalIdentity;
import wscope.net.tls.WrongPassword;

/** The options for TLS, and the identity that they select. */
public final class TlsOptions {
  private static final String PASSWORD_VARIABLE = "WSCOPE_TLS_PASSWORD";

  private final OptionSpec on;
  private final OptionSpec certificate;
  private final OptionSpec key;
  private final OptionSpec keystore;
  private final OptionSpec password;

  public TlsOptions(CommandSpec spec) {
    on =
        Flag.of(
            "--tls",
            "Use TLS: wss:// and https://. If you give no certificate, wscope creates one for"
                + " localhost, keeps it in your cache directory, and shows how to trust it.");
    certificate =
        file(
            "--tls-cert",
            "Use TLS with the certificates in this PEM file, the server's own first.");
    key =
        file("--tls-key", "Use this private key for --tls-cert: unencrypted PKCS#8 in a PEM file.");
    keystore =
        file("--tls-keystore", "Use TLS with the key and certificate in this PKCS#12 keystore.");
    password =
        OptionSpec.builder("--tls-password")
            .paramLabel("PASSWORD")
            .type(String.class)
            .description(
                "Open --tls-keystore with this password. Other users of this machine can see a"
                    + " password on the command line; use the variable "
                    + PASSWORD_VARIABLE
                    + " instead.")
            .build();
    spec.addOption(on).addOption(certificate).addOption(key);
    spec.addOption(keystore).addOption(password);
  }

  private static OptionSpec file(String name, String description) {
    return FileConverter.option(name).description(description).build();
  }

  /**
   * Returns the identity of the server.
   *
   * @return the identity; null without TLS
   * @throws Failure if the options contradict each other or name something unusable
   */
  public @Nullable ServerIdentity identity(Stdio stdio) throws Failure {
    check();
    try {
      if (certificate.getValue() != null) {
        return ServerIdentity.given(IdentityFiles.pem(certificate.getValue(), key.getValue()));
      }
      if (keystore.getValue() != null) {
        return ServerIdentity.given(keystore());
      }
      return Flag.isSet(on)
          ? ServerIdentity.local(
              KeptCertificate.of(stdio, LocalIdentity::in, LocalIdentity::temporary))
          : null;
    } catch (InvalidIdentity e) {
      throw new Failure(ExitCode.IO, String.valueOf(e.getMessage()));
    }
  }

  private void check() throws Failure {
    if (certificate.getValue() != null && keystore.getValue() != null) {
      throw usage("--tls-cert cannot be combined with --tls-keystore");
    }
    if (certificate.getValue() == null && key.getValue() != null) {
      throw usage("--tls-key needs --tls-cert");
    }
    if (certificate.getValue() != null && key.getValue() == null) {
      throw usage("--tls-cert needs --tls-key; both may name the same file");
    }
    if (password.getValue() != null && keystore.getValue() == null) {
      throw usage("--tls-password needs --tls-keystore");
    }
  }

  private static Failure usage(String message) {
    return new Failure(ExitCode.USAGE, message);
  }

  private Identity keystore() throws InvalidIdentity, Failure {
    Path file = keystore.getValue();
    String given = password.getValue();
    String value = given == null ? System.getenv(PASSWORD_VARIABLE) : given;
    try {
      return IdentityFiles.pkcs12(file, value == null ? new char[0] : value.toCharArray());
    } catch (WrongPassword e) {
      if (value != null) {
        throw e;
      }
      throw new Failure(
          ExitCode.IO,
          file + " needs a password; set " + PASSWORD_VARIABLE + " or give --tls-password");
    }
  }
}
