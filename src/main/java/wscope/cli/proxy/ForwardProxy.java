package wscope.cli.proxy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import wscope.cli.option.ShellWord;
import wscope.connection.Addresses;
import wscope.net.tls.InvalidIdentity;
import wscope.net.tls.LocalAuthority;
import wscope.protocol.event.Event;
import wscope.proxy.Forward;
import wscope.proxy.HostNames;
import wscope.proxy.ProxyWording;
import wscope.proxy.Route;
import wscope.report.text.AddressText;

/**
 * A forward proxy as the user wants it.
 *
 * @param only the hosts to look into, as given
 * @param authority the authority that issues certificates for them
 * @param ways the ways to the servers
 */
record ForwardProxy(List<String> only, LocalAuthority authority, Forward.Routes ways)
    implements Course {
  @Override
  public List<Route> routes() {
    return List.of();
  }

  @Override
  public Forward forward() {
    return new Forward(
        new HostNames(only),
        host -> {
          try {
            return authority.context(host);
          } catch (InvalidIdentity e) {
            throw new IOException(e.getMessage(), e);
          }
        },
        ways);
  }

  @Override
  public ProxyWording wording() {
    return new ForwardTexts(authority.pem());
  }

  @Override
  public String exposure() {
    return "other machines get a 403 response from this proxy";
  }

  @Override
  public String behaviour() {
    return "passes on to any server, looks into " + String.join(" and ", only);
  }

  @Override
  public Event.ListeningAddress address(InetSocketAddress socket, boolean tls) {
    Event.Address.Tcp address = Addresses.of(socket);
    return new Event.ListeningAddress(address, "http://" + AddressText.authority(address));
  }

  @Override
  public List<String> notes(String url) {
    String file = ShellWord.of(authority.pem().toString());
    List<String> notes = new ArrayList<>();
    notes.add("authority      SHA-256 " + authority.identity().fingerprint());
    notes.add("               " + authority.pem());
    String page = " https://" + only.get(0).replaceFirst("^\\*\\.", "www.") + "/";
    notes.add("to trust it    curl       curl --proxy " + url + " --cacert " + file + page);
    notes.add("               Node       NODE_EXTRA_CA_CERTS=" + file + " node ...");
    notes.add("               Python     SSL_CERT_FILE=" + file + " python ...");
    notes.add(
        "               Java       keytool -importcert -noprompt -alias wscope -file " + file);
    notes.add("                          -keystore wscope.p12 -storepass changeit, then");
    notes.add(
        "                          java -Djavax.net.ssl.trustStore=wscope.p12"
            + " -Djavax.net.ssl.trustStorePassword=changeit ...");
    notes.add("               Chromium   --proxy-server=" + url);
    notes.add(
        "                          --ignore-certificate-errors-spki-list="
            + authority.identity().publicKeyPin());
    notes.add("                          or certutil -d sql:$HOME/.pki/nssdb -A -t C,, -n wscope");
    notes.add("                          -i " + file);
    notes.add("               Firefox    Settings, Certificates, Authorities, Import");
    if (only.stream().anyMatch(RouteOptions::isLocal)) {
      notes.add("for localhost  Chromium   --proxy-bypass-list='<-loopback>'");
      notes.add(
          "               Firefox    about:config, network.proxy.allow_hijacking_localhost true");
    }
    return notes;
  }
}
