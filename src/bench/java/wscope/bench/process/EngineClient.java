package wscope.bench.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.cli.option.MaskingKeys;
import wscope.connect.AddressOrder;
import wscope.connect.Client;
import wscope.connect.ClientListener;
import wscope.connect.ClientSettings;
import wscope.connect.InvalidTarget;
import wscope.connect.Resolver;
import wscope.connect.Route;
import wscope.connect.Script;
import wscope.connect.Target;
import wscope.connection.Behaviour;
import wscope.connection.Connection;
import wscope.connection.ConnectionSettings;
import wscope.connection.Disconnected;
import wscope.connection.Timeouts;
import wscope.net.LinkLimits;
import wscope.protocol.Limits;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.event.FrameListener;
import wscope.protocol.frame.Opcode;
import wscope.protocol.handshake.UpgradeRequestBuilder;
import wscope.protocol.message.Message;
import wscope.protocol.rule.Endpoint;

/**
 * The engine of {@code connect} without its output. It does the same as {@code ws-client.mjs}: for
 * each line with a number of milliseconds, it runs that long and prints the number of echoes.
 */
final class EngineClient implements ClientListener {
  private static final Duration LONG = Duration.ofHours(1);

  private final ByteBuffer payload;
  private final int inFlight;
  private final Client client;
  private int sent;
  private int echoed;
  private int first;
  private long end;

  private EngineClient(int port, int bytes, int inFlight) throws IOException, InvalidTarget {
    payload = ByteBuffer.allocate(bytes);
    this.inFlight = inFlight;
    client = new Client(settings(Target.parse("ws://127.0.0.1:" + port + "/")), this);
  }

  /**
   * Runs the client until standard input ends.
   *
   * @param args port, bytes of a message, messages in flight
   */
  public static void main(String[] args) throws IOException, InvalidTarget {
    EngineClient it =
        new EngineClient(
            Integer.parseInt(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[2]));
    it.client.run();
  }

  private ClientSettings settings(Target target) {
    Script script =
        new Script(
            List.of(), LONG, true, true, LONG, null, 0, new Behaviour.Close(1000, ""), false);
    return new ClientSettings(
        target,
        new Route.Tcp(Resolver.SYSTEM, AddressOrder.BOTH, null),
        LONG,
        null,
        details -> null,
        () -> UpgradeRequestBuilder.to(target.authority(), target.resource(), key -> {}).build(),
        new ConnectionSettings(Limits.SERVER, Timeouts.DEFAULT, LinkLimits.DEFAULT.highWater()),
        LinkLimits.DEFAULT,
        Behaviour.DEFAULT.reply(Behaviour.Reply.NONE),
        new MaskingKeys(),
        script,
        0,
        null,
        false);
  }

  private void readLines() {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    lines.lines().forEach(line -> client.execute(() -> start(Long.parseLong(line))));
    client.stop();
  }

  private void start(long millis) {
    first = echoed;
    end = System.nanoTime() + millis * 1_000_000;
    for (int i = 0; i < inFlight; i++) {
      send();
    }
  }

  private void send() {
    Connection connection = client.connection();
    if (connection == null || !connection.isOpen()) {
      throw new IllegalStateException("the connection is not open");
    }
    payload.putInt(0, sent++);
    connection.speak(Opcode.BINARY, payload.duplicate());
  }

  private void echoed(int number, long length) {
    if (length != payload.capacity() || number != echoed) {
      throw new IllegalStateException("echo " + echoed + " is wrong");
    }
    echoed++;
    if (System.nanoTime() < end) {
      send();
    } else if (echoed == sent) {
      System.out.println(echoed - first);
    }
  }

  @Override
  public ExchangeListener connected(long number) {
    return new ExchangeListener() {
      @Override
      public void event(Event event) {
        if (event instanceof Event.Response) {
          Thread reader = new Thread(EngineClient.this::readLines, "reader");
          reader.setDaemon(true);
          reader.start();
        }
      }

      @Override
      public @Nullable FrameListener frames(@Nullable Endpoint sender) {
        return sender == Endpoint.SERVER ? new Echoes() : null;
      }
    };
  }

  /** Receives the echoes where {@code connect} receives what it shows. */
  private final class Echoes implements FrameListener {
    private final ByteBuffer number = ByteBuffer.allocate(Integer.BYTES);

    @Override
    public void messageData(Message message, ByteBuffer data, boolean last) {
      while (number.hasRemaining() && data.hasRemaining()) {
        number.put(data.get());
      }
    }

    @Override
    public void messageEnded(Message message) {
      echoed(number.flip().getInt(), message.length());
      number.clear();
    }
  }

  @Override
  public void disconnected(Disconnected event) {}

  @Override
  public void idle() {}

  @Override
  public void event(Event event) {}

  @Override
  public void roundEnded() {}
}
