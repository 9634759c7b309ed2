package wscope.connect;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Finds the addresses of a name. It may block, so it runs on a thread of its own. */
public interface Resolver {
  /** The resolver of this machine. */
  Resolver SYSTEM = host -> List.of(InetAddress.getAllByName(host));

  /** The addresses of a name or of an IP address, at least one. */
  List<InetAddress> resolve(String host) throws UnknownHostException;
}
