package wscope.bench.process;

/** How the messages of a run travel. */
enum Wire {
  PLAIN,
  TLS,
  DEFLATE;

  @Override
  public String toString() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
