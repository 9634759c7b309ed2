package wscope.bench;

import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import wscope.protocol.Limits;
import wscope.protocol.PageDecision;
import wscope.protocol.Session;
import wscope.protocol.SessionHandler;
import wscope.protocol.TransportWriter;
import wscope.protocol.UpgradeDecision;
import wscope.protocol.UpgradeHandler;
import wscope.protocol.deflate.BufferPool;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.frame.FrameEncoder;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.Opcode;
import wscope.protocol.handshake.RequestHead;
import wscope.protocol.rule.Endpoint;
import wscope.report.Detail;
import wscope.report.LiveView;
import wscope.report.Report;
import wscope.report.ViewOptions;
import wscope.report.json.JsonReport;
import wscope.report.text.Screen;
import wscope.report.text.TextReport;

/**
 * The cost of an echo without sockets. Binary messages are fed from the same memory again and
 * again: each read toggles the mask of its payload.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class SessionBench {
  private static final int COUNT = 1000;
  private static final int KEY = 0x37fa213d;

  /** The most bytes of a read from a socket. */
  private static final int LONGEST_READ = 256 << 10;

  private static final String REQUEST =
      """
      GET / HTTP/1.1\r
      Host: localhost\r
      Upgrade: websocket\r
      Connection: Upgrade\r
      Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
      Sec-WebSocket-Version: 13\r
      \r
      """;

  /** An open session, whose output goes nowhere and whose events go to a report. */
  private static final class Echo implements SessionHandler, UpgradeHandler, TransportWriter {
    private final Report report;
    private final Session session;

    Echo(String shown) {
      report = report(shown);
      ExchangeListener listener = report.connection(Endpoint.SERVER, 1);
      session = Session.ofServer(Limits.SERVER, new BufferPool(), this, this, listener, this);
      session.feed(ByteBuffer.wrap(REQUEST.getBytes(StandardCharsets.US_ASCII)));
      if (session.state() != Session.State.OPEN) {
        throw new IllegalStateException("the session did not open");
      }
    }

    private static Report report(String shown) {
      OutputStream out = OutputStream.nullOutputStream();
      boolean json = shown.equals("json");
      Detail detail = json ? Detail.FRAMES : Detail.valueOf(shown.toUpperCase(Locale.ROOT));
      LiveView view = LiveView.fixed(new ViewOptions(detail, 4096, false));
      return json
          ? new JsonReport(out, view, InstantSource.system())
          : new TextReport(new Screen(out, false, true), view);
    }

    /** Feeds everything from position 0, in pieces as a socket returns them. */
    long feed(ByteBuffer bytes) {
      for (int at = 0; at < bytes.capacity(); at += LONGEST_READ) {
        session.feed(bytes.limit(Math.min(at + LONGEST_READ, bytes.capacity())).position(at));
      }
      report.flush();
      return session.totalsSent().frames();
    }

    @Override
    public PageDecision page(RequestHead request) {
      throw new IllegalStateException("the request is for a WebSocket");
    }

    @Override
    public UpgradeDecision upgrade(RequestHead request) {
      return new UpgradeDecision.Accept(null, null, List.of(), List.of());
    }

    @Override
    public void message(Session from, Opcode type, ByteBuffer payload) {
      from.send(type, payload);
    }

    @Override
    public void write(ByteBuffer bytes) {
      bytes.position(bytes.limit());
    }

    @Override
    public void end() {
      throw new IllegalStateException("the session ended");
    }
  }

  /** Messages of 20 bytes, and how they are shown. */
  @State(Scope.Thread)
  public static class Small {
    @Param({"none", "messages", "frames", "bits", "json"})
    public String shown = "none";

    private Echo echo = new Echo("none");
    private ByteBuffer bytes = ByteBuffer.allocate(0);

    @Setup
    public void make() {
      echo = new Echo(shown);
      bytes = messages(COUNT, 20);
    }
  }

  /** One message, which is not shown. */
  @State(Scope.Thread)
  public static class Large {
    @Param({"65536", "1048576"})
    public int size = 1 << 20;

    private final Echo echo = new Echo("none");
    private ByteBuffer bytes = ByteBuffer.allocate(0);

    @Setup
    public void make() {
      bytes = messages(1, size);
    }
  }

  private static ByteBuffer messages(int count, int size) {
    FrameHeader header = FrameHeader.of(Opcode.BINARY, size).mask(KEY);
    ByteBuffer made = ByteBuffer.allocateDirect(count * (header.size() + size));
    for (int i = 0; i < count; i++) {
      FrameEncoder.frame(header, ByteBuffer.allocate(size), made);
    }
    return made;
  }

  /** One small message. */
  @Benchmark
  @OperationsPerInvocation(COUNT)
  public long smallEcho(Small small) {
    return small.echo.feed(small.bytes);
  }

  /** One large message, joined from several reads if needed. */
  @Benchmark
  public long largeEcho(Large large) {
    return large.echo.feed(large.bytes);
  }
}
