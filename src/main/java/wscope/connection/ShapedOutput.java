package wscope.connection;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import wscope.net.Link;
import wscope.protocol.TransportWriter;

/** Output on its way to the link: delayed, collected, paced, split or cut off on request. */
public final class ShapedOutput implements TransportWriter {
  private final Link link;
  private final Runnable onChange;

  /** The first receiver of the bytes: the link, or a writer that shapes them. */
  private TransportWriter next;

  private @Nullable Pacer pacer;
  private @Nullable Splitter splitter;
  private @Nullable Delayer delayer;
  private @Nullable Collector collector;

  /**
   * Creates an output that passes on everything at once.
   *
   * @param onChange runs whenever the number of waiting bytes changes
   */
  public ShapedOutput(Link link, Runnable onChange) {
    this.link = link;
    this.onChange = onChange;
    next = new ToLink(link);
  }

  /** Passes on single bytes from now on. */
  void trickle(Duration interval) {
    pace(Pacer.ofBytes(link, next, interval, onChange));
  }

  /** Limits the rate from now on, unless single bytes are passed on. */
  public void limit(long bytesPerSecond) {
    if (pacer == null) {
      pace(Pacer.ofRate(link, next, bytesPerSecond, onChange));
    }
  }

  private void pace(Pacer chosen) {
    pacer = chosen;
    next = chosen;
  }

  /** Splits the output into pieces of this many bytes from now on. */
  public void split(int piece) {
    splitter = new Splitter(link, next, piece, onChange);
    next = splitter;
  }

  /** Passes on a limited number of bytes from now on, then runs an action. */
  public void cutOff(long bytes, Runnable exhausted) {
    next = new CutOff(next, bytes, exhausted);
  }

  /** Passes everything on after a delay from now on. */
  public void delay(Duration time) {
    delayer = new Delayer(link, next, time, onChange);
    next = delayer;
  }

  /** Collects the output for a time, and passes it on at once, from now on. */
  public void collect(Duration time) {
    collector = new Collector(link, next, time, onChange);
    next = collector;
  }

  /** The number of waiting bytes. */
  public long waiting() {
    return (pacer == null ? 0 : pacer.waiting())
        + (splitter == null ? 0 : splitter.waiting())
        + (delayer == null ? 0 : delayer.waiting())
        + (collector == null ? 0 : collector.waiting());
  }

  @Override
  public void write(ByteBuffer bytes) {
    next.write(bytes);
  }

  @Override
  public void end() {
    next.end();
  }

  /** Stops all output. */
  public void stop() {
    if (delayer != null) {
      delayer.stop();
    }
    if (collector != null) {
      collector.stop();
    }
    if (pacer != null) {
      pacer.stop();
    }
    if (splitter != null) {
      splitter.stop();
    }
  }

  /** Writes to the link. */
  private record ToLink(Link link) implements TransportWriter {
    @Override
    public void write(ByteBuffer bytes) {
      link.write(bytes);
    }

    @Override
    public void end() {
      link.end();
    }
  }
}
