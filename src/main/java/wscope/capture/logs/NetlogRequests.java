package wscope.capture.logs;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import wscope.capture.packets.PacketCapture;
import wscope.capture.packets.StreamKind;
import wscope.protocol.event.Event;
import wscope.protocol.event.TransportEnd;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.Opcode;
import wscope.protocol.frame.RsvBits;
import wscope.protocol.rule.Endpoint;

/** The requests of a network log without bytes: their heads, and the headers of their frames. */
final class NetlogRequests {
  /** The number of requests that are followed; the one that is idle for the longest is given up. */
  private static final int MOST = 4096;

  private final PacketCapture capture;
  private final NetlogSockets sockets;
  private final Map<Long, Request> requests = new LinkedHashMap<>(16, 0.75f, true);

  NetlogRequests(PacketCapture capture, NetlogSockets sockets) {
    this.capture = capture;
    this.sockets = sockets;
  }

  private static final class Request {
    long job = -1;
    boolean webSocket;
    boolean begun;
    boolean judged;

    /** The head of the request; empty if it is not in the log. */
    String head = "";

    @Nullable LoggedConnection connection;
  }

  void take(NetlogEvent event, String type) {
    switch (type) {
      case "HTTP_STREAM_REQUEST_BOUND_TO_JOB" -> request(event.source).job = event.dependency;
      case "HTTP_TRANSACTION_SEND_REQUEST_HEADERS" -> sent(event);
      case "HTTP_TRANSACTION_READ_RESPONSE_HEADERS" -> received(event);
      case "WEBSOCKET_SENT_FRAME_HEADER" -> frame(event, Endpoint.CLIENT);
      case "WEBSOCKET_RECV_FRAME_HEADER" -> frame(event, Endpoint.SERVER);
      case "WEBSOCKET_INVALID_FRAME", "WEBSOCKET_UPGRADE_FAILURE" -> failed(event);
      default -> {}
    }
  }

  private void sent(NetlogEvent event) {
    LoggedHead head = new LoggedHead();
    event.headers.forEach(head::line);
    Request request = request(event.source);
    request.webSocket = head.isWebSocket();
    request.judged = head.hasWebSocketFields();
    request.head = request.webSocket ? head.after(event.line.strip()) : "";
    if (!request.webSocket && !sockets.hasBytes()) {
      capture.findings().connection(StreamKind.HTTP);
    }
  }

  private void received(NetlogEvent event) {
    Request request = request(event.source);
    if (!request.webSocket || event.headers.isEmpty()) {
      return;
    }
    LoggedConnection connection = begin(request);
    if (connection != null) {
      LoggedHead head = new LoggedHead();
      event.headers.stream().skip(1).forEach(head::line);
      connection.response(head.after(event.headers.get(0)), true);
    }
  }

  private void frame(NetlogEvent event, Endpoint sender) {
    Request request = request(event.source);
    request.webSocket = true;
    LoggedConnection connection = begin(request);
    if (connection != null && event.opcode >= 0 && event.payloadLength >= 0) {
      FrameHeader fields =
          FrameHeader.of(Opcode.of((int) event.opcode & 0xf), event.payloadLength)
              .fin(event.isFinal)
              .rsv(
                  (event.rsv1 ? RsvBits.RSV1 : 0)
                      + (event.rsv2 ? RsvBits.RSV2 : 0)
                      + (event.rsv3 ? RsvBits.RSV3 : 0));
      connection.header(sender, event.masked ? fields.mask(0) : fields);
    }
  }

  private void failed(NetlogEvent event) {
    Request request = request(event.source);
    LoggedConnection connection = request.webSocket ? begin(request) : null;
    if (connection != null && !event.reason.isEmpty()) {
      connection.remark(event.reason);
    }
  }

  /** Begins the connection, unless the log has its bytes. */
  private @Nullable LoggedConnection begin(Request request) {
    if (!request.begun && !sockets.hasBytes()) {
      request.begun = true;
      LoggedConnection begun =
          LoggedConnection.begin(
              capture, Event.Fidelity.HEADERS, sockets.ends(sockets.ofJob(request.job)));
      request.connection = begun;
      if (begun != null && !request.head.isEmpty()) {
        begun.request(request.head, request.judged);
      }
    }
    return request.connection;
  }

  private Request request(long id) {
    Request known = requests.get(id);
    if (known == null) {
      known = new Request();
      requests.put(id, known);
      if (requests.size() > MOST) {
        Long oldest = requests.keySet().iterator().next();
        end(requests.remove(oldest), Event.ReadUntil.CROWDED);
      }
    }
    return known;
  }

  private void end(@Nullable Request request, Event.@Nullable ReadUntil until) {
    if (request != null && request.connection != null) {
      request.connection.finish(until);
      request.connection = null;
      capture.findings().connection(StreamKind.WEBSOCKET);
    } else if (request != null && request.webSocket && !sockets.hasBytes()) {
      unanswered(request, until);
    }
  }

  /** A request for a WebSocket without a response is one, too. */
  private void unanswered(Request request, Event.@Nullable ReadUntil until) {
    LoggedConnection connection = begin(request);
    if (connection != null) {
      connection.finish(until);
      request.connection = null;
      capture.findings().connection(StreamKind.WEBSOCKET);
    }
  }

  /** The browser has closed a socket. */
  void socketEnded(long socket) {
    requests
        .values()
        .removeIf(
            request -> {
              boolean ends = request.connection != null && sockets.ofJob(request.job) == socket;
              if (ends && request.connection != null) {
                request.connection.ended(Endpoint.CLIENT, TransportEnd.Manner.FIN);
                end(request, null);
              }
              return ends;
            });
  }

  /** The log ends: what is open ends here. */
  void finish() {
    requests.values().forEach(request -> end(request, null));
    requests.clear();
  }
}
