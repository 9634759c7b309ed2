package wscope.proxy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import wscope.connection.ShapedOutput;
import wscope.net.Link;
import wscope.net.LinkHandler;
import wscope.net.SocketFailure;
import wscope.net.TlsMismatch;
import wscope.protocol.event.Crossings;
import wscope.protocol.event.FrameListener;
import wscope.protocol.event.TransportEnd;
import wscope.protocol.rule.Endpoint;

/** One of the two links of a pair. What it receives goes to the other one. */
final class Leg implements LinkHandler {
  private final Pair pair;
  private final Endpoint endpoint;
  private final Link link;
  private final long highWater;
  private final ShapedOutput output;

  /** Whether input is paused until the other link has room. */
  private boolean held;

  /** Why input is paused whatever room the other link has. */
  enum Bar {
    /** What follows waits for the response. */
    RESPONSE,
    /** The user wants that nothing is read. */
    STOPPED,
    /** Too many messages wait for the user. */
    FULL,
    /** The connection is reset once its output is written. */
    RESET
  }

  /** The bars that are down. */
  private final Set<Bar> bars = EnumSet.noneOf(Bar.class);

  /** Whether the output ends after what waits. */
  private boolean ending;

  private boolean established;
  private boolean ended;
  private boolean closed;
  private long bytes;
  private final CrossingCount crossings = new CrossingCount();

  /**
   * Creates a leg.
   *
   * @param shape how it sends what the other endpoint has sent
   */
  Leg(Pair pair, Endpoint endpoint, Link link, long highWater, Shape shape) {
    this.pair = pair;
    this.endpoint = endpoint;
    this.link = link;
    this.highWater = highWater;
    link.join();
    output = new ShapedOutput(link, this::waitingChanged);
    if (shape.split() > 0) {
      output.split(shape.split());
    }
    if (shape.rate() > 0) {
      output.limit(shape.rate());
    }
    if (!shape.coalesce().isZero()) {
      output.collect(shape.coalesce());
    }
    if (!shape.delay().isZero()) {
      output.delay(shape.delay());
    }
  }

  Link link() {
    return link;
  }

  boolean isClosed() {
    return closed;
  }

  /** Whether the endpoint has ended its direction. */
  boolean hasEnded() {
    return ended;
  }

  /** Counts bytes that were received before there was a pair. */
  void read(int more) {
    bytes += more;
  }

  /** The number of bytes received. */
  long bytes() {
    return bytes;
  }

  Crossings crossings() {
    return crossings.result();
  }

  @Override
  public void established() {
    established = true;
    pair.joined();
  }

  @Override
  public void received(ByteBuffer in) {
    Leg other = pair.other(this);
    if (pair.isRefused()) {
      in.position(in.limit());
      return;
    }
    if (other == null) {
      // The server is not connected yet, so the link is held.
      return;
    }
    if (in.hasRemaining()) {
      pass(in, other);
    } else {
      pair.watch().catchUp(endpoint);
      other.link.push();
      settle(other);
    }
    pair.looked();
  }

  private void pass(ByteBuffer in, Leg other) {
    long start = System.nanoTime();
    int passable = pair.watch().passable(endpoint, in);
    int end = in.limit();
    Edits edits = pair.edits();
    if (passable > 0) {
      in.limit(in.position() + passable);
      if (edits == null) {
        pass(in, in.duplicate(), other, start);
      } else {
        edit(in, other, start, edits);
      }
    }
    // What may not be passed belongs to a request that must come on a connection of its own.
    in.limit(end).position(end);
    settle(other);
  }

  /** Passes bytes on, then looks at what was received. */
  private void pass(ByteBuffer received, ByteBuffer sent, Leg other, long start) {
    if (sent.hasRemaining()) {
      other.write(sent);
    }
    long nanos = other.link.waiting() == 0 ? System.nanoTime() - start : -1;
    bytes += received.remaining();
    crossings.add(nanos);
    pair.passed(this, start);
    pair.watch().passed(endpoint, received, nanos);
  }

  /** Passes bytes on until the editor is active, which passes on what the watch has read. */
  private void edit(ByteBuffer in, Leg other, long start, Edits edits) {
    int end = in.limit();
    while (in.position() < end && !edits.isActive(endpoint)) {
      ByteBuffer received = in.duplicate();
      ByteBuffer sent = edits.take(endpoint, in);
      pass(received.limit(in.position()), sent, other, start);
    }
    if (in.hasRemaining()) {
      bytes += in.remaining();
      pair.passed(this, start);
      pair.watch().passed(endpoint, in, FrameListener.NOT_MEASURED);
      other.link.push();
    }
  }

  /** Pauses the input while the other link has no room, or the watch must read bytes first. */
  private void settle(Leg other) {
    Edits edits = pair.edits();
    boolean behind = edits != null && edits.isActive(endpoint) && pair.watch().isBehind(endpoint);
    hold(behind || other.link.waiting() > highWater);
  }

