package wscope.serve;

/** The effect of the queries of URLs on a server. */
public enum Queries {
  /** Known names configure the connection. Other names are the client's own. */
  LENIENT,
  /** Known names configure the connection. Other names are invalid. */
  STRICT,
  /** No query has an effect. */
  IGNORED
}
