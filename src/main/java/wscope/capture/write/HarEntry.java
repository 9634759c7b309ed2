package wscope.capture.write;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import wscope.protocol.event.Event;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.Opcode;
import wscope.protocol.handshake.HeaderField;
import wscope.protocol.handshake.HttpHead;
import wscope.protocol.handshake.RequestHead;
import wscope.protocol.handshake.ResponseHead;
import wscope.protocol.message.Message;

/** The entry of one connection in a HAR, without its messages. */
final class HarEntry {
  /** The longest body that is written. */
  private static final int LONGEST_BODY = 64 << 10;

  final long number;
  final Instant began;
  Event.@Nullable Address server;
  boolean secure;
  Event.@Nullable Request request;
  Event.@Nullable Response response;
  Instant requestAt;
  Instant responseAt;
  long violations;

  /** The number of messages that have begun and not ended. */
  int open;

  long unfinished;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private long bodyLength;
  private long pings;
  private long pongs;
  private long closes;
  private long fragmented;
  private long compressed;
  private int part = 1;

  HarEntry(long number, Instant began) {
    this.number = number;
    this.began = began;
    requestAt = began;
    responseAt = began;
  }

  /** A time in seconds since 1970, with microseconds. */
  static BigDecimal seconds(Instant time) {
    return BigDecimal.valueOf(time.getEpochSecond() * 1_000_000 + time.getNano() / 1000, 6);
  }

  /** Whether the WebSocket has opened. */
  boolean isOpen() {
    return response != null && response.opens();
  }

  void body(ByteBuffer bytes) {
    int kept = Math.min(bytes.remaining(), LONGEST_BODY - body.size());
    for (int i = 0; i < kept; i++) {
      body.write(bytes.get(bytes.position() + i));
    }
    bodyLength += bytes.remaining();
  }

  void frame(FrameHeader header) {
    Opcode opcode = header.opcode();
    pings += opcode == Opcode.PING ? 1 : 0;
    pongs += opcode == Opcode.PONG ? 1 : 0;
    closes += opcode == Opcode.CLOSE ? 1 : 0;
  }

  void message(Message message) {
    fragmented += message.frames() > 1 ? 1 : 0;
    compressed += message.compression() != null ? 1 : 0;
  }

  /** Later messages are in another entry. */
  void nextPart() {
    part++;
  }

  /** Writes the entry up to the messages, without its closing brace. */
  void write(JsonGenerator json, Duration duration) throws IOException {
    long time = micros(duration);
    long before = Math.min(time, micros(Duration.between(began, requestAt)));
    long wait = Math.min(time - before, micros(Duration.between(requestAt, responseAt)));
    json.writeStartObject();
    json.writeStringField("startedDateTime", began.toString());
    json.writeNumberField("time", millis(time));
    request(json);
    response(json);
    json.writeObjectFieldStart("cache");
    json.writeEndObject();
    json.writeObjectFieldStart("timings");
    json.writeNumberField("send", millis(before));
    json.writeNumberField("wait", millis(wait));
    json.writeNumberField("receive", millis(time - before - wait));
    json.writeEndObject();
    if (server instanceof Event.Address.Tcp tcp) {
      json.writeStringField("serverIPAddress", tcp.host());
    }
    json.writeStringField("connection", Long.toString(number));
    String comment = comment();
    if (!comment.isEmpty()) {
      json.writeStringField("comment", comment);
    }
    json.writeStringField("_resourceType", isUpgrade() ? "websocket" : "other");
  }

  private static long micros(Duration duration) {
    return Math.max(0, duration.toNanos() / 1000);
  }

  private static BigDecimal millis(long micros) {
    return BigDecimal.valueOf(micros, 3);
  }

  private boolean isUpgrade() {
    RequestHead head = request == null ? null : request.head();
    return head != null && head.first("Upgrade") != null;
  }

  /** Says what the entry does not hold. */
  private String comment() {
    StringBuilder text = new StringBuilder();
    add(text, "part ", part > 1 ? part : 0, " of this connection");
    add(text, "not shown: ", pings, " ping frames");
    add(text, "not shown: ", pongs, " pong frames");
    add(text, "not shown: ", closes, " Close frames");
    add(text, "not shown: the fragments of ", fragmented, " messages");
    add(text, "not shown: the compression of ", compressed, " messages");
    add(text, "not shown: ", unfinished, " unfinished messages");
    add(text, "wscope found ", violations, " violations and warnings");
    return text.toString();
  }

