package wscope.capture.write;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.rule.Endpoint;

/**
 * Writes connections as HAR 1.2, with the messages in {@code _webSocketMessages} as browsers have
 * them. The file is valid JSON after each write. A connection is written when it ends. If all
 * connections together hold too much, each of them is written as an entry, and its later messages
 * follow in another entry.
 */
public final class HarWriter implements CaptureWriter {
  /** The number of bytes that all connections hold before they are written. */
  static final int MOST_HELD = 16 << 20;

  private static final String COMMENT =
      "HAR holds requests, responses and whole messages. It does not hold frames, fragments, masks,"
          + " control frames, compression and messages that did not end; the comment of each entry"
          + " counts them.";

  private final CaptureFile file;
  private final String program;
  private final InstantSource clock;
  private final JsonFactory json = new JsonFactory();
  private final Map<Long, HarConnection> connections = new LinkedHashMap<>();
  private final byte[] tail = "\n]}}\n".getBytes(UTF_8);
  private boolean started;
  private boolean hasEntries;
  private boolean secure;
  private long held;

  /**
   * Creates a writer.
   *
   * @param program the name and version of wscope
   * @param clock the clock for the times of the messages
   */
  public HarWriter(CaptureFile file, String program, InstantSource clock) {
    this.file = file;
    this.program = program;
    this.clock = clock;
  }

  @Override
  public ExchangeListener connection(Endpoint self, long number) {
    start();
    HarConnection connection = new HarConnection(this, self, number, clock);
    connections.put(number, connection);
    return connection;
  }

  @Override
  public void event(Event event) {
    start();
    if (event instanceof Event.Listening listening) {
      secure = listening.addresses().get(0).url().startsWith("wss:");
    }
  }

  @Override
  public void flush() {
    if (held > MOST_HELD) {
      List.copyOf(connections.values()).forEach(HarConnection::writePart);
    }
  }

  @Override
  public void close() {
    List.copyOf(connections.values()).forEach(HarConnection::end);
  }

  /** Whether a server of ours accepts TLS connections. */
  boolean isSecure() {
    return secure;
  }

  /** Counts the bytes that a connection holds more than before, or fewer. */
  void holds(long more) {
    held += more;
  }

  void ended(long number) {
    connections.remove(number);
  }

  /** Writes an entry. */
  void entry(byte[] entry) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(entry.length + tail.length + 2);
    out.writeBytes((hasEntries ? ",\n" : "\n").getBytes(UTF_8));
    hasEntries = true;
    out.writeBytes(entry);
    append(out);
  }

  /** Creates a generator that writes no whitespace. */
  JsonGenerator json(ByteArrayOutputStream out) {
    try {
      JsonGenerator generator = json.createGenerator(out);
      generator.disable(JsonGenerator.Feature.AUTO_CLOSE_JSON_CONTENT);
      return generator;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void start() {
    if (started) {
      return;
    }
    started = true;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int space = program.indexOf(' ');
    try (JsonGenerator start = json(out)) {
      start.writeStartObject();
      start.writeObjectFieldStart("log");
      start.writeStringField("version", "1.2");
      start.writeObjectFieldStart("creator");
      start.writeStringField("name", program.substring(0, space));
      start.writeStringField("version", program.substring(space + 1));
      start.writeEndObject();
      start.writeArrayFieldStart("pages");
      start.writeEndArray();
      start.writeStringField("comment", COMMENT);
      start.writeArrayFieldStart("entries");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    append(out);
  }

  private void append(ByteArrayOutputStream out) {
    out.writeBytes(tail);
    file.append(out.toByteArray(), out.size(), tail.length);
  }
}
