package wscope.bench.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;

/**
 * Clients of one echo server on this machine, all on the caller's thread. They stay open between
 * runs, so that runs against several servers can take turns.
 */
final class EchoLoad implements AutoCloseable {
  private static final int BUFFER_BYTES = 256 << 10;

  /** How long echoes may take after a run. */
  private static final long LONGEST_WAIT = 60_000_000_000L;

  private final Selector selector = Selector.open();
  private final List<EchoConnection> connections = new ArrayList<>();
  private final ByteBuffer out = ByteBuffer.allocate(BUFFER_BYTES);
  private final ByteBuffer in = ByteBuffer.allocate(BUFFER_BYTES);

  /**
   * The result of a run.
   *
   * @param perSecond echoes within its time
   * @param echoes all, including those after its time
   * @param latencies of all echoes
   */
  record Result(double perSecond, long echoes, Latencies latencies) {}

  /** When a run does something for a connection. */
  private interface Pace {
    /** A connection has received echoes. */
    void echoed(EchoConnection connection) throws IOException;

    /** Called before each wait; returns the longest wait in ms, or 0. */
    long waiting(long now) throws IOException;
  }

  EchoLoad(int port, Wire wire, Exchange exchange, int count) throws IOException {
    Exchange known = exchange;
    for (int i = 0; i < count; i++) {
      OpeningHandshake opening = OpeningHandshake.of(port, wire);
      if (wire == Wire.DEFLATE && i == 0) {
        known = opening.learn(exchange);
      }
      connections.add(new EchoConnection(opening, known, selector));
    }
  }

  /** Keeps {@code inFlight} messages in flight on each connection, as fast as the server echoes. */
  Result closedLoop(int inFlight, double seconds) throws IOException {
    long start = System.nanoTime();
    long end = start + (long) (seconds * 1e9);
    Pace pace =
        new Pace() {
          @Override
          public void echoed(EchoConnection connection) throws IOException {
            long now = System.nanoTime();
            while (now < end && connection.inFlight() < inFlight) {
              connection.add(now);
            }
            connection.send(out);
          }

          @Override
          public long waiting(long now) {
            return 100;
          }
        };
    for (EchoConnection connection : connections) {
      pace.echoed(connection);
    }
    return run(pace, start, end);
  }

  /**
   * Sends at a fixed rate, on each connection in turn, whether echoes come or not. The time of a
   * message begins when it was due, so a server that stalls pays for all messages that had to wait.
   */
  Result paced(double perSecond, double seconds) throws IOException {
    long start = System.nanoTime();
    long most = (long) (perSecond * seconds);
    Pace pace =
        new Pace() {
          private long next;

          @Override
          public void echoed(EchoConnection connection) {}

          @Override
          public long waiting(long now) throws IOException {
            for (; next < most; next++) {
              long due = start + (long) (next * 1e9 / perSecond);
              if (due > now) {
                return (due - now) / 1_000_000;
              }
              EchoConnection connection = connections.get((int) (next % connections.size()));
              connection.add(due);
              connection.send(out);
            }
            return 100;
          }
        };
    return run(pace, start, start + (long) (seconds * 1e9));
  }

  private Result run(Pace pace, long start, long end) throws IOException {
    Latencies latencies = new Latencies();
    long inTime = 0;
    long now = System.nanoTime();
    while (now < end || isBusy()) {
      long wait = pace.waiting(now);
      if (wait > 0) {
        selector.select(wait);
      } else {
        // Lets a server on the same core run, which otherwise waits until the system takes the core
        // away from this thread, some ms later.
        Thread.yield();
        selector.selectNow();
      }
      long echoes = 0;
      for (SelectionKey key : selector.selectedKeys()) {
        echoes += turn((EchoConnection) key.attachment(), key, pace, latencies);
      }
      selector.selectedKeys().clear();
      now = System.nanoTime();
      inTime += now < end ? echoes : 0;
      if (now - end > LONGEST_WAIT) {
        throw new IOException("echoes are missing");
      }
    }
    return new Result(inTime * 1e9 / (end - start), latencies.total(), latencies);
  }

  private int turn(EchoConnection connection, SelectionKey key, Pace pace, Latencies latencies)
      throws IOException {
    int echoes = key.isReadable() ? connection.receive(in, latencies) : 0;
    if (echoes > 0) {
      pace.echoed(connection);
    }
    if (key.isWritable()) {
      connection.send(out);
    }
    return echoes;
  }

  private boolean isBusy() {
    for (EchoConnection connection : connections) {
      if (connection.inFlight() > 0) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void close() throws IOException {
    for (EchoConnection connection : connections) {
      connection.close();
    }
    selector.close();
  }
}
