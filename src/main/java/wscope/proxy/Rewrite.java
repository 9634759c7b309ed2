package wscope.proxy;

/** A part of a request that a proxy changes. */
public enum Rewrite {
  /** The Host field names the server. */
  HOST,
  /** The Origin field names the server. */
  ORIGIN,
  /** The path of the server's URL takes the place of the path of the route. */
  PATH
}
