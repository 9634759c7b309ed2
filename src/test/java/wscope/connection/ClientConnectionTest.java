package wscope.connection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import wscope.net.EventLoop;
import wscope.net.Link;
import wscope.net.LinkAcceptor;
import wscope.net.LinkConnector;
import wscope.net.LinkHandler;
import wscope.net.LinkLimits;
import wscope.net.SocketFailure;
import wscope.protocol.Limits;
import wscope.protocol.PageDecision;
import wscope.protocol.Session;
import wscope.protocol.UpgradeDecision;
import wscope.protocol.UpgradeHandler;
import wscope.protocol.deflate.BufferPool;
import wscope.protocol.deflate.DeflateOffer;
import wscope.protocol.deflate.DeflateParameters;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.event.FrameListener;
import wscope.protocol.event.TransportEnd;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.Opcode;
import wscope.protocol.handshake.HttpResponse;
import wscope.protocol.handshake.RequestHead;
import wscope.protocol.handshake.UpgradeRequestBuilder;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Violation;

/** Both ends of a connection on one loop, over a real socket. */
@Timeout(30)
class ClientConnectionTest {
  private static final ConnectionSettings SETTINGS =
      new ConnectionSettings(
          Limits.SERVER,
          new Timeouts(Duration.ofSeconds(20), Duration.ofSeconds(20)),
          LinkLimits.DEFAULT.highWater());

  private final List<String> events = new ArrayList<>();
  private final List<Disconnected> gone = new ArrayList<>();
  private final AtomicReference<Connection> client = new AtomicReference<>();

  @Test
  void echoesAMessageUntilTheClientCloses() throws IOException {
    try (BufferPool pool = new BufferPool();
        EventLoop loop = EventLoop.open(LinkLimits.DEFAULT, 64 << 20)) {
      ConnectionOwner owner =
          (connection, event) -> {
            gone.add(event);
            if (gone.size() == 2) {
              loop.stop();
            }
          };
      InetSocketAddress address =
          loop.listen(
              new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
              new Acceptor(loop, pool, owner));
      loop.connect(address, Duration.ofSeconds(10), new Connector(loop, pool, owner));
      loop.run();
    }
    assertEquals(
        List.of(
            "server request / valid",
            "client response opens",
            "server frame text masked",
            "client frame text unmasked",
            "server frame close masked",
            "client frame close unmasked"),
        events.stream().filter(line -> !line.startsWith("own ")).toList());
    for (Disconnected event : gone) {
      assertTrue(event.opened());
      assertTrue(event.closure().isClean());
      assertEquals(Endpoint.CLIENT, event.closure().initiator());
      assertNull(event.cause());
      // The server ends TCP first (RFC 6455 §7.1.1).
      assertEquals(new TransportEnd(Endpoint.SERVER, TransportEnd.Manner.FIN), event.end());
      assertEquals(1, event.totals().received().messages());
      assertEquals(1, event.totals().sent().messages());
    }
  }

  private ExchangeListener listener(Endpoint self) {
    return new ExchangeListener() {
      @Override
      public void event(Event event) {
        if (event instanceof Event.Request request && self == Endpoint.SERVER) {
          events.add(
              "server request "
                  + request.head().target()
                  + (request.result().violations().isEmpty() ? " valid" : " invalid"));
        } else if (event instanceof Event.Response response && self == Endpoint.CLIENT) {
          events.add("client response " + (response.opens() ? "opens" : "fails"));
        }
      }

      @Override
      public @Nullable FrameListener frames(@Nullable Endpoint sender) {
        return new FrameListener() {
          @Override
          public void frameStarted(FrameHeader header, Endpoint from, List<Violation> violations) {
            String whose = from == self ? "own " : "";
            events.add(
                whose
                    + self.id()
                    + " frame "
                    + header.opcode().label()
                    + (header.masked() ? " masked" : " unmasked"));
            if (self == Endpoint.CLIENT && from != self && header.opcode() == Opcode.TEXT) {
              client.get().close(1000, "enough");
            }
          }
        };
      }
    };
  }

  private final class Acceptor implements LinkAcceptor, UpgradeHandler {
    private final EventLoop loop;
    private final BufferPool pool;
    private final ConnectionOwner owner;

    Acceptor(EventLoop loop, BufferPool pool, ConnectionOwner owner) {
      this.loop = loop;
      this.pool = pool;
      this.owner = owner;
    }

    @Override
    public LinkHandler accepted(Link link) {
      return Connection.ofServer(
          1, loop, link, SETTINGS, pool, owner, listener(Endpoint.SERVER), connection -> this);
    }

    @Override
    public void failed(IOException cause) {
      throw new AssertionError(cause);
    }

    @Override
    public PageDecision page(RequestHead request) {
      return new PageDecision.Page(new HttpResponse(404, List.of(), ""));
    }

    @Override
    public UpgradeDecision upgrade(RequestHead request) {
      return new UpgradeDecision.Accept(null, DeflateParameters.DEFAULT, List.of(), List.of());
    }
  }

  private final class Connector implements LinkConnector {
    private final EventLoop loop;
    private final BufferPool pool;
    private final ConnectionOwner owner;

    Connector(EventLoop loop, BufferPool pool, ConnectionOwner owner) {
      this.loop = loop;
      this.pool = pool;
      this.owner = owner;
    }

    @Override
    public LinkHandler connected(Link link) {
      Random random = new Random(1);
      Connection connection =
          Connection.ofClient(
              1,
              loop,
              link,
              SETTINGS,
              pool,
              new TextSender(owner),
              listener(Endpoint.CLIENT),
              UpgradeRequestBuilder.to("localhost", "/", random::nextBytes)
                  .deflate(List.of(DeflateOffer.DEFAULT))
                  .build(),
              0,
              random::nextInt);
      connection.admit(
          new Role("/", false, false, Event.QueryLeft.NOTHING),
          Behaviour.DEFAULT.reply(Behaviour.Reply.NONE));
      client.set(connection);
      return connection;
    }

    @Override
    public void failed(SocketFailure failure, IOException cause) {
      throw new AssertionError(failure.toString(), cause);
    }
  }

  /** Sends a text as soon as the connection is open. */
  private record TextSender(ConnectionOwner next) implements ConnectionOwner {
    @Override
    public void stateChanged(Connection connection) {
      if (connection.state() == Session.State.OPEN) {
        ByteBuffer text = ByteBuffer.wrap("Hello".getBytes(UTF_8));
        assertTrue(connection.send(Opcode.TEXT, text).isSent());
      }
    }

    @Override
    public void gone(Connection connection, Disconnected event) {
      next.gone(connection, event);
    }
  }
}
