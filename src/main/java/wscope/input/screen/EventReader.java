package wscope.input.screen;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.EnumSet;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import wscope.input.find.Candidate;
import wscope.input.find.Evidence;
import wscope.input.find.Lines;
import wscope.input.find.Piece;
import wscope.input.find.Way;

/**
 * Reads the events that wscope writes as JSON, those of a recording too:
 *
 * <pre>
 * {"type":"frame","sender":"server","number":1,"offset":0, ... "text":"Hel","omitted":0}
 * </pre>
 */
final class EventReader {
  private static final String FORM = "wscope JSON";

  private final Lines lines;
  private final Streams streams;
  private final Consumer<Candidate> found;

  EventReader(Lines lines, Streams streams, Consumer<Candidate> found) {
    this.lines = lines;
    this.streams = streams;
    this.found = found;
  }

  /**
   * Reads the event that begins at an index.
   *
   * @return the index after it; the end of the line if it is not an event
   */
  int read(int line, int at) {
    JsonEvent event = JsonEvent.of(lines.text(), at, lines.end(line));
    if (event == null) {
      return lines.end(line);
    }
    Way way = way(event.text("sender"));
    String type = event.text("type");
    if (way == null) {
      return event.end();
    }
    if (type.equals("frame")) {
      frame(event, line, at, way);
    } else if (type.equals("handshake")) {
      head(event, line, at, way);
    } else if (event.has("omitted")) {
      streams.cover(connection(event), Covers.of(lines, line, at, event.end(), way));
    }
    return event.end();
  }

  private static @Nullable Way way(String sender) {
    return sender.equals("client") ? Way.CLIENT : sender.equals("server") ? Way.SERVER : null;
  }

  private static String connection(JsonEvent event) {
    return event.has("connection") ? Long.toString(event.number("connection")) : "";
  }

  private void frame(JsonEvent event, int line, int at, Way way) {
    FrameEvent frame = FrameEvent.of(event);
    if (frame == null) {
      streams.lose(connection(event), way);
      streams.claim(event.has("omitted") ? Covers.of(lines, line, at, event.end(), way) : null);
      return;
    }
    byte[] bytes = frame.bytes();
    streams.add(
        connection(event),
        FORM,
        frame.header(),
        event.number("offset"),
        bytes.length,
        List.of(new Piece(line, at, event.end(), bytes, way)));
  }

  /** What comes after a head is another candidate. */
  private void head(JsonEvent event, int line, int at, Way way) {
    streams.flush();
    String head = head(event, way);
    if (head.isEmpty()) {
      return;
    }
    found.accept(
        new Candidate(
            way == Way.CLIENT ? Candidate.Kind.REQUEST : Candidate.Kind.RESPONSE,
            FORM,
            "",
            List.of(new Piece(line, at, event.end(), head.getBytes(ISO_8859_1), way)),
            EnumSet.of(Evidence.HEAD, Evidence.OWN_OUTPUT)));
  }

  private static boolean isStatusMissing(JsonEvent event, Way way) {
    return way == Way.SERVER && event.number("status") < 0;
  }

  /** The head as received, if it was recorded; otherwise as it follows from its fields. */
  private static String head(JsonEvent event, Way way) {
    for (String name : List.of("raw", "received")) {
      if (event.has(name)) {
        return event.text(name);
      }
    }
    if (!event.isTrue("complete") || !event.isFlag("fields") || isStatusMissing(event, way)) {
      return "";
    }
    String head = head(event, way, ": ");
    // The space before an empty value may be missing.
    return head.length() == event.number("length") ? head : head(event, way, ":");
  }

  private static String head(JsonEvent event, Way way, String beforeNothing) {
    StringBuilder head = new StringBuilder();
    String version = event.text("version");
    if (way == Way.CLIENT) {
      head.append(event.text("method")).append(' ').append(event.text("target"));
      head.append(' ').append(version);
    } else {
      String status = Long.toString(1000 + event.number("status")).substring(1);
      head.append(version).append(' ').append(status).append(' ').append(event.text("reason"));
    }
    for (JsonEvent.Field field : event.fields()) {
      head.append("\r\n").append(field.name());
      head.append(field.value().isEmpty() ? beforeNothing : ": ").append(field.value());
    }
    return head.append("\r\n\r\n").toString();
  }
}
