package wscope.cli.option;

import org.jspecify.annotations.Nullable;
import wscope.capture.write.CaptureWriter;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.rule.Endpoint;
import wscope.report.Report;
import wscope.report.Totals;

/** Passes the events of connections to a capture. */
record CaptureReport(CaptureWriter writer) implements Report {
  @Override
  public ExchangeListener stream(Totals totals) {
    throw new UnsupportedOperationException("a capture has connections only");
  }

  @Override
  public ExchangeListener connection(@Nullable Endpoint self, long number) {
    return self == null
        ? new CapturedPair(() -> writer.connection(Endpoint.SERVER, number))
        : writer.connection(self, number);
  }

  @Override
  public void event(Event event) {
    writer.event(event);
  }

  @Override
  public void flush() {
    writer.flush();
  }
}
