package wscope.capture.write;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.event.FrameListener;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.IncompleteFrame;
import wscope.protocol.frame.Opcode;
import wscope.protocol.message.Message;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Violation;

/** One connection of a HAR: its handshake, and its messages until they are written. */
final class HarConnection implements ExchangeListener {
  private final HarWriter writer;
  private final Endpoint self;
  private final InstantSource clock;
  private final HarEntry entry;

  /** The messages that are not written yet, each with a comma before it. */
  private ByteArrayOutputStream messages = new ByteArrayOutputStream();

  HarConnection(HarWriter writer, Endpoint self, long number, InstantSource clock) {
    this.writer = writer;
    this.self = self;
    this.clock = clock;
    entry = new HarEntry(number, clock.instant());
  }

  @Override
  public void event(Event event) {
    if (event instanceof Event.Connected connected) {
      boolean isClient = self == Endpoint.CLIENT;
      entry.server = isClient ? connected.peer() : connected.local();
      entry.secure = !isClient && writer.isSecure();
    } else if (event instanceof Event.Secured) {
      entry.secure = true;
    } else if (event instanceof Event.Request request) {
      entry.request = request;
      entry.requestAt = clock.instant();
      count(request.result().violations());
    } else if (event instanceof Event.Response response) {
      entry.response = response;
      entry.responseAt = clock.instant();
      count(response.violations());
    } else if (event instanceof Event.Responded responded) {
      entry.body(UTF_8.encode(responded.response().body()));
    } else if (event instanceof Event.Body body && body.sender() == Endpoint.SERVER) {
      entry.body(body.bytes());
    } else if (event instanceof Event.Disconnected || event instanceof Event.Parted) {
      end();
    } else if (event instanceof Event.Page
        || event instanceof Event.Tunnelled
        || (event instanceof Event.Refused && entry.request == null)) {
      // The recording has no heads of these.
      writer.ended(entry.number);
    }
  }

  @Override
  public @Nullable FrameListener frames(@Nullable Endpoint sender) {
    return sender == null ? null : new Frames();
  }

  /** Writes the messages so far as an entry, if there are any. */
  void writePart() {
    if (messages.size() > 0) {
      write();
    }
  }

  /** Writes the last entry. */
  void end() {
    entry.unfinished += entry.open;
    entry.open = 0;
    write();
    writer.ended(entry.number);
  }

  private void count(List<Violation> violations) {
    entry.violations += violations.size();
  }

  private void write() {
    ByteArrayOutputStream out = new ByteArrayOutputStream(messages.size() + 4096);
    try (JsonGenerator json = writer.json(out)) {
      entry.write(json, Duration.between(entry.began, clock.instant()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (entry.isOpen() || messages.size() > 0) {
      out.writeBytes(",\"_webSocketMessages\":[".getBytes(UTF_8));
      out.write(
          messages.toByteArray(), messages.size() > 0 ? 1 : 0, Math.max(0, messages.size() - 1));
      out.write(']');
    }
    out.write('}');
    writer.holds(-messages.size());
    messages = new ByteArrayOutputStream();
    entry.nextPart();
    writer.entry(out.toByteArray());
  }

  private void message(Message message, ByteArrayOutputStream payload) {
    int before = messages.size();
    messages.write(',');
    try (JsonGenerator json = writer.json(messages)) {
      Instant now = clock.instant();
      json.writeStartObject();
      json.writeStringField("type", message.sender() == Endpoint.CLIENT ? "send" : "receive");
      json.writeNumberField("time", HarEntry.seconds(now));
      json.writeNumberField("opcode", message.type().code());
      boolean isText = message.type() == Opcode.TEXT && !message.isOpaque();
      if (isText) {
        json.writeStringField("data", payload.toString(UTF_8));
      } else {
        json.writeFieldName("data");
        json.writeBinary(payload.toByteArray());
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    writer.holds(messages.size() - before);
  }

  /** Collects the messages of one endpoint, and counts what a HAR does not hold. */
  private final class Frames implements FrameListener {
    /** The payload of the message that is arriving; a long one is not kept for the next. */
    private ByteArrayOutputStream payload = new ByteArrayOutputStream();

    @Override
    public void frameStarted(FrameHeader header, Endpoint sender, List<Violation> violations) {
      entry.frame(header);
      count(violations);
    }

    @Override
    public void headerIncomplete(
        IncompleteFrame incomplete,
        FrameHeader known,
        Endpoint sender,
        List<Violation> violations) {
      count(violations);
    }

    @Override
    public void violation(Violation violation) {
      entry.violations++;
    }

    @Override
    public void messageStarted(Message message) {
      entry.open++;
    }

    @Override
    public void messageData(Message message, ByteBuffer data, boolean last) {
      byte[] bytes = new byte[data.remaining()];
      data.get(data.position(), bytes);
      payload.writeBytes(bytes);
    }

    @Override
    public void messageEnded(Message message) {
      entry.open--;
      entry.message(message);
      message(message, payload);
      payload = new ByteArrayOutputStream();
    }

    @Override
    public void messageAbandoned(Message message) {
      entry.open--;
      entry.unfinished++;
      payload = new ByteArrayOutputStream();
    }

    @Override
    public void failed() {
      payload = new ByteArrayOutputStream();
    }
  }
}