  private static void add(StringBuilder text, String before, long count, String after) {
    if (count > 0) {
      text.append(text.isEmpty() ? "" : "; ").append(before).append(count).append(after);
    }
  }

  private void request(JsonGenerator json) throws IOException {
    RequestHead head = request == null ? null : request.head();
    json.writeObjectFieldStart("request");
    json.writeStringField("method", head == null ? "" : head.method());
    json.writeStringField("url", head == null ? "" : url(head));
    json.writeStringField("httpVersion", head == null ? "" : head.version());
    head(json, head);
    json.writeArrayFieldStart("queryString");
    if (head != null) {
      query(json, head.target());
    }
    json.writeEndArray();
    json.writeNumberField("bodySize", head == null ? -1 : 0);
    if (request != null && head == null) {
      json.writeStringField("comment", "wscope could not read the request");
    }
    json.writeEndObject();
  }

  private String url(RequestHead head) {
    if (!head.target().startsWith("/")) {
      return head.target();
    }
    HeaderField host = head.first("Host");
    String scheme = isUpgrade() ? "ws" : "http";
    return scheme
        + (secure ? "s" : "")
        + "://"
        + (host == null ? "" : host.value())
        + head.target();
  }

  /** Writes the parameters of the query as they are in the target. */
  private static void query(JsonGenerator json, String target) throws IOException {
    int at = target.indexOf('?') + 1;
    while (at > 0 && at < target.length()) {
      int next = target.indexOf('&', at);
      String pair = target.substring(at, next < 0 ? target.length() : next);
      int equals = pair.indexOf('=');
      field(
          json,
          equals < 0 ? pair : pair.substring(0, equals),
          equals < 0 ? "" : pair.substring(equals + 1));
      at = next + 1;
    }
  }

  private void response(JsonGenerator json) throws IOException {
    ResponseHead head = response == null ? null : response.head();
    HeaderField type = head == null ? null : head.first("Content-Type");
    HeaderField location = head == null ? null : head.first("Location");
    json.writeObjectFieldStart("response");
    json.writeNumberField("status", head == null ? 0 : head.status());
    json.writeStringField("statusText", head == null ? "" : head.reason());
    json.writeStringField("httpVersion", head == null ? "" : head.version());
    head(json, head);
    json.writeObjectFieldStart("content");
    json.writeNumberField("size", bodyLength);
    json.writeStringField("mimeType", type == null ? "x-unknown" : type.value());
    if (bodyLength > 0 && bodyLength <= LONGEST_BODY) {
      body(json);
    }
    json.writeEndObject();
    json.writeStringField("redirectURL", location == null ? "" : location.value());
    json.writeNumberField("bodySize", head == null ? -1 : bodyLength);
    if (response == null) {
      json.writeStringField("comment", "there was no response");
    } else if (head == null) {
      json.writeStringField("comment", "wscope could not read the response");
    }
    json.writeEndObject();
  }

  private void body(JsonGenerator json) throws IOException {
    try {
      String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(body.toByteArray())).toString();
      json.writeStringField("text", text);
    } catch (CharacterCodingException e) {
      json.writeFieldName("text");
      json.writeBinary(body.toByteArray());
      json.writeStringField("encoding", "base64");
    }
  }

  /** Writes what requests and responses have in common. */
  private static void head(JsonGenerator json, @Nullable HttpHead head) throws IOException {
    json.writeArrayFieldStart("cookies");
    json.writeEndArray();
    json.writeArrayFieldStart("headers");
    if (head != null) {
      for (HeaderField field : head.fields()) {
        field(json, field.name(), field.value());
      }
    }
    json.writeEndArray();
    json.writeNumberField("headersSize", head == null ? -1 : head.size());
  }

  private static void field(JsonGenerator json, String name, String value) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", name);
    json.writeStringField("value", value);
    json.writeEndObject();
  }
}
