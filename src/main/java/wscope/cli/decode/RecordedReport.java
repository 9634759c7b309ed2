package wscope.cli.decode;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import wscope.capture.RecordingListener;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.event.TeeListener;
import wscope.protocol.rule.Endpoint;
import wscope.report.Report;

/**
 * Shows a recording as the live screen showed it.
 *
 * @param counted receives each event of a connection before the report does
 * @param onRedacted called if the recording was redacted
 */
record RecordedReport(
    Report report, ExchangeListener counted, RecordedClock clock, Runnable onRedacted)
    implements RecordingListener {
  @Override
  public void redacted() {
    onRedacted.run();
  }

  @Override
  public void time(Instant time) {
    report.flush();
    clock.set(time);
  }

  @Override
  public ExchangeListener connection(@Nullable Endpoint self, long number) {
    return TeeListener.of(counted, report.connection(self, number));
  }

  @Override
  public void event(Event event) {
    report.event(event);
  }
}
