package wscope.interop.server;

/** A server that runs until it is closed. */
public interface EchoServer extends AutoCloseable {
  int port();

  @Override
  void close();

  /** Starts a server. */
  @FunctionalInterface
  interface Starter {
    EchoServer start() throws Exception;
  }

  /**
   * A server that has started.
   *
   * @param stop stops it
   */
  static EchoServer of(int port, AutoCloseable stop) {
    return new EchoServer() {
      @Override
      public int port() {
        return port;
      }

      @Override
      public void close() {
        try {
          stop.close();
        } catch (Exception e) {
          throw new IllegalStateException(e);
        }
      }
    };
  }
}
