package wscope.input.screen;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import wscope.input.find.Candidate;
import wscope.input.find.Piece;
import wscope.input.find.Way;
import wscope.protocol.FrameReader;
import wscope.protocol.Limits;
import wscope.protocol.MixedStreamReader;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.event.FrameListener;
import wscope.protocol.frame.FrameEncoder;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.LengthForm;
import wscope.protocol.frame.Opcode;
import wscope.protocol.rule.Endpoint;
import wscope.report.Advice;
import wscope.report.Detail;
import wscope.report.LiveView;
import wscope.report.Report;
import wscope.report.Totals;
import wscope.report.ViewOptions;
import wscope.report.json.JsonReport;
import wscope.report.json.RecordingStart;
import wscope.report.text.LineTimes;
import wscope.report.text.Screen;
import wscope.report.text.TextReport;
import wscope.report.text.TimeStyle;

/** Random frames, printed by each report, are read back as the same bytes. */
class ReadBackTest {
  private static final int SEEDS = 12;
  private static final int[] LENGTHS = {0, 1, 7, 8, 9, 16, 17, 125, 126, 127, 1000, 65535, 65536};
  private static final Instant NOW = Instant.parse("2026-11-21T14:06:05.25Z");

  static IntStream seeds() {
    return IntStream.range(0, SEEDS);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void theScreenOfDecode(int seed) {
    byte[] frames = frames(new Random(seed), null);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    boolean unicode = seed % 2 == 0;
    ViewOptions all = new ViewOptions(Detail.BITS, ViewOptions.WHOLE, seed % 3 == 0);
    decode(new TextReport(new Screen(out, false, unicode), LiveView.fixed(all)), frames);
    assertArrayEquals(frames, only(out.toString(UTF_8)));
  }

  /** A line does not always show all of its frame, but what it shows is read at any width. */
  @ParameterizedTest
  @MethodSource("seeds")
  void aLineForEachFrameOnTerminalsOfAnyWidth(int seed) {
    byte[] frames = frames(new Random(seed), Endpoint.CLIENT);
    List<String> wide = readFromATerminal(0, frames);
    for (int columns : new int[] {40, 60, 80, 100, 132}) {
      assertEquals(wide, readFromATerminal(columns, frames), () -> "columns: " + columns);
    }
  }

  private static List<String> readFromATerminal(int columns, byte[] frames) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ViewOptions all = new ViewOptions(Detail.FRAMES, ViewOptions.WHOLE, false);
    Screen screen = new Screen(out, false, true, LineTimes.OFF, columns);
    decode(new TextReport(screen, LiveView.fixed(all)), frames);
    return Finds.in(out.toString(UTF_8)).stream()
        .map(found -> HexFormat.of().formatHex(found.bytes()))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void theJsonOfDecode(int seed) {
    byte[] frames = frames(new Random(seed), null);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ViewOptions all = new ViewOptions(Detail.FRAMES, ViewOptions.WHOLE, false);
    decode(new JsonReport(out, LiveView.fixed(all), InstantSource.fixed(NOW)), frames);
    assertArrayEquals(frames, only(out.toString(UTF_8)));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void theScreenOfServe(int seed) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TimeStyle[] styles = TimeStyle.values();
    LineTimes times =
        new LineTimes(styles[seed % styles.length], InstantSource.fixed(NOW), ZoneOffset.UTC);
    ViewOptions all = new ViewOptions(Detail.BITS, ViewOptions.WHOLE, false);
    Report report = new TextReport(new Screen(out, false, true, times, 0), LiveView.fixed(all));
    assertTwoConnections(seed, out, report, Endpoint.SERVER);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void theScreenOfAProxy(int seed) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TimeStyle[] styles = TimeStyle.values();
    LineTimes times =
        new LineTimes(styles[seed % styles.length], InstantSource.fixed(NOW), ZoneOffset.UTC);
    ViewOptions all = new ViewOptions(Detail.BITS, ViewOptions.WHOLE, false);
    Report report = new TextReport(new Screen(out, false, true, times, 0), LiveView.fixed(all));
    assertTwoConnections(seed, out, report, null);
  }

  /** Each line says how long the frame took to pass; apart from that, it is that of serve. */
  @ParameterizedTest
  @MethodSource("seeds")
  void aLineForEachFrameOfAProxy(int seed) {
    List<String> ofServer = linesReadBack(seed, Endpoint.SERVER, 0);
    assertTrue(ofServer.size() > 1, ofServer::toString);
    for (int columns : new int[] {0, 60, 80, 132}) {
      assertEquals(ofServer, linesReadBack(seed, null, columns), () -> "columns: " + columns);
    }
  }

  /** What is read from lines of frames, by connection and sender. */
  private static List<String> linesReadBack(int seed, @Nullable Endpoint self, int columns) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ViewOptions all = new ViewOptions(Detail.FRAMES, ViewOptions.WHOLE, false);
    Screen screen = new Screen(out, false, true, LineTimes.OFF, columns);
    twoConnections(seed, new TextReport(screen, LiveView.fixed(all)), self);
    String text = out.toString(UTF_8);
    List<Candidate> found = Finds.in(text);
    List<String> read = new ArrayList<>();
    for (int number = 1; number <= 2; number++) {
      Candidate connection = ofConnection(found, text, number);
      read.add(HexFormat.of().formatHex(sentBy(connection, true)));
      read.add(HexFormat.of().formatHex(sentBy(connection, false)));
    }
    return read;
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aRecording(int seed) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    RecordingStart start = new RecordingStart("wscope", Endpoint.SERVER, Limits.NONE);
    Report report = JsonReport.recording(out, start, Advice.NONE, InstantSource.fixed(NOW));
    assertTwoConnections(seed, out, report, Endpoint.SERVER);
  }

