package wscope.cli.proxy;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;
import wscope.cli.listen.KeptCertificate;
import wscope.cli.option.Converter;
import wscope.cli.option.Flag;
import wscope.cli.process.ExitCode;
import wscope.cli.process.Failure;
import wscope.cli.process.Stdio;
import wscope.net.tls.InvalidIdentity;
import wscope.net.tls.LocalAuthority;
import wscope.proxy.HostNames;

/** The options for a forward proxy, whose clients name the servers. */
final class ForwardOptions {
  private static final String FORWARD = "--forward";
  private static final String TO = "--to";

  /** The options that concern one server, TLS with clients, or the pages that may connect. */
  private static final List<String> EXCLUDED =
      List.of(
          TO,
          "--rewrite",
          "--keep-host",
          "--sni",
          "--unix",
          "--tls",
          "--tls-cert",
          "--tls-key",
          "--tls-keystore",
          "--tls-password",
          "--origin",
          "--host-name");

  private final CommandSpec spec;
  private final OptionSpec forward;
  private final OptionSpec only;

  ForwardOptions(CommandSpec spec) {
    this.spec = spec;
    forward =
        Flag.of(
            FORWARD,
            "Serve as an HTTP proxy, for clients whose URL you cannot change: the client names the"
                + " server. For the hosts of --only, wscope issues certificates with an authority of"
                + " its own, and shows how to trust it. Only this machine can use the proxy.");
    only =
        OptionSpec.builder("--only")
            .paramLabel("HOST")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .converters(new Converter<>(ForwardOptions::host))
            .description(
                "Show and judge connections to HOST, with --forward; *.example.com stands for all"
                    + " names below example.com. All others pass through a tunnel, unseen."
                    + " Repeatable.")
            .build();
    spec.addOption(forward).addOption(only);
  }

  private static String host(String text) {
    if (text.equals("*")) {
      throw new TypeConversionException(
          "'*': name each host to look into, such as example.com or *.example.com");
    }
    try {
      new HostNames(List.of(text));
      return text;
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException("'" + text + "': " + e.getMessage());
    }
  }

  /**
   * The way the proxy finds servers.
   *
   * @param routes the options of a reverse proxy
   * @throws Failure if the options contradict each other, or no authority can be created
   */
  Course course(RouteOptions routes, Stdio stdio) throws Failure {
    @Nullable List<String> hosts = only.getValue();
    if (!Flag.isSet(forward)) {
      checkReverse(hosts != null);
      return new ReverseProxy(routes.routes());
    }
    if (hosts == null) {
      throw usage("--forward needs --only HOST, for each host to look into");
    }
    for (String option : EXCLUDED) {
      if (isGiven(option)) {
        throw usage("--forward cannot be combined with " + option);
      }
    }
    try {
      LocalAuthority authority =
          KeptCertificate.of(stdio, LocalAuthority::in, LocalAuthority::temporary);
      return new ForwardProxy(List.copyOf(hosts), authority, routes.forward());
    } catch (InvalidIdentity e) {
      throw new Failure(ExitCode.IO, String.valueOf(e.getMessage()));
    }
  }

  private void checkReverse(boolean hasHosts) throws Failure {
    if (hasHosts) {
      throw usage("--only needs --forward");
    }
    if (!isGiven(TO)) {
      throw usage("give the URL of the server with --to, or --forward and --only");
    }
  }

  private boolean isGiven(String option) {
    return spec.commandLine().getParseResult().hasMatchedOption(option);
  }

  private static Failure usage(String message) {
    return new Failure(ExitCode.USAGE, message);
  }
}
