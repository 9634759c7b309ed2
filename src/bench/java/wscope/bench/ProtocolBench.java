package wscope.bench;

import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
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
import wscope.protocol.MixedStreamReader;
import wscope.protocol.deflate.BufferPool;
import wscope.protocol.deflate.DeflateParameters;
import wscope.protocol.deflate.MessageDeflater;
import wscope.protocol.deflate.MessageInflater;
import wscope.protocol.frame.FrameDecoder;
import wscope.protocol.frame.FrameEncoder;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.Mask;
import wscope.protocol.frame.Opcode;
import wscope.protocol.message.Utf8;
import wscope.protocol.rule.Endpoint;
import wscope.report.Detail;
import wscope.report.LiveView;
import wscope.report.Report;
import wscope.report.Totals;
import wscope.report.ViewOptions;
import wscope.report.json.JsonReport;
import wscope.report.text.Screen;
import wscope.report.text.TextReport;

/** The costs of the protocol and of each printer. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ProtocolBench {
  private static final int KEY = 0x37fa213d;

  /** Masked text frames of 40 bytes, one after another. */
  @State(Scope.Thread)
  public static class Frames {
    static final int COUNT = 1000;
    private byte[] fresh = {};
    ByteBuffer bytes = ByteBuffer.allocate(0);

    @Setup
    public void make() {
      ByteBuffer made = ByteBuffer.allocate(COUNT * 46);
      byte[] text = "abcdefghijklmnopqrstuvwxyz0123456789ABCD".getBytes(StandardCharsets.UTF_8);
      for (int i = 0; i < COUNT; i++) {
        FrameHeader header = FrameHeader.of(Opcode.TEXT, text.length).mask(KEY);
        FrameEncoder.frame(header, ByteBuffer.wrap(text), made);
      }
      fresh = made.array();
      bytes = ByteBuffer.allocate(fresh.length);
    }

    /** All frames, masked again: reading unmasks in place. */
    ByteBuffer next() {
      bytes.clear().put(fresh);
      return bytes.flip();
    }
  }

  /** What prints the frames. */
  @State(Scope.Thread)
  public static class Printer {
    @Param({"none", "text-messages", "text-frames", "text-bits", "json"})
    public String printer = "none";

    private Report report = report("none");

    @Setup
    public void make() {
      report = report(printer);
    }

    private static Report report(String printer) {
      OutputStream out = OutputStream.nullOutputStream();
      Detail detail =
          printer.startsWith("text-")
              ? Detail.valueOf(printer.substring(5).toUpperCase(java.util.Locale.ROOT))
              : printer.equals("json") ? Detail.FRAMES : Detail.NONE;
      LiveView view = LiveView.fixed(new ViewOptions(detail, 4096, false));
      return printer.equals("json")
          ? new JsonReport(out, view, InstantSource.system())
          : new TextReport(new Screen(out, false, true), view);
    }
  }

  /** Reads, checks and prints one frame. */
  @Benchmark
  @OperationsPerInvocation(Frames.COUNT)
  public void frame(Frames frames, Printer printer) {
    Report report = printer.report;
    MixedStreamReader reader =
        new MixedStreamReader(Endpoint.CLIENT, Limits.NONE, null, report.stream(new Totals()));
    reader.feed(frames.next());
    reader.end();
    report.flush();
  }

  /** Decodes one frame without checking it. */
  @Benchmark
  @OperationsPerInvocation(Frames.COUNT)
  public Object header(Frames frames) {
    FrameDecoder decoder =
        new FrameDecoder(
            0,
            new FrameDecoder.Listener() {
              @Override
              public void frameStarted(FrameHeader header) {}

              @Override
              public void framePayload(FrameHeader header, ByteBuffer wire, long index) {}

              @Override
              public void frameEnded(FrameHeader header) {}
            });
    decoder.feed(frames.next());
    return decoder;
  }

  /** A payload of some size, on the heap or not. */
  @State(Scope.Thread)
  public static class Payload {
    @Param({"0", "7", "20", "125", "1024", "65536"})
    public int size = 20;

    @Param({"true", "false"})
    public boolean direct = true;

    ByteBuffer bytes = ByteBuffer.allocate(0);

    @Setup
    public void make() {
      bytes = direct ? ByteBuffer.allocateDirect(size) : ByteBuffer.allocate(size);
      for (int i = 0; i < size; i++) {
        bytes.put(i, (byte) ('a' + i % 26));
      }
    }
  }

  @Benchmark
  public Object mask(Payload payload) {
    Mask.apply(payload.bytes, KEY, 1);
    return payload.bytes;
  }

  @Benchmark
  public int utf8OfAscii(Payload payload) {
    return new Utf8().check(payload.bytes);
  }

  /** Text of one-, two- and three-byte characters. */
  @State(Scope.Thread)
  public static class MixedText {
    final ByteBuffer bytes =
        ByteBuffer.wrap(
            "Grüße aus Köln, 您好 – ça va? ".repeat(100).getBytes(StandardCharsets.UTF_8));
  }

  @Benchmark
  public int utf8OfMixedText(MixedText text) {
    return new Utf8().check(text.bytes);
  }

  /** A message of 2 KB that compresses well, on a connection with context takeover. */
  @State(Scope.Thread)
  public static class Compressed {
    final BufferPool pool = new BufferPool();
    final MessageInflater inflater =
        new MessageInflater(DeflateParameters.DEFAULT, Endpoint.CLIENT, Long.MAX_VALUE, pool);
    final MessageDeflater deflater =
        new MessageDeflater(DeflateParameters.DEFAULT, Endpoint.CLIENT, pool);
    final byte[] json =
        "{\"name\":\"value\",\"list\":[1,2,3]} ".repeat(64).getBytes(StandardCharsets.UTF_8);
    final ByteBuffer message = ByteBuffer.allocate(4096);

    @Setup
    public void make() {
      try (MessageDeflater first =
          new MessageDeflater(DeflateParameters.DEFAULT, Endpoint.CLIENT, pool)) {
        first.deflate(ByteBuffer.wrap(json), true, (slice, last) -> message.put(slice));
      }
      message.flip();
    }
  }

  @Benchmark
  public long inflateTwoKilobytes(Compressed compressed) {
    compressed.inflater.inflate(compressed.message.rewind(), true, (slice, last) -> {});
    compressed.inflater.release();
    return compressed.inflater.inflatedLength();
  }

  @Benchmark
  public Object deflateTwoKilobytes(Compressed compressed) {
    compressed.deflater.deflate(ByteBuffer.wrap(compressed.json), true, (slice, last) -> {});
    return compressed.deflater;
  }
}