  /** Two connections whose bytes come in pieces that alternate. */
  private static void assertTwoConnections(
      int seed, ByteArrayOutputStream out, Report report, @Nullable Endpoint self) {
    byte[][] sent = twoConnections(seed, report, self);
    String text = out.toString(UTF_8);
    List<Candidate> found = Finds.in(text);
    assertEquals(2, found.size());
    for (int i = 0; i < sent.length; i++) {
      Candidate connection = ofConnection(found, text, 1 + i / 2);
      assertArrayEquals(sent[i], sentBy(connection, i % 2 == 0));
    }
  }

  /**
   * Shows two connections.
   *
   * @param self the endpoint that shows them; null for a proxy
   * @return the bytes of each client and each server
   */
  private static byte[][] twoConnections(int seed, Report report, @Nullable Endpoint self) {
    Random random = new Random(seed);
    byte[][] sent = {
      frames(random, Endpoint.CLIENT), frames(random, Endpoint.SERVER),
      frames(random, Endpoint.CLIENT), frames(random, Endpoint.SERVER)
    };
    FrameReader[] readers = new FrameReader[sent.length];
    for (int i = 0; i < sent.length; i++) {
      Endpoint sender = i % 2 == 0 ? Endpoint.CLIENT : Endpoint.SERVER;
      if (i % 2 == 0) {
        ExchangeListener connection = report.connection(self, 1 + i / 2);
        readers[i] = reader(connection, sender, self == null ? new Random(seed) : null);
        readers[i + 1] = reader(connection, sender.peer(), self == null ? new Random(seed) : null);
      }
    }
    int[] at = new int[sent.length];
    while (feedSome(random, sent, at, readers)) {
      // Until all have come.
    }
    report.flush();
    return sent;
  }

  private static FrameReader reader(
      ExchangeListener connection, Endpoint sender, @Nullable Random crossing) {
    FrameListener listener = connection.frames(sender);
    if (crossing != null) {
      listener.crossed(crossing.nextInt(4) == 0 ? -1 : crossing.nextInt(2_000_000_000));
    }
    return new FrameReader(sender, Limits.NONE, null, 0, listener);
  }

