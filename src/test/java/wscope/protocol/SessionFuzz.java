package wscope.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import wscope.cli.decode.DeflateText;
import wscope.fuzz.Allocation;
import wscope.fuzz.FuzzInput;
import wscope.protocol.deflate.DeflateParameters;
import wscope.protocol.frame.Opcode;
import wscope.protocol.handshake.ResponseDecoder;
import wscope.protocol.rule.Endpoint;

/**
 * Any bytes to an echo server, from its start or after a valid handshake: the same output however
 * they are split; valid HTTP, or valid frames that match the events; an echo of each message; at
 * most one Close, with only pongs after it (RFC 6455 §5.5.2); one end. Memory depends on the bytes
 * received, not on declared lengths, nor on what inflates beyond the limit.
 */
public final class SessionFuzz {
  private static final Limits SMALL =
      new Limits(40, 3, Limits.SERVER.maxHead(), Limits.SERVER.maxHeaderFields());

  /** The buffers of a session and of its pool, and the handshake. */
  private static final long FIXED_BYTES = 1 << 20;

  private static final long BYTES_PER_BYTE = 2 << 10;

  /** A byte inflates to a thousand at most, which are copied as their buffer grows. */
  private static final long BYTES_PER_COMPRESSED_BYTE = 8 << 10;

  /** How a connection begins. */
  private enum Start {
    FRAMES(null),
    HEAD(null),
    DEFLATE("permessage-deflate"),
    SMALL_WINDOWS(
        "permessage-deflate; server_no_context_takeover; client_no_context_takeover;"
            + " server_max_window_bits=8; client_max_window_bits=8");

    private final @Nullable String offer;

    Start(@Nullable String offer) {
      this.offer = offer;
    }

    @Nullable DeflateParameters agreed() {
      return offer == null ? null : DeflateText.read(offer).parameters();
    }

    Peer open(Limits limits) {
      if (offer != null) {
        return Peer.offering(limits, offer, offer);
      }
      return this == FRAMES ? Peer.open(limits) : Peer.connect(limits);
    }

    CountingEcho openCounting(Limits limits) {
      return this == HEAD ? new CountingEcho(limits) : CountingEcho.open(limits, offer != null);
    }
  }

  /** What the server does after each echo. */
  private enum Reaction {
    NOTHING,
    PAUSE,
    CLOSE,
    BREAK;

    void on(Peer peer) {
      switch (this) {
        case NOTHING -> {}
        case PAUSE -> peer.session().pause();
        case CLOSE -> peer.session().close(1001, "enough");
        case BREAK -> peer.breakAtNextWrite();
      }
    }
  }

  private static final String WARNING = "masking-key-repeated";

  private SessionFuzz() {}

  /** Settings: start, reaction, limits, cuts. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    FuzzInput input = new FuzzInput(bytes);
    Start start = input.oneOf(Start.values());
    Reaction reaction = input.oneOf(Reaction.values());
    Limits limits = input.oneOf(Limits.SERVER, SMALL);
    int seed = input.below(256);
    byte[] stream = input.rest();
    String whole = outcome(start, reaction, limits, stream);
    assertEquals(
        whole, outcome(start, reaction, limits, stream, FuzzInput.cuts(seed, stream.length)));
    assertEquals(
        whole, outcome(start, reaction, limits, stream, FuzzInput.everywhere(stream.length)));
    boolean inflates = start != Start.FRAMES && !limits.equals(SMALL);
    long allowed =
        FIXED_BYTES + (inflates ? BYTES_PER_COMPRESSED_BYTE : BYTES_PER_BYTE) * stream.length;
    Allocation.assertAtMost(allowed, () -> echo(start, limits, stream));
  }

  private static void echo(Start start, Limits limits, byte[] stream) {
    CountingEcho echo = start.openCounting(limits);
    feed(echo.session(), stream.clone());
    echo.session().end();
  }

  /** All that the client and the listener receive. */
  private static String outcome(
      Start start, Reaction reaction, Limits limits, byte[] stream, int... cuts) {
    Peer peer = start.open(limits);
    peer.onMessage(() -> reaction.on(peer));
    int from = 0;
    for (int cut : cuts) {
      feed(peer.session(), Arrays.copyOfRange(stream, from, cut));
      from = cut;
    }
    feed(peer.session(), Arrays.copyOfRange(stream, from, stream.length));
    peer.session().end();
    byte[] out = Vectors.bytes(peer.out());
    byte[] frames = start == Start.HEAD ? framesAfterHead(peer, out) : out;
    check(peer, reaction, frames, start.agreed());
    return String.join(
        "\n",
        peer.handshakes().toString(),
        received(peer),
        firstError(peer.received().found()),
        peer.sent().text(),
        peer.lastOut(),
        peer.session().closure().toString());
  }

