package wscope.cli.decode;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import wscope.capture.packets.CaptureListener;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.event.FrameListener;
import wscope.protocol.handshake.HeaderField;
import wscope.protocol.handshake.RequestHead;
import wscope.protocol.rule.Endpoint;
import wscope.report.Totals;

/** Collects a row for each connection of a capture. */
final class CaptureRows implements CaptureListener {
  /** The most rows that are kept, less with a small heap. Further connections have no row. */
  static final int MOST_ROWS =
      (int) Math.min(100_000, Runtime.getRuntime().maxMemory() / (2 << 10));

  private final ConnectionChoice choice;
  private final List<Event.CaptureRow> rows = new ArrayList<>();
  private final Set<Long> chosen = new HashSet<>();
  private long connections;
  private long leftOut;
  private long firstTime = -1;

  CaptureRows(ConnectionChoice choice) {
    this.choice = choice;
  }

  @Override
  public void time(long nanos) {
    firstTime = firstTime < 0 ? nanos : firstTime;
    choice.times().set(nanos);
  }

  @Override
  public ExchangeListener connection(long number) {
    connections++;
    return new Row(number);
  }

  /** The time of the first packet in nanoseconds; -1 if no packet has a time. */
  long firstTime() {
    return firstTime;
  }

  /** The number of connections, chosen or not. */
  long connections() {
    return connections;
  }

  /** The number of connections that are left out because they break no rule. */
  long leftOut() {
    return leftOut;
  }

  /** The rows of the chosen connections, in the order in which the connections ended. */
  List<Event.CaptureRow> rows() {
    rows.sort((first, second) -> Long.compare(first.number(), second.number()));
    return rows;
  }

  boolean isChosen(long number) {
    return chosen.contains(number);
  }

  private void end(Row row, Event.CaptureEnded ended) {
    if (!choice.fits(row)) {
      return;
    }
    if (choice.leavesOut(row)) {
      leftOut++;
    } else if (chosen.size() < MOST_ROWS) {
      chosen.add(row.number());
      rows.add(row.event(ended));
    }
  }

  /** What a row needs to know of its connection. */
  final class Row implements ExchangeListener {
    private final long number;
    private final Totals totals = new Totals();
    private final ExchangeListener counted = TimedListener.of(totals, choice.times());
    private boolean inTime;
    private Event.@Nullable Captured ends;
    private @Nullable String target;
    private @Nullable String path;
    private int status;
    private boolean deflate;
    private long differing;

    Row(long number) {
      this.number = number;
    }

    @Override
    public void event(Event event) {
      counted.event(event);
      if (event instanceof Event.Captured captured) {
        ends = captured;
        inTime = !choice.times().isOver();
      } else if (event instanceof Event.Request request) {
        RequestHead head = request.head();
        target = head == null ? null : head.target();
        path = head == null ? null : head.path();
      } else if (event instanceof Event.Response response && response.head() != null) {
        status = response.head().status();
        HeaderField extensions = response.head().first("Sec-WebSocket-Extensions");
        deflate = extensions != null && extensions.value().contains("permessage-deflate");
      } else if (event instanceof Event.RetransmissionDiffers differs) {
        differing += differs.bytes();
      } else if (event instanceof Event.CaptureEnded ended) {
        inTime &= choice.times().hasBegun();
        CaptureRows.this.end(this, ended);
      }
    }

    @Override
    public @Nullable FrameListener frames(@Nullable Endpoint sender) {
      return counted.frames(sender);
    }

    /** Whether the connection is open in the range of time that is chosen. */
    boolean isInTime() {
      return inTime;
    }

    long number() {
      return number;
    }

    Event.Captured ends() {
      Event.Captured known = ends;
      if (known == null) {
        throw new IllegalStateException("connection " + number + " has no ends");
      }
      return known;
    }

    @Nullable String path() {
      return path;
    }

    long errors() {
      return totals.errors();
    }

    Event.CaptureRow event(Event.CaptureEnded end) {
      return new Event.CaptureRow(
          number,
          ends(),
          target,
          status,
          deflate,
          totals.frames(),
          totals.messages(),
          totals.errors(),
          differing,
          end);
    }
  }
}
