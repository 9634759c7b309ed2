package wscope.check;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import wscope.connect.DialSettings;
import wscope.connect.Resolver;
import wscope.connect.Route;
import wscope.protocol.rule.Endpoint;

/** A server that is checked: each case opens a connection to it. */
final class ServerPeer implements Peer {
  private final long seed;
  private ServerSettings settings;

  ServerPeer(ServerSettings settings, long seed) {
    this.settings = settings;
    this.seed = seed;
  }

  @Override
  public Case probe() {
    return ProbeCase.ofServer(seed);
  }

  @Override
  public Probe probed(Observation seen) {
    DialSettings dial = settings.dial();
    settings =
        new ServerSettings(
            settings.target(),
            new DialSettings(remembering(dial.route()), dial.timeout(), dial.tls()),
            settings.requests());
    return Probe.of(seen, ProbeCase.message());
  }

  @Override
  public Case binaryProbe() {
    return ProbeCase.binary(Endpoint.SERVER, seed);
  }

  @Override
  public boolean isParallel() {
    return true;
  }

  @Override
  public void run(
      CaseRun.Common common,
      Case theCase,
      boolean echoes,
      Duration settle,
      Duration time,
      Consumer<Observation> done) {
    new ServerRun(common, settings, theCase, echoes, settle, done).start(time);
  }

  /** The same way, but each name is resolved only once. */
  private static Route remembering(Route route) {
    if (!(route instanceof Route.Tcp tcp)) {
      return route;
    }
    Map<String, List<InetAddress>> known = new ConcurrentHashMap<>();
    Resolver remembering =
        host -> {
          List<InetAddress> addresses = known.get(host);
          if (addresses == null) {
            addresses = List.copyOf(tcp.resolver().resolve(host));
            known.put(host, addresses);
          }
          return addresses;
        };
    return new Route.Tcp(remembering, tcp.order(), tcp.proxy());
  }
}
