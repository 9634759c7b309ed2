package wscope.cli.proxy;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;
import wscope.cli.dial.AddressOptions;
import wscope.cli.dial.CertificateView;
import wscope.cli.dial.ProxyOption;
import wscope.cli.dial.TlsClientOptions;
import wscope.cli.option.Choices;
import wscope.cli.option.Converter;
import wscope.cli.option.Flag;
import wscope.cli.process.ExitCode;
import wscope.cli.process.Failure;
import wscope.connect.DialSettings;
import wscope.connect.InvalidTarget;
import wscope.connect.Proxy;
import wscope.connect.Target;
import wscope.net.TlsClient;
import wscope.proxy.Forward;
import wscope.proxy.Rewrite;
import wscope.proxy.Route;

/** The options for the servers of a proxy. */
final class RouteOptions {
  /** A part of a request to change, as it is typed. */
  private enum Part {
    HOST,
    ORIGIN,
    PATH;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final OptionSpec to;
  private final OptionSpec rewrite;
  private final OptionSpec keepHost;
  private final AddressOptions addresses;
  private final ProxyOption proxy;
  private final TlsClientOptions tls;

  /**
   * A server.
   *
   * @param prefix the beginning of the paths that belong to it; null to take that of its URL
   */
  private record Server(@Nullable String prefix, Target target) {
    String path() {
      return prefix == null ? target.resource() : prefix;
    }
  }

  RouteOptions(CommandSpec spec) {
    to =
        OptionSpec.builder("--to")
            .paramLabel("[PATH=]URL")
            .type(List.class)
            .auxiliaryTypes(Server.class)
            .converters(new Converter<>(RouteOptions::server))
            .description(
                "Pass requests on to this server. URL is ws:// or wss://, then HOST[:PORT]/PATH, or"
                    + " short, such as :9000 for localhost. Only requests whose path begins"
                    + " with PATH are passed on. Repeatable; the longest PATH wins.")
            .build();
    rewrite =
        Choices.of(Part.class, OptionSpec.builder("--rewrite"))
            .paramLabel("PART")
            .type(List.class)
            .auxiliaryTypes(Part.class)
            .splitRegex(",")
            .description(
                "Change a part of each request: Host and Origin to the server's (host, origin), or"
                    + " the PATH before = in --to to the path of the URL (path). Repeatable. For"
                    + " a server on another machine, host is on.")
            .build();
    keepHost =
        Flag.of(
            "--keep-host",
            "Keep the Host field as received, even for a server on another machine.");
    spec.addOption(to).addOption(rewrite).addOption(keepHost);
    addresses = new AddressOptions(spec);
    proxy = new ProxyOption(spec);
    tls = new TlsClientOptions(spec);
  }

  private static Server server(String text) {
    int equals = text.startsWith("/") ? text.indexOf('=') : -1;
    if (text.startsWith("/") && equals < 0) {
      throw new TypeConversionException(
          "'" + text + "': write a path, = and a URL, as in /api=ws://localhost:9000");
    }
    String prefix = equals < 0 ? null : text.substring(0, equals);
    String url = text.substring(equals + 1);
    try {
      Target target = Target.parse(url);
      if (target.resource().indexOf('?') >= 0) {
        throw new TypeConversionException(
            "'" + text + "': a query has no effect here, because clients send their own");
      }
      if (target.credentials() != null) {
        throw new TypeConversionException(
            "a user and a password in --to have no effect, because clients send their own");
      }
      return new Server(prefix, target);
    } catch (InvalidTarget e) {
      throw new TypeConversionException(
          "'" + url + "', at character " + (e.place() + 1) + ": " + e.getMessage());
    }
  }

  /**
   * The servers.
   *
   * @throws Failure if the options contradict each other or name something unusable
   */
  List<Route> routes() throws Failure {
    List<Server> servers = to.getValue();
    addresses.check();
    AddressOptions.exclude(addresses.hasUnix() && proxy.isGiven(), AddressOptions.UNIX, "--proxy");
    tls.check(servers.stream().map(Server::target).toList());
    Set<String> paths = new HashSet<>();
    List<Route> routes = new ArrayList<>();
    for (Server server : servers) {
      if (!paths.add(server.path())) {
        throw new Failure(
            ExitCode.USAGE, "--to has the path " + server.path() + " twice; give each one once");
      }
      routes.add(route(server));
    }
    return List.copyOf(routes);
  }

