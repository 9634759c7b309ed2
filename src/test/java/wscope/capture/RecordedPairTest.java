package wscope.capture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import wscope.protocol.Limits;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.event.FrameListener;
import wscope.protocol.rule.Endpoint;
import wscope.report.Advice;
import wscope.report.Report;
import wscope.report.json.EventSchema;
import wscope.report.json.JsonReport;
import wscope.report.json.RecordingStart;

/** The events of a forward proxy, as its recording keeps them. */
class RecordedPairTest {
  @Test
  void readsTheEventsOfTunnelsBack() throws Exception {
    List<Event> events = new ArrayList<>();
    for (Event.Proxied.Treatment treatment : Event.Proxied.Treatment.values()) {
      events.add(new Event.Proxied("[::1]:443", null, treatment));
      events.add(new Event.Proxied("a.test:1", "b.test", treatment));
      events.add(new Event.Rewritten("Proxy-Connection", "keep-alive", ""));
      events.add(new Event.Refused(502, "away", null));
      events.add(new Event.Tunnelled(0, 0, "a \u001b trouble", 5_000));
      events.add(new Event.Tunnelled(1L << 40, 3, null, 0));
    }
    assertEquals(events, readBack(events));
  }

  /** Records each event on a connection of its own, and reads the recording. */
  private static List<Event> readBack(List<Event> events) throws IOException, InvalidRecording {
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    RecordingStart start = new RecordingStart("wscope test", null, Limits.NONE);
    Report report = JsonReport.recording(json, start, Advice.NONE, InstantSource.system());
    for (int i = 0; i < events.size(); i++) {
      report.connection(null, i + 1).event(events.get(i));
    }
    report.flush();
    String text = EventSchema.check(json.toString(UTF_8));
    Collector collector = new Collector();
    RecordingReader.read(new ByteArrayInputStream(text.getBytes(UTF_8)), collector);
    return collector.events;
  }

  private static final class Collector implements RecordingListener, ExchangeListener {
    private final List<Event> events = new ArrayList<>();

    @Override
    public void time(Instant time) {}

    @Override
    public ExchangeListener connection(@Nullable Endpoint self, long number) {
      return this;
    }

    @Override
    public void event(Event event) {
      events.add(event);
    }

    @Override
    public @Nullable FrameListener frames(@Nullable Endpoint sender) {
      return null;
    }
  }
}
