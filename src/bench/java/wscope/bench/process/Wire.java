package wscope.bench.process;

/** How the messages of a run are transported. */
enum Wire {
  PLAIN,
  TLS,
  DEFLATE;

  @Override
  public String toString() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
