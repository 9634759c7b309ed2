package wscope.capture.logs;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import wscope.capture.packets.InvalidCapture;
import wscope.capture.packets.PacketCapture;

/**
 * Reads the network log of Chromium (net-export, or --log-net-log). Its constants name the types of
 * events. With the capture mode Everything, the log has the bytes of each socket, also those inside
 * of TLS; otherwise, it has the heads and the headers of frames.
 */
final class NetlogReader {
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long LATEST_MILLIS = Long.MAX_VALUE / NANOS_PER_MILLI / 2;
  private static final int MOST_NAMES = 10_000;

  private final InputStream in;
  private final PacketCapture capture;
  private final Runnable pause;
  private final Map<Long, String> types = new HashMap<>();
  private final Map<Long, String> sources = new HashMap<>();
  private final Map<Long, String> phases = new HashMap<>();
  private final NetlogSockets sockets;
  private final NetlogRequests requests;
  private long offset;

  NetlogReader(InputStream in, PacketCapture capture, Runnable pause) {
    this.in = in;
    this.capture = capture;
    this.pause = pause;
    sockets = new NetlogSockets(capture);
    requests = new NetlogRequests(capture, sockets);
  }

  void read() throws IOException, InvalidCapture {
    capture.findings().countAs("event", "events", null);
    try (JsonLog json = new JsonLog(in)) {
      json.run(() -> file(json));
    } finally {
      sockets.finish();
      requests.finish();
    }
  }

  private void file(JsonLog json) throws IOException, InvalidCapture {
    json.next();
    while (json.nextField()) {
      if (json.name().equals("constants") && json.enterObject()) {
        constants(json);
      } else if (json.name().equals("events") && json.enterArray()) {
        while (json.nextElement()) {
          NetlogEvent event = NetlogEvent.read(json);
          if (event != null) {
            take(event);
          }
          pause.run();
        }
      } else {
        json.skip();
      }
    }
    json.end();
  }

  private void constants(JsonLog json) throws IOException, InvalidCapture {
    while (json.nextField()) {
      switch (json.name()) {
        case "logEventTypes" -> names(json, types);
        case "logSourceType" -> names(json, sources);
        case "logEventPhase" -> names(json, phases);
        case "timeTickOffset" -> offset = Math.min(json.number(), LATEST_MILLIS);
        default -> json.skip();
      }
    }
  }

  private static void names(JsonLog json, Map<Long, String> into)
      throws IOException, InvalidCapture {
    if (!json.enterObject()) {
      return;
    }
    while (json.nextField()) {
      String name = json.name();
      long number = json.number();
      if (into.size() < MOST_NAMES) {
        into.put(number, name);
      }
    }
  }

  private void take(NetlogEvent event) {
    capture.findings().count();
    String type = types.getOrDefault(event.type, "");
    String source = sources.getOrDefault(event.sourceType, "");
    boolean ends = phases.getOrDefault(event.phase, "").equals("PHASE_END");
    if (event.millis >= 0 && event.millis < LATEST_MILLIS && offset >= 0) {
      capture.time((offset + event.millis) * NANOS_PER_MILLI);
    }
    if (source.equals("SOCKET")) {
      if (type.equals("SOCKET_ALIVE") && ends) {
        requests.socketEnded(event.source);
      }
      sockets.take(event, type, ends);
    } else if (source.equals("URL_REQUEST")) {
      requests.take(event, type);
    }
  }
}
