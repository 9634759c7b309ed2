package wscope.interop;

import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import wscope.interop.server.EchoServer;
import wscope.interop.server.JavaWebSocketEcho;
import wscope.interop.server.JettyEcho;
import wscope.interop.server.NettyEcho;
import wscope.interop.server.TyrusEcho;
import wscope.interop.server.UndertowEcho;

/** The real echo servers of the tests. Each echoes at {@code /echo}. */
enum RealServer {
  WS("ws", script(ClientProcess.script("ws-server.mjs"))),
  WEBSOCKETS("websockets", script(ClientProcess.script("websockets-server.py"))),
  AIOHTTP("aiohttp", RealServer::aiohttp),
  JETTY("Jetty", JettyEcho::start),
  UNDERTOW("Undertow", UndertowEcho::start),
  NETTY("Netty", NettyEcho::start),
  TYRUS("Tyrus", TyrusEcho::start),
  JAVA_WEBSOCKET("Java-WebSocket", JavaWebSocketEcho::start);

  /**
   * The loggers that would write to the output of the tests. A logger must be held to stay quiet.
   */
  private static final List<Logger> QUIET =
      Stream.of("io.undertow", "org.xnio", "org.jboss", "org.glassfish")
          .map(Logger::getLogger)
          .toList();

  private final String product;

  @SuppressWarnings("ImmutableEnumChecker") // A starter has no state.
  private final EchoServer.Starter starter;

  RealServer(String product, EchoServer.Starter starter) {
    this.product = product;
    this.starter = starter;
  }

  /** The name of the product, as the tables have it. */
  String product() {
    return product;
  }

  EchoServer start() throws Exception {
    QUIET.forEach(logger -> logger.setLevel(Level.WARNING));
    return starter.start();
  }

  private static EchoServer.Starter script(List<String> command) {
    return () -> {
      ServerScript server = new ServerScript(command);
      return EchoServer.of(server.port(), server);
    };
  }

  private static EchoServer aiohttp() throws Exception {
    Tool.folder(
        Path.of("/usr/lib/python3/dist-packages/aiohttp"), "apt-get install python3-aiohttp");
    return script(List.of("/usr/bin/python3", "aiohttp-server.py")).start();
  }
}
