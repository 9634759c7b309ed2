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
 * Any bytes to an echo server, from the first one on or behind a good handshake: the same answers
 * for any cut, of which each is good HTTP or good frames that say what the events say; all messages
 * come back; one Close at most, and nothing but pongs behind it (RFC 6455 §5.5.2); one end; memory
 * that depends on what came, not on what was declared, nor, over the limit, on what inflates.
 */
public final class SessionFuzz {
  private static final Limits SMALL =
      new Limits(40, 3, Limits.SERVER.maxHead(), Limits.SERVER.maxHeaderFields());

  /** The buffers of a session and of its pool, and the handshake. */
  private static final long FIXED_BYTES = 1 << 20;

  private static final long BYTES_A_BYTE = 2 << 10;

  /** A byte inflates to a thousand at most, which are copied as their buffer grows. */
  private static final long BYTES_AN_INFLATED_BYTE = 8 << 10;

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

    SilentEcho openSilently(Limits limits) {
      return this == HEAD ? new SilentEcho(limits) : SilentEcho.open(limits, offer != null);
    }
  }

  /** What the server does at each message, behind its echo. */
  private enum Then {
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

  private SessionFuzz() {}

  /** Settings: start, what is done then, limits, cuts. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    FuzzInput input = new FuzzInput(bytes);
    Start start = input.oneOf(Start.values());
    Then then = input.oneOf(Then.values());
    Limits limits = input.oneOf(Limits.SERVER, SMALL);
    int seed = input.below(256);
    byte[] stream = input.rest();
    String whole = outcome(start, then, limits, stream);
    assertEquals(whole, outcome(start, then, limits, stream, FuzzInput.cuts(seed, stream.length)));
    assertEquals(whole, outcome(start, then, limits, stream, FuzzInput.everywhere(stream.length)));
    boolean inflates = start != Start.FRAMES && !limits.equals(SMALL);
    long allowed = FIXED_BYTES + (inflates ? BYTES_AN_INFLATED_BYTE : BYTES_A_BYTE) * stream.length;
    Allocation.assertAtMost(allowed, () -> echo(start, limits, stream));
  }

  private static void echo(Start start, Limits limits, byte[] stream) {
    SilentEcho echo = start.openSilently(limits);
    feed(echo.session(), stream.clone());
    echo.session().end();
  }

  /** All that a client and a listener hear. */
  private static String outcome(Start start, Then then, Limits limits, byte[] stream, int... cuts) {
    Peer peer = start.open(limits);
    peer.onMessage(() -> then.on(peer));
    int from = 0;
    for (int cut : cuts) {
      feed(peer.session(), Arrays.copyOfRange(stream, from, cut));
      from = cut;
    }
    feed(peer.session(), Arrays.copyOfRange(stream, from, stream.length));
    peer.session().end();
    byte[] out = Vectors.bytes(peer.out());
    byte[] frames = start == Start.HEAD ? framesBehindHead(peer, out) : out;
    check(peer, then, frames, start.agreed());
    return String.join(
        "\n",
        peer.handshakes().toString(),
        received(peer),
        peer.received().found().toString(),
        peer.sent().text(),
        peer.lastOut(),
        peer.session().closure().toString());
  }

  /** The events, but for the payload of a frame that fails the connection: how far it was read. */
  private static String received(Peer peer) {
    List<String> lines = new ArrayList<>(peer.received().lines());
    int last = lines.size() - 1;
    while (last >= 0 && !lines.get(last).startsWith("frame ")) {
      last--;
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

  /** What follows the answer to the request, which is good HTTP. */
  private static byte[] framesBehindHead(Peer peer, byte[] out) {
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
      Peer peer, Then then, byte[] frames, @Nullable DeflateParameters agreed) {
    int opened = peer.session().hasOpened() ? 1 : 0;
    assertEquals(1, peer.ends());
    assertEquals(opened, peer.received().ends());
    assertEquals(opened, peer.sent().ends());
    assertEquals(Session.State.CLOSED, peer.session().state());
    assertFalse(peer.session().send(Opcode.PING, ByteBuffer.allocate(0)).isSent());
    Recorder sent = Recorder.read(Endpoint.SERVER, Limits.NONE, agreed, frames);
    // What the link took of a frame when it broke is seen from outside only.
    assertEquals(
        sent.lines().stream().filter(line -> !line.startsWith("unfinished ")).toList(),
        peer.sent().lines());
    assertEquals(List.of(), sent.found());
    List<String> echoes =
        sent.lines().stream().map(SessionFuzz::echo).filter(Objects::nonNull).toList();
    // The link breaks inside the last echo.
    int torn = echoes.size() < peer.messages().size() && then == Then.BREAK ? 1 : 0;
    assertEquals(peer.messages().subList(0, peer.messages().size() - torn), echoes);
    assertOneClose(sent);
  }

  /** The message that a line of a {@link Recorder} tells of, as {@link Peer} notes it. */
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