  private static boolean isRule(String line) {
    return line.startsWith("abandoned ") || line.startsWith("violation ");
  }

  private static boolean isError(String line) {
    return isRule(line) && !line.contains(WARNING);
  }

  /** What fails the connection: the rest of the header may break more rules. */
  private static String firstError(List<String> found) {
    return found.stream().filter(rule -> !rule.contains(WARNING)).findFirst().orElse("none");
  }

  /**
   * The events, without the payload of a frame that fails the connection: how much of it was read
   * depends on the split.
   */
  private static String received(Peer peer) {
    List<String> lines = new ArrayList<>(peer.received().lines());
    int last = lines.size() - 1;
    while (last >= 0 && !lines.get(last).startsWith("frame ")) {
      last--;
    }
    List<String> after = lines.subList(last + 1, lines.size());
    boolean ofHeader =
        last >= 0
            && after.stream().allMatch(SessionFuzz::isRule)
            && after.stream().anyMatch(SessionFuzz::isError);
    if (ofHeader) {
      // The session may have failed before the rest of this header arrived.
      lines.subList(last, lines.size()).clear();
      last = lines.size() - 1;
      while (last >= 0 && !lines.get(last).startsWith("frame ")) {
        last--;
      }
    }
    if (peer.session().closure().failure() != null) {
      lines.subList(last + 1, lines.size()).removeIf(line -> line.startsWith("payload "));
    }
    return String.join("\n", lines);
  }

  private static void feed(Session session, byte[] piece) {
    ByteBuffer in = ByteBuffer.wrap(piece);
    while (in.hasRemaining()) {
      int before = in.remaining();
      session.feed(in);
      assertTrue(in.remaining() < before, "no progress");
    }
  }

  /** What follows the response, which is valid HTTP. */
  private static byte[] framesAfterHead(Peer peer, byte[] out) {
    ResponseDecoder decoder =
        new ResponseDecoder(Limits.SERVER.maxHead(), Limits.SERVER.maxHeaderFields());
    ByteBuffer in = ByteBuffer.wrap(out);
    if (decoder.feed(in)) {
      assertEquals(List.of(), decoder.violations());
      assertEquals(peer.session().hasOpened(), decoder.head().status() == 101);
    } else {
      assertEquals(0, out.length, "half a response");
    }
    return peer.session().hasOpened()
        ? Arrays.copyOfRange(out, in.position(), out.length)
        : new byte[0];
  }

  private static void check(
      Peer peer, Reaction reaction, byte[] frames, @Nullable DeflateParameters agreed) {
    int opened = peer.session().hasOpened() ? 1 : 0;
    assertEquals(1, peer.ends());
    assertEquals(opened, peer.received().ends());
    assertEquals(opened, peer.sent().ends());
    assertEquals(Session.State.CLOSED, peer.session().state());
    assertFalse(peer.session().send(Opcode.PING, ByteBuffer.allocate(0)).isSent());
    Recorder sent = Recorder.read(Endpoint.SERVER, Limits.NONE, agreed, frames);
    // Only the bytes show the part of a message that was written before the link broke.
    assertEquals(
        sent.lines().stream().filter(line -> !line.startsWith("unfinished ")).toList(),
        peer.sent().lines());
    assertEquals(List.of(), sent.found());
    List<String> echoes =
        sent.lines().stream().map(SessionFuzz::echo).filter(Objects::nonNull).toList();
    // The link breaks inside the last echo.
    int truncated = echoes.size() < peer.messages().size() && reaction == Reaction.BREAK ? 1 : 0;
    assertEquals(peer.messages().subList(0, peer.messages().size() - truncated), echoes);
    assertOneClose(sent);
  }

  /**
   * The message in a line of a {@link Recorder}, as {@link Peer} writes it; null for other lines.
   */
  private static @Nullable String echo(String line) {
    String[] words = line.split(" ", -1);
    if (!words[0].equals("message")) {
      return null;
    }
    String payload = words[words.length - 1];
    return words[2] + (payload.startsWith("frame") ? "" : " " + payload);
  }

  private static void assertOneClose(Recorder recorder) {
    List<String> lines = recorder.lines();
    int close = 0;
    while (close < lines.size() && !lines.get(close).startsWith("close ")) {
      close++;
    }
    for (String line : lines.subList(Math.min(close + 1, lines.size()), lines.size())) {
      boolean follows = line.startsWith("frame ") && !line.contains(" pong ");
      assertFalse(follows, () -> "something follows Close: " + lines);
    }
  }
}
