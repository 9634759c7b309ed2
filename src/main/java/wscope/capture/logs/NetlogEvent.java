package wscope.capture.logs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.capture.packets.InvalidCapture;

/** An event of a network log, as far as connections need it. Its parts come in any order. */
final class NetlogEvent {
  private static final int MOST_LINES = 1000;

  long millis = -1;
  long type = -1;
  long phase = -1;
  long source = -1;
  long sourceType = -1;

  /** Another source that the event names. */
  long dependency = -1;

  long byteCount = -1;
  String bytes = "";
  String local = "";
  String remote = "";
  String line = "";
  String reason = "";
  long netError;
  long opcode = -1;
  long payloadLength = -1;
  boolean isFinal;
  boolean masked;
  boolean rsv1;
  boolean rsv2;
  boolean rsv3;
  final List<String> headers = new ArrayList<>(0);

  /** Reads the current value; null if it is not an event. */
  static @Nullable NetlogEvent read(JsonLog json) throws IOException, InvalidCapture {
    if (!json.enterObject()) {
      return null;
    }
    NetlogEvent event = new NetlogEvent();
    while (json.nextField()) {
      switch (json.name()) {
        case "time" -> event.millis = json.number();
        case "type" -> event.type = json.number();
        case "phase" -> event.phase = json.number();
        case "source" -> event.source(json);
        case "params" -> event.params(json);
        default -> json.skip();
      }
    }
    return event;
  }

  private void source(JsonLog json) throws IOException, InvalidCapture {
    if (!json.enterObject()) {
      return;
    }
    while (json.nextField()) {
      switch (json.name()) {
        case "id" -> source = json.number();
        case "type" -> sourceType = json.number();
        default -> json.skip();
      }
    }
  }

  private void params(JsonLog json) throws IOException, InvalidCapture {
    if (!json.enterObject()) {
      return;
    }
    while (json.nextField()) {
      switch (json.name()) {
        case "byte_count" -> byteCount = json.number();
        case "bytes" -> bytes = json.text();
        case "local_address", "source_address" -> local = json.text();
        case "remote_address", "address" -> remote = json.text();
        case "line" -> line = json.text();
        case "internal_reason", "message" -> reason = json.text();
        case "net_error" -> netError = json.number(0);
        case "opcode" -> opcode = json.number();
        case "payload_length" -> payloadLength = json.number();
        case "final" -> isFinal = json.flag();
        case "masked" -> masked = json.flag();
        case "reserved1" -> rsv1 = json.flag();
        case "reserved2" -> rsv2 = json.flag();
        case "reserved3" -> rsv3 = json.flag();
        case "headers" -> headers(json);
        case "source_dependency" -> dependency(json);
        default -> json.skip();
      }
    }
  }

  private void headers(JsonLog json) throws IOException, InvalidCapture {
    if (!json.enterArray()) {
      return;
    }
    while (json.nextElement()) {
      String header = json.text();
      if (headers.size() < MOST_LINES) {
        headers.add(header);
      }
    }
  }

  private void dependency(JsonLog json) throws IOException, InvalidCapture {
    if (!json.enterObject()) {
      return;
    }
    while (json.nextField()) {
      if (json.name().equals("id")) {
        dependency = json.number();
      } else {
        json.skip();
      }
    }
  }

  /** The bytes; null if the log does not have them. */
  byte @Nullable [] decoded() {
    if (bytes.isEmpty()) {
      return null;
    }
    try {
      return Base64.getDecoder().decode(bytes);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