  private static boolean feedSome(Random random, byte[][] sent, int[] at, FrameReader[] readers) {
    boolean more = false;
    for (int i = 0; i < sent.length; i++) {
      int count = Math.min(random.nextInt(300), sent[i].length - at[i]);
      readers[i].feed(ByteBuffer.wrap(sent[i].clone(), at[i], count));
      at[i] += count;
      more |= at[i] < sent[i].length;
    }
    return more;
  }

  private static Candidate ofConnection(List<Candidate> found, String text, int number) {
    List<String> lines = text.lines().toList();
    for (Candidate candidate : found) {
      String line = lines.get(candidate.first().line());
      if (line.contains("#" + number + " ") || line.contains("\"connection\":" + number + ",")) {
        return candidate;
      }
    }
    throw new AssertionError("no candidate of connection " + number);
  }

  private static byte[] sentBy(Candidate connection, boolean client) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (Piece piece : connection.pieces()) {
      if (client == (piece.way() == Way.IN || piece.way() == Way.CLIENT)) {
        bytes.writeBytes(piece.bytes());
      }
    }
    return bytes.toByteArray();
  }

  private static void decode(Report report, byte[] frames) {
    MixedStreamReader reader =
        new MixedStreamReader(null, Limits.NONE, null, report.stream(new Totals()));
    reader.feed(ByteBuffer.wrap(frames.clone()));
    reader.end();
    report.flush();
  }

  private static byte[] only(String text) {
    List<Candidate> found = Finds.in(text);
    assertEquals(1, found.size());
    return found.get(0).bytes();
  }

  /**
   * Frames without payloads that a server would not read to their end.
   *
   * @param sender null for frames of both endpoints, some of which break rules
   */
  private static byte[] frames(Random random, Endpoint sender) {
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    boolean open = false;
    for (int i = 0; i < 12; i++) {
      boolean control = random.nextInt(4) == 0;
      boolean fin = control || random.nextInt(3) > 0;
      Opcode opcode =
          control
              ? random.nextBoolean() ? Opcode.PING : Opcode.PONG
              : open ? Opcode.CONTINUATION : random.nextBoolean() ? Opcode.TEXT : Opcode.BINARY;
      int length = control ? random.nextInt(126) : length(random);
      boolean masked = sender == null ? random.nextBoolean() : sender == Endpoint.CLIENT;
      frames.writeBytes(frame(random, opcode, fin, masked, length, sender == null));
      open = control ? open : !fin;
    }
    frames.writeBytes(frame(random, Opcode.CLOSE, true, sender == Endpoint.CLIENT, 0, false));
    return frames.toByteArray();
  }

  private static int length(Random random) {
    return random.nextInt(20) == 0
        ? random.nextInt(70_001)
        : LENGTHS[random.nextInt(random.nextInt(8) == 0 ? LENGTHS.length : LENGTHS.length - 2)];
  }

  private static byte[] frame(
      Random random, Opcode opcode, boolean fin, boolean masked, int length, boolean broken) {
    byte[] payload = new byte[length];
    if (broken && random.nextBoolean()) {
      random.nextBytes(payload);
    } else {
      for (int i = 0; i < length; i++) {
        payload[i] = (byte) " 0123456789abcdef\"\\\n".charAt(random.nextInt(20));
      }
    }
    FrameHeader header = FrameHeader.of(opcode, length).fin(fin);
    if (broken && random.nextInt(10) == 0) {
      header.payloadLength(length, LengthForm.BITS_64);
    }
    if (masked) {
      header.mask(random.nextInt());
    }
    ByteBuffer out = ByteBuffer.allocate(header.size() + length);
    FrameEncoder.frame(header, ByteBuffer.wrap(payload), out);
    return out.array();
  }
}
