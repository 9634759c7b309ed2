package wscope.proxy;

/** Where a request goes. */
sealed interface Destination {
  /** To nobody: the proxy responds itself. */
  record Refusal(int status, String why) implements Destination {}

  /**
   * To a server.
   *
   * @param whole whether the target is a whole URL, as in requests to a forward proxy
   * @param watched whether the proxy looks into the request and what follows
   */
  record Server(Route route, boolean whole, boolean watched) implements Destination {}

  /**
   * Through a tunnel, which the proxy does not look into.
   *
   * @param announced whether the client waits for the response to CONNECT
   */
  record Tunnel(Route route, boolean announced) implements Destination {}
}
