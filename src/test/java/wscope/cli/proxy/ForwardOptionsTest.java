package wscope.cli.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import wscope.cli.Run;
import wscope.cli.dial.CertificateView;
import wscope.connect.AddressOrder;
import wscope.connect.Route.Tcp;
import wscope.connect.Target;
import wscope.net.TlsClient;
import wscope.net.tls.LocalAuthority;
import wscope.proxy.Forward;
import wscope.proxy.Route;

/** A forward proxy: what its options need and exclude, and what it says at its start. */
class ForwardOptionsTest {
  /** S23: without a host, there is nothing to look into. */
  @Test
  void looksIntoNothingUnasked() {
    assertEquals(
        Run.misused("wscope proxy", "--forward needs --only HOST, for each host to look into"),
        Run.of("proxy", "--forward"));
    assertEquals(
        Run.misused("wscope proxy", "--only needs --forward"),
        Run.of("proxy", "--to", ":9", "--only", "a.test"));
    assertEquals(
        Run.misused(
            "wscope proxy", "give the URL of the server with --to, or --forward and --only"),
        Run.of("proxy"));
  }

  /** S23: not even by mistake may it be all of them. */
  @Test
  void everyHostNeedsAName() {
    assertEquals(
        Run.misused(
            "wscope proxy",
            "--only: '*': name each host to look into, such as" + " example.com or *.example.com"),
        Run.of("proxy", "--forward", "--only", "*"));
    assertEquals(
        Run.misused(
            "wscope proxy",
            "--only: 'a.test:1': a host is a name or an address"
                + " without a port, such as example.com, [::1], or *.example.com for all names"
                + " below example.com"),
        Run.of("proxy", "--forward", "--only", "a.test:1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--to=:9",
        "--rewrite=path",
        "--keep-host",
        "--sni=a",
        "--unix=/s",
        "--tls",
        "--tls-cert=c",
        "--tls-key=k",
        "--tls-keystore=s",
        "--tls-password=p",
        "--origin=null",
        "--host-name=a"
      })
  void excludesTheOptionsOfAReverseProxy(String option) {
    assertEquals(
        Run.misused(
            "wscope proxy", "--forward cannot be combined with " + option.replaceFirst("=.*", "")),
        Run.of("proxy", "--forward", "--only", "a.test", option));
  }

  @Test
  void saysHowToTrustItsAuthority(@TempDir Path directory) throws Exception {
    LocalAuthority authority = LocalAuthority.in(directory, () -> {});
    ForwardProxy proxy = new ForwardProxy(List.of("*.a.test", "b.test"), authority, NO_WAYS);
    String file = directory.resolve("authority").resolve("authority.pem").toString();
    assertEquals("passes on to any server, looks into *.a.test and b.test", proxy.behaviour());
    assertEquals(
        List.of(
            "authority      SHA-256 " + authority.identity().fingerprint(),
            "               " + file,
            "to trust it    curl       curl --proxy http://localhost:8080 --cacert "
                + file
                + " https://www.a.test/",
            "               Node       NODE_EXTRA_CA_CERTS=" + file + " node ...",
            "               Python     SSL_CERT_FILE=" + file + " python ...",
            "               Java       keytool -importcert -noprompt -alias wscope -file " + file,
            "                          -keystore wscope.p12 -storepass changeit, then",
            "                          java -Djavax.net.ssl.trustStore=wscope.p12"
                + " -Djavax.net.ssl.trustStorePassword=changeit ...",
            "               Chromium   --proxy-server=http://localhost:8080",
            "                          --ignore-certificate-errors-spki-list="
                + authority.identity().publicKeyPin(),
            "                          or certutil -d sql:$HOME/.pki/nssdb -A -t C,, -n wscope",
            "                          -i " + file,
            "               Firefox    Settings, Certificates, Authorities, Import"),
        proxy.notes("http://localhost:8080"));
    List<String> local =
        new ForwardProxy(List.of("localhost"), authority, NO_WAYS).notes("http://localhost:8080");
    assertEquals(
        List.of(
            "for localhost  Chromium   --proxy-bypass-list='<-loopback>'",
            "               Firefox    about:config, network.proxy.allow_hijacking_localhost true"),
        local.subList(local.size() - 2, local.size()));
    assertEquals(
        "http://127.0.0.1:81",
        proxy.address(new InetSocketAddress(InetAddress.getLoopbackAddress(), 81), false).url());
  }

  /** The client chooses the server, the user how to connect to it. */
  @Test
  void waysFollowTheOptionsOfTheUser() throws Exception {
    CommandSpec spec = CommandSpec.create();
    RouteOptions options = new RouteOptions(spec);
    String[] args = {
      "--resolve=a.test:127.0.0.7", "-4", "--connect-timeout=3s", "--tls-max=1.2", "--insecure"
    };
    new CommandLine(spec).parseArgs(args);
    Forward.Routes ways = options.forward();
    Target target = new Target(true, "a.test", 444, "/", null, List.of());
    Route seen = ways.to(target, "b.test");
    assertEquals(target, seen.target());
    assertEquals(Set.of(), seen.rewrites());
    assertEquals(Duration.ofSeconds(3), seen.dial().timeout());
    TlsClient tls = seen.dial().tls();
    assertEquals("b.test", tls.host());
    assertEquals(List.of("http/1.1"), tls.protocols());
    assertEquals(List.of("TLSv1.2"), tls.versions());
    assertEquals(new CertificateView(InstantSource.system(), "b.test"), seen.certificates());
    Tcp way = (Tcp) seen.dial().route();
    assertEquals("127.0.0.7", way.resolver().resolve("a.test").get(0).getHostAddress());
    assertEquals(AddressOrder.IPV4, way.order());
    assertNull(ways.unseen(target).dial().tls());
    Target plain = new Target(false, "a.test", 80, "/", null, List.of());
    assertNull(ways.to(plain, "a.test").dial().tls());
  }

  private static final Forward.Routes NO_WAYS =
      new Forward.Routes() {
        @Override
        public Route to(Target target, String name) {
          throw new AssertionError();
        }

        @Override
        public Route unseen(Target target) {
          throw new AssertionError();
        }
      };
}