  private Route route(Server server) throws Failure {
    Target target = server.target();
    Set<Rewrite> rewrites = rewrites(target);
    String resource = target.resource();
    if (server.prefix() != null
        && !resource.equals("/")
        && !resource.equals(server.prefix())
        && !rewrites.contains(Rewrite.PATH)) {
      throw new Failure(
          ExitCode.USAGE,
          "--to "
              + server.prefix()
              + "="
              + target.url()
              + ": the path of the URL takes effect only with --rewrite path");
    }
    boolean replaced = server.prefix() == null && rewrites.contains(Rewrite.PATH);
    ProxyOption.Choice choice = addresses.hasUnix() ? null : proxy.choose(target, System::getenv);
    return new Route(
        replaced ? "/" : server.path(),
        target,
        new DialSettings(
            addresses.route(choice == null ? null : choice.proxy()),
            addresses.timeout(),
            target.secure() ? tls.settings(target) : null),
        new CertificateView(InstantSource.system(), tls.isInsecure() ? tls.host(target) : null),
        rewrites);
  }

  /**
   * The ways to the servers that clients name.
   *
   * @throws Failure if the options contradict each other or name something unusable
   */
  Forward.Routes forward() throws Failure {
    Target some = new Target(true, "localhost", 443, "/", null, List.of());
    addresses.check();
    tls.check(List.of(some));
    // The variables of the environment are checked here, before clients need them.
    proxy.choose(some, System::getenv);
    return new ForwardRoutes(tls.settings(some));
  }

  /** The ways to servers, which the clients of a forward proxy name. */
  private final class ForwardRoutes implements Forward.Routes {
    private final TlsClient settings;

    ForwardRoutes(TlsClient settings) {
      this.settings = settings;
    }

    @Override
    public Route to(Target target, String name) {
      TlsClient own =
          new TlsClient(settings.context(), name, settings.protocols(), settings.versions());
      TlsClient used = target.secure() ? own : null;
      return route(
          target,
          new DialSettings(addresses.route(proxyTo(target)), addresses.timeout(), used),
          name);
    }

    @Override
    public Route unseen(Target target) {
      // What passes unseen through a tunnel is TLS, as a rule.
      Target secure = new Target(true, target.host(), target.port(), "/", null, List.of());
      return route(
          target,
          DialSettings.opaque(addresses.route(proxyTo(secure)), addresses.timeout()),
          target.host());
    }

    private Route route(Target target, DialSettings dial, String name) {
      return new Route(
          "/",
          target,
          dial,
          new CertificateView(InstantSource.system(), tls.isInsecure() ? name : null),
          Set.of());
    }

    private @Nullable Proxy proxyTo(Target target) {
      try {
        ProxyOption.Choice choice = proxy.choose(target, System::getenv);
        return choice == null ? null : choice.proxy();
      } catch (Failure e) {
        throw new IllegalStateException("the environment has changed", e);
      }
    }
  }

  private Set<Rewrite> rewrites(Target target) throws Failure {
    @Nullable List<Part> parts = rewrite.getValue();
    Set<Rewrite> rewrites = EnumSet.noneOf(Rewrite.class);
    for (Part part : parts == null ? List.<Part>of() : parts) {
      rewrites.add(Rewrite.valueOf(part.name()));
    }
    if (Flag.isSet(keepHost) && rewrites.contains(Rewrite.HOST)) {
      throw new Failure(ExitCode.USAGE, "--keep-host cannot be combined with --rewrite host");
    }
    if (!Flag.isSet(keepHost) && !isLocal(target.host())) {
      rewrites.add(Rewrite.HOST);
    }
    return rewrites;
  }

  /** Whether a host is this machine, so that a client's own Host fits it. */
  static boolean isLocal(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    return lower.equals("localhost")
        || lower.endsWith(".localhost")
        || lower.equals("::1")
        || lower.matches("127(\\.[0-9]+){3}");
  }
}
