package wscope.cli.proxy;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jspecify.annotations.Nullable;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.event.FrameListener;
import wscope.protocol.event.TeeListener;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.IncompleteFrame;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;
import wscope.protocol.rule.Violation;
import wscope.proxy.ProxyListener;
import wscope.report.Report;
import wscope.report.Summary;

/** Passes the events of a proxy to its report, and notes the first broken rule. */
final class ProxyEvents implements ProxyListener {
  private final Report report;
  private final @Nullable Summary summary;
  private final Set<Long> numbers = new ConcurrentSkipListSet<>();
  private @Nullable String broken;

  /**
   * Creates the listener of a proxy.
   *
   * @param summary counts the contents of all connections; null to count nothing
   */
  ProxyEvents(Report report, @Nullable Summary summary) {
    this.report = report;
    this.summary = summary;
  }

  /** The first rule that an end broke, in words; null if none has. */
  @Nullable String brokenRule() {
    return broken;
  }

  /** The numbers of the current connections. Any thread may call this. */
  Set<Long> numbers() {
    return numbers;
  }

  @Override
  public ExchangeListener connected(long number) {
    numbers.add(number);
    ExchangeListener shown = report.connection(null, number);
    Judge judge = new Judge(number);
    return summary == null ? TeeListener.of(shown, judge) : TeeListener.of(shown, judge, summary);
  }

  @Override
  public void event(Event event) {
    report.event(event);
  }

  @Override
  public void roundEnded() {
    report.flush();
  }

  private void broken(long number, Endpoint sender, Rule rule) {
    if (broken == null && rule.isError()) {
      broken = "#" + number + ": the " + sender.id() + " broke " + rule.id();
    }
  }

  /** Judges one connection. */
  private final class Judge implements ExchangeListener {
    private final long number;

    Judge(long number) {
      this.number = number;
    }

    @Override
    public void event(Event event) {
      if (event instanceof Event.Request request) {
        judge(Endpoint.CLIENT, request.result().violations());
      } else if (event instanceof Event.Response response) {
        judge(Endpoint.SERVER, response.violations());
      } else if (event instanceof Event.Parted
          || event instanceof Event.Page
          || event instanceof Event.Refused
          || event instanceof Event.Tunnelled) {
        numbers.remove(number);
      }
    }

    private void judge(Endpoint sender, List<Violation> violations) {
      for (int i = 0; i < violations.size(); i++) {
        broken(number, sender, violations.get(i).rule());
      }
    }

    @Override
    public @Nullable FrameListener frames(@Nullable Endpoint sender) {
      return sender == null ? null : new Frames(sender);
    }

    private final class Frames implements FrameListener {
      private final Endpoint from;

      Frames(Endpoint from) {
        this.from = from;
      }

      @Override
      public void frameStarted(FrameHeader header, Endpoint sender, List<Violation> violations) {
        judge(from, violations);
      }

      @Override
      public void headerIncomplete(
          IncompleteFrame incomplete,
          FrameHeader known,
          Endpoint sender,
          List<Violation> violations) {
        judge(from, violations);
      }

      @Override
      public void violation(Violation violation) {
        broken(number, from, violation.rule());
      }
    }
  }
}
