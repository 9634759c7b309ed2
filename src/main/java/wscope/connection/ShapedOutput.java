package wscope.connection;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import wscope.net.Link;
import wscope.protocol.TransportWriter;

/** Output on its way to the link: delayed, collected, paced, split or cut off on request. */
public final class ShapedOutput implements TransportWriter {
  private final Link link;
  private final Runnable onChange;

  /** The first receiver of the bytes: the link, or a writer that shapes them. */
  private TransportWriter next;

  /** The writers that hold bytes back; few connections have any. */
  private final List<HoldingWriter> holding = new ArrayList<>(0);

  private boolean paced;

  /** Whether TCP is reset once everything is written. */
  private boolean resets;

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
    if (!paced) {
      pace(Pacer.ofRate(link, next, bytesPerSecond, onChange));
    }
  }

  private void pace(Pacer chosen) {
    paced = true;
    hold(chosen);
  }

  /** Splits the output into pieces of this many bytes from now on. */
  public void split(int piece) {
    hold(new Splitter(link, next, piece, onChange));
  }

  /** Passes on a limited number of bytes from now on, then runs an action. */
  public void cutOff(long bytes, Runnable exhausted) {
    next = new CutOff(next, bytes, exhausted);
  }

  /** Passes everything on after a delay from now on. */
  public void delay(Duration time) {
    hold(new Delayer(link, next, time, onChange));
  }

  /** Collects the output for a time, and passes it on at once, from now on. */
  public void collect(Duration time) {
    hold(new Collector(link, next, time, onChange));
  }

  /** The number of waiting bytes. */
  public long waiting() {
    long bytes = 0;
    for (int i = 0; i < holding.size(); i++) {
      bytes += holding.get(i).waiting();
    }
    return bytes;
  }

  @Override
  public void write(ByteBuffer bytes) {
    next.write(bytes);
  }

  @Override
  public void end() {
    next.end();
  }

  /** Resets TCP once everything is written. Nothing may be written after this. */
  public void reset() {
    resets = true;
    drained();
  }

  /** Some of the output has been written, perhaps the last before a reset. */
  public void drained() {
    if (resets && waiting() == 0) {
      link.push();
      if (link.hasWrittenAll()) {
        link.reset();
      }
    }
  }

  /** Stops all output. */
  public void stop() {
    holding.forEach(HoldingWriter::stop);
  }

  private void hold(HoldingWriter writer) {
    holding.add(writer);
    next = writer;
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