  /** Sends bytes to the endpoint, now if the socket accepts them. */
  void write(ByteBuffer out) {
    gather(out);
    link.push();
  }

  /** Sends bytes to the endpoint together with others of this turn. */
  void gather(ByteBuffer out) {
    if (closed) {
      out.position(out.limit());
    } else {
      output.write(out);
    }
  }

  /** Sends a limited number of bytes to the endpoint from now on, then runs an action. */
  void cutOff(long most, Runnable exhausted) {
    output.cutOff(most, exhausted);
  }

  /** Resets the connection once its output is written. Nothing more is read. */
  void reset() {
    if (!closed) {
      bar(Bar.RESET, true);
      output.reset();
    }
  }

  /** Pauses the input, or continues unless it is barred. */
  void hold(boolean on) {
    boolean wanted = on || !bars.isEmpty();
    if (wanted != held) {
      held = wanted;
      link.hold(wanted);
    }
  }

  /** Pauses the input until all bars are lifted. */
  void bar(Bar bar, boolean on) {
    if (on ? bars.add(bar) : bars.remove(bar)) {
      hold(false);
    }
  }

  /** Gives the watch another turn if it has left bytes of this endpoint, and counts those. */
  void looked() {
    if (!closed) {
      count();
      link.giveUpUnlessFits();
      if (pair.watch().isBehind(endpoint)) {
        link.requestTurn();
      }
    }
  }

  /** Counts what is held for looking at it, and what is held back on purpose. */
  private void count() {
    long heldBack = output.waiting();
    Edits edits = pair.edits();
    long held = pair.watch().held(endpoint) + (edits == null ? 0 : edits.held(endpoint));
    link.kept(held + heldBack, heldBack);
  }

  private void waitingChanged() {
    if (!closed) {
      count();
      drained();
    }
  }

  /** Ends the output after what waits. */
  void end() {
    ending = true;
    output.end();
  }

  @Override
  public void drained() {
    Leg other = pair.other(this);
    if (other != null && other.held && link.waiting() <= highWater / 2) {
      other.hold(false);
    }
    output.drained();
  }

  @Override
  public void giveUp() {
    pair.watch().giveUp();
    looked();
  }

  @Override
  public void freeMemory() {
    pair.watch().giveUp();
  }

  @Override
  public void ended() {
    ended = true;
    if (isSilentServer() && link.endFailure() instanceof TlsMismatch mismatch) {
      pair.unreachable(mismatch.failure(), mismatch);
      return;
    }
    pair.ended(this, TransportEnd.Manner.FIN);
    Edits edits = pair.edits();
    Leg other = pair.other(this);
    if (edits == null) {
      end(other);
      pair.watch().ended(endpoint);
    } else {
      pair.watch().ended(endpoint);
      edits.ended(endpoint, () -> end(other));
      if (other != null) {
        other.bar(Bar.STOPPED, false);
      }
    }
  }

  private boolean isSilentServer() {
    return endpoint == Endpoint.SERVER && bytes == 0;
  }

  private static void end(@Nullable Leg other) {
    if (other != null && !other.closed) {
      other.end();
    }
  }

  @Override
  public void closed(@Nullable Exception cause) {
    closed = true;
    output.stop();
    SocketFailure failure = cause == null ? null : SocketFailure.of(cause);
    Leg other = pair.other(this);
    boolean unusable = !established || cause instanceof TlsMismatch;
    if (isSilentServer() && unusable && cause instanceof IOException io) {
      if (!pair.isRefused()) {
        pair.unreachable(SocketFailure.of(io), io);
      }
    } else if (failure == SocketFailure.TLS_TRUNCATED) {
      // The end of the endpoint has been passed on.
      pair.trouble(this, cause);
      if (!ending) {
        resetAfterAll(other);
      }
    } else if (failure != null && failure.isReset()) {
      pair.ended(this, TransportEnd.Manner.RESET);
      resetAfterAll(other);
    } else if (cause != null) {
      boolean late = failure == SocketFailure.TIMED_OUT;
      pair.ended(null, late ? TransportEnd.Manner.DEADLINE : TransportEnd.Manner.ABORT);
      pair.trouble(this, cause);
      if (other != null) {
        other.reset();
      }
    }
    Edits edits = pair.edits();
    if (edits != null) {
      edits.gone(endpoint);
    }
    if (other != null) {
      other.bar(Bar.STOPPED, false);
      other.bar(Bar.FULL, false);
    }
    pair.closed();
  }

  /** Resets the other connection after everything that the endpoint has sent. */
  private void resetAfterAll(@Nullable Leg other) {
    Edits edits = pair.edits();
    if (other != null && edits == null) {
      other.reset();
    } else if (other != null && edits != null) {
      pair.watch().ended(endpoint);
      edits.ended(endpoint, other::reset);
    }
  }

  Endpoint endpoint() {
    return endpoint;
  }
}
