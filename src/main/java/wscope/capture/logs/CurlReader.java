package wscope.capture.logs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import wscope.capture.packets.InvalidCapture;
import wscope.capture.packets.PacketCapture;
import wscope.packet.TcpConnection;
import wscope.packet.TcpEndpoint;
import wscope.packet.TcpListener;
import wscope.packet.TcpRelease;
import wscope.protocol.event.Event;

/** Reads a trace of curl: what it sent and received, without TLS. */
final class CurlReader {
  private static final int LONGEST_LINE = 64 << 10;
  private static final int MOST_CONNECTIONS = 4096;
  private static final long DAY = 86_400_000_000_000L;

  /** What curl writes about a new connection, in older and in newer versions. */
  private static final List<String> CONNECTED =
      List.of("Connected to ", "Established connection to ");

  private final BufferedInputStream in;
  private final PacketCapture capture;
  private final Runnable pause;
  private final TcpListener streams;
  private final Map<String, TcpConnection> connections = new HashMap<>();
  private long opened;
  private long lineNumber;

  /** The time of the last line, and the beginning of its day. */
  private long lastNanos;

  private long day;

  /** The number of the current connection, if the trace has none. */
  private long current;

  private TcpEndpoint client = unknown(-1);
  private TcpEndpoint server = unknown(-2);
  private @Nullable CurlBlock block;

  /** Whether the rows of the trace are known to be hex. */
  private boolean hex;

  /** Whether the last line has no end and is none of a trace. */
  private boolean cutOff;

  CurlReader(InputStream in, PacketCapture capture, Runnable pause) {
    this.in = in instanceof BufferedInputStream buffered ? buffered : new BufferedInputStream(in);
    this.capture = capture;
    this.pause = pause;
    streams = capture.streams(Event.Fidelity.TRACE);
  }

  private static TcpEndpoint unknown(int port) {
    return TcpEndpoint.of(new byte[4], port);
  }

  void read() throws IOException, InvalidCapture {
    capture.findings().countAs("block", "blocks", "connection");
    try {
      String line = line();
      while (line != null) {
        take(CurlLine.of(line));
        line = line();
      }
      CurlBlock last = block;
      endBlock();
      if (cutOff || (last != null && last.isIncomplete())) {
        throw new InvalidCapture("the file is cut off after line " + lineNumber);
      }
    } finally {
      endBlock();
      release(TcpRelease.CAPTURE_ENDED);
    }
  }

  /** The next line without its end; null at the end. What exceeds the limit is dropped. */
  private @Nullable String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int next = in.read();
    if (next < 0) {
      return null;
    }
    while (next >= 0 && next != '\n') {
      if (line.size() < LONGEST_LINE) {
        line.write(next);
      }
      next = in.read();
    }
    lineNumber++;
    String text = line.toString(ISO_8859_1);
    cutOff = next < 0 && CurlLine.of(text).kind() == CurlLine.Kind.OTHER;
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }

  private void take(CurlLine line) {
    if (line.kind() == CurlLine.Kind.ROW) {
      if (block != null) {
        block.row(line);
      }
    } else if (line.kind() != CurlLine.Kind.OTHER) {
      endBlock();
      time(line);
      if (line.kind() == CurlLine.Kind.REMARK) {
        remark(line);
      } else {
        begin(line);
      }
    }
  }

  /** The trace has no date. Times that go back by more than half a day are of the next one. */
  private void time(CurlLine line) {
    if (line.nanos() >= 0) {
      day += lastNanos - line.nanos() > DAY / 2 ? DAY : 0;
      lastNanos = line.nanos();
      capture.time(day + lastNanos);
    }
  }

  private void remark(CurlLine line) {
    String text = line.text();
    for (String start : CONNECTED) {
      int addresses = text.indexOf(" (", start.length());
      if (text.startsWith(start) && text.indexOf(' ', start.length()) == addresses) {
        connected(text.substring(Math.max(0, addresses) + " (".length()));
      }
    }
  }

  /**
   * Reads {@code 192.0.2.1) port 80}, or {@code 192.0.2.1 port 80) from 192.0.2.9 port 4711}, with
   * anything after it.
   */
  private void connected(String addresses) {
    String[] words = addresses.replace(")", "").split(" ", -1);
    if (words.length < 3 || !words[1].equals("port")) {
      return;
    }
    current++;
    server = NetlogSockets.endpoint(words[0] + ":" + words[2], -2);
    client =
        words.length >= 7 && words[3].equals("from") && words[5].equals("port")
            ? NetlogSockets.endpoint(words[4] + ":" + words[6], -1)
            : unknown(-1);
  }

  private void begin(CurlLine line) {
    capture.findings().count();
    if (line.what().equals("SSL data")) {
      return;
    }
    String key = line.connection().isEmpty() ? "#" + current : line.connection();
    TcpConnection connection = connections.get(key);
    if (connection == null) {
      if (connections.size() == MOST_CONNECTIONS) {
        release(TcpRelease.CROWDED);
      }
      connection = new TcpConnection(++opened, client, server, true);
      connections.put(key, connection);
      streams.opened(connection);
    }
    block = new CurlBlock(line, hex, sink(connection, line.sent()));
  }

  private void release(TcpRelease why) {
    connections.values().forEach(connection -> streams.released(connection, why));
    connections.clear();
  }

  private CurlBlock.Sink sink(TcpConnection connection, boolean sent) {
    TcpEndpoint sender = sent ? connection.first() : connection.second();
    return new CurlBlock.Sink() {
      @Override
      public void bytes(ByteBuffer bytes) {
        streams.bytes(connection, sender, bytes);
      }

      @Override
      public void missing(long count) {
        streams.gap(connection, sender, count);
      }
    };
  }

  private void endBlock() {
    if (block != null) {
      block.end();
      hex = block.isHex();
      block = null;
      pause.run();
    }
  }
}
