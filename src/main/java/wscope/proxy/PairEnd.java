package wscope.proxy;

import org.jspecify.annotations.Nullable;
import wscope.protocol.event.ConnectionClosure;
import wscope.protocol.event.Crossings;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.event.LegEnd;
import wscope.protocol.event.LegTotals;
import wscope.protocol.event.TransportEnd;
import wscope.protocol.message.CloseBody;
import wscope.protocol.rule.Endpoint;

/** The end of a pair: which link ended first and how, and the report about the whole. */
final class PairEnd {
  private final ExchangeListener listener;
  private final Watch watch;
  private final long started = System.nanoTime();
  private @Nullable LegEnd end;
  private @Nullable String trouble;
  private long lastByte = started;
  private long longestGap;
  private boolean reported;

  PairEnd(ExchangeListener listener, Watch watch) {
    this.listener = listener;
    this.watch = watch;
  }

  /** The server is connected, so that silence counts from now on. */
  void joined() {
    lastByte = System.nanoTime();
  }

  /** Bytes have arrived. */
  void passed(long now) {
    longestGap = Math.max(longestGap, now - lastByte);
    lastByte = now;
  }

  /** Whether one of the links has ended. */
  boolean isKnown() {
    return end != null;
  }

  /**
   * A link has ended. Only the first one counts.
   *
   * @param by the endpoint that has ended it; null for the proxy
   */
  void set(@Nullable Endpoint by, TransportEnd.Manner manner, boolean passedOn) {
    if (end == null) {
      long silence = System.nanoTime() - lastByte;
      longestGap = Math.max(longestGap, silence);
      end = new LegEnd(by, manner, passedOn, silence);
    }
  }

  /** Something has failed, in words. Only the first failure counts. */
  void trouble(String words) {
    trouble = trouble == null ? words : trouble;
  }

  /** The time since the beginning in nanoseconds. */
  long lasted() {
    return System.nanoTime() - started;
  }

  /**
   * Reports the end, once.
   *
   * @param server the leg of the server; null if it was never connected
   * @param refused whether the proxy has responded instead of the server
   */
  void report(Leg client, @Nullable Leg server, boolean refused) {
    if (reported) {
      return;
    }
    reported = true;
    if (watch instanceof MessageWatch messages) {
      report(messages, client, server);
    } else if (!refused && watch instanceof PageWatch page && page.isWatched()) {
      report(page);
    } else if (!refused) {
      listener.event(new Event.Tunnelled(client.bytes(), bytes(server), trouble, lasted()));
    }
  }

  private static long bytes(@Nullable Leg leg) {
    return leg == null ? 0 : leg.bytes();
  }

  private void report(PageWatch page) {
    boolean whole = page.isComplete() || (page.hasEndedWithTcp() && trouble == null);
    listener.event(
        new Event.Page(
            page.request().method(),
            page.request().target(),
            page.status(),
            page.sent(),
            page.received(),
            whole ? null : pageTrouble(page),
            lasted()));
  }

  private String pageTrouble(PageWatch page) {
    if (trouble != null) {
      return trouble;
    }
    return page.status() == 0 ? "there was no response" : "the response is incomplete";
  }

  private void report(MessageWatch messages, Leg client, @Nullable Leg server) {
    messages.close();
    set(null, TransportEnd.Manner.FIN, false);
    LegEnd last = end;
    if (last != null) {
      listener.event(
          new Event.Parted(
              messages.hasOpened(),
              closure(messages),
              last,
              trouble,
              totals(client, messages.tally(Endpoint.CLIENT)),
              totals(server, messages.tally(Endpoint.SERVER)),
              longestGap,
              lasted()));
    }
  }

  private static ConnectionClosure closure(MessageWatch messages) {
    CloseBody fromServer = messages.tally(Endpoint.SERVER).closeBody();
    CloseBody fromClient = messages.tally(Endpoint.CLIENT).closeBody();
    return new ConnectionClosure(messages.closer(), fromServer, fromClient, null);
  }

  private static LegTotals totals(@Nullable Leg leg, Tally tally) {
    return new LegTotals(
        tally.totals(),
        bytes(leg),
        tally.roundTrips(),
        leg == null ? Crossings.NONE : leg.crossings());
  }
}
