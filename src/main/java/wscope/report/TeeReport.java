package wscope.report;

import org.jspecify.annotations.Nullable;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.event.TeeListener;
import wscope.protocol.rule.Endpoint;

/** Passes everything to two reports, in order. */
public record TeeReport(Report first, Report second) implements Report {
  @Override
  public ExchangeListener stream(Totals totals) {
    return TeeListener.of(first.stream(totals), second.stream(new Totals()));
  }

  @Override
  public ExchangeListener connection(@Nullable Endpoint self, long number) {
    return TeeListener.of(first.connection(self, number), second.connection(self, number));
  }

  @Override
  public void event(Event event) {
    first.event(event);
    second.event(event);
  }

  @Override
  public void flush() {
    first.flush();
    second.flush();
  }
}
