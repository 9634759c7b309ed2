package wscope.cli.dial;

import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;
import wscope.cli.option.Converter;
import wscope.cli.process.ExitCode;
import wscope.cli.process.Failure;
import wscope.connect.InvalidTarget;
import wscope.connect.Proxy;
import wscope.connect.Target;
import wscope.net.Tunnel;

/** The option {@code --proxy}, and the variables of the environment that name a proxy. */
public final class ProxyOption {
  private static final int HTTP_PORT = 8080;
  private static final int SOCKS_PORT = 1080;

  private final OptionSpec option;

  /**
   * The proxy for a target.
   *
   * @param origin what names it; empty for the option
   */
  public record Choice(Proxy proxy, String origin) {}

  public ProxyOption(CommandSpec spec) {
    option =
        OptionSpec.builder("--proxy")
            .paramLabel("URL")
            .type(Proxy.class)
            .converters(new Converter<>(ProxyOption::proxy))
            .description(
                "Connect through this proxy: http:// (HTTP CONNECT) or socks5://, then HOST[:PORT]."
                    + " USER:PASSWORD@ may precede HOST. The proxy resolves the name of the server.")
            .build();
    spec.addOption(option);
  }

  /** Whether the option names a proxy. */
  public boolean isGiven() {
    return option.getValue() != null;
  }

  /**
   * Chooses the proxy for a target: that of the option, or for TLS that of HTTPS_PROXY, unless
   * NO_PROXY names the host.
   *
   * @param environment returns the value of a variable; null if the variable is not set
   */
  public @Nullable Choice choose(Target target, UnaryOperator<@Nullable String> environment)
      throws Failure {
    Proxy given = option.getValue();
    if (given != null) {
      return new Choice(given, "");
    }
    String name = environment.apply("HTTPS_PROXY") == null ? "https_proxy" : "HTTPS_PROXY";
    String value = environment.apply(name);
    boolean wanted = target.secure() && value != null && !value.isEmpty();
    if (!wanted || isExcluded(target.host(), environment)) {
      return null;
    }
    try {
      return new Choice(proxy(value), name);
    } catch (TypeConversionException e) {
      throw new Failure(ExitCode.USAGE, name + ": " + e.getMessage());
    }
  }

  private static boolean isExcluded(String host, UnaryOperator<@Nullable String> environment) {
    String upper = environment.apply("NO_PROXY");
    String list = upper == null ? environment.apply("no_proxy") : upper;
    String wanted = host.toLowerCase(Locale.ROOT);
    boolean local = wanted.equals("localhost") || wanted.equals("::1") || wanted.startsWith("127.");
    if (list == null) {
      return local;
    }
    for (String entry : list.toLowerCase(Locale.ROOT).split(",", -1)) {
      String name = entry.strip().replaceFirst("^\\*?\\.", "");
      local |= name.equals("*") || (!name.isEmpty() && isInside(wanted, name));
    }
    return local;
  }

  /** Whether a host is a domain or one of its names. */
  private static boolean isInside(String host, String domain) {
    return host.equals(domain) || host.endsWith("." + domain);
  }

  /** Reads the URL of a proxy. The error does not repeat the password. */
  public static Proxy proxy(String text) {
    int mark = text.indexOf("://");
    String scheme = mark < 0 ? "http" : text.substring(0, mark).toLowerCase(Locale.ROOT);
    Tunnel.Kind kind =
        switch (scheme) {
          case "http" -> Tunnel.Kind.HTTP;
          case "socks5", "socks5h", "socks" -> Tunnel.Kind.SOCKS5;
          default ->
              throw new TypeConversionException(
                  "a proxy is http://HOST:PORT or socks5://HOST:PORT, not " + scheme + "://");
        };
    String rest = mark < 0 ? text : text.substring(mark + 3);
    int usual = kind == Tunnel.Kind.HTTP ? HTTP_PORT : SOCKS_PORT;
    try {
      Target target = Target.parse("ws://" + rest);
      boolean named = rest.replaceFirst("^.*@", "").replaceFirst("/.*$", "").matches(".*:[0-9]+");
      return new Proxy(kind, target.host(), named ? target.port() : usual, target.credentials());
    } catch (InvalidTarget e) {
      throw new TypeConversionException("the URL of the proxy is invalid: " + e.getMessage());
    }
  }
}
