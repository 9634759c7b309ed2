package wscope.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;
import wscope.proxy.ProxiedChangesTest.Open;
import wscope.support.RawClient;
import wscope.support.SampleHandshake;

/**
 * What the proxy has of a message when a Close, the end of TCP or a reset cuts it. These bytes are
 * passed on in their place.
 */
@Timeout(60)
class CutMessagesTest {
  private static final String DEFLATE = "Sec-WebSocket-Extensions: permessage-deflate";
  private static final String REQUEST = SampleHandshake.request("localhost", "/chat", DEFLATE);
  private static final String RESPONSE = SampleHandshake.with(SampleHandshake.RESPONSE, DEFLATE);
  private static final byte[] CLOSE = RawClient.plain(0x88, new byte[] {3, (byte) 0xe8});
  private static final byte[] REST = {(byte) 0x80, 1, 't'};
  private static final byte[] START = {1, 2, 'c', 'a'};
  private static final byte[] PING = RawClient.plain(0x89, new byte[] {'p'});

  /** The frames that a client receives from a server that sends these and ends TCP. */
  private static byte[] passed(Changes changes, byte[]... frames) throws Exception {
    return ThroughProxy.run(
            Changes.NONE,
            changes,
            SampleHandshake.request(),
            SampleHandshake.RESPONSE,
            new byte[0],
            RawClient.join(frames),
            null)
        .framesOf(Endpoint.SERVER);
  }

  @Test
  void aCloseDoesNotOvertakeTheMessageThatItCuts() throws Exception {
    Changes changes = ProxiedChangesTest.replacing("cat=dog");
    byte[] cut = RawClient.join(START, CLOSE);
    assertArrayEquals(cut, passed(changes, cut));
    byte[] ended = RawClient.join(START, CLOSE, REST);
    assertArrayEquals(ended, passed(changes, ended));
    // RFC 6455 §5.4 lets control frames come between fragments.
    assertArrayEquals(
        RawClient.join(PING, RawClient.plain(0x81, new byte[] {'d', 'o', 'g'}), CLOSE),
        passed(changes, START, PING, REST, CLOSE));
  }

  /** Messages that wait for the user keep their place before a Close, too. */
  @Test
  void aCloseThatWaitsDoesNotOvertakeTheMessageThatItCuts() throws Exception {
    byte[] start = ThroughProxy.frame(Endpoint.CLIENT, 1, new byte[] {'c', 'a'}, 1);
    byte[] close = ThroughProxy.frame(Endpoint.CLIENT, 0x88, new byte[] {3, (byte) 0xe8}, 2);
    byte[] rest = ThroughProxy.frame(Endpoint.CLIENT, 0x80, new byte[] {'t'}, 3);
    byte[] all = RawClient.join(start, close, rest);
    for (String replacement : List.of("", "cat=dog")) {
      Changes changes =
          replacement.isEmpty() ? Changes.NONE : ProxiedChangesTest.replacing(replacement);
      // The end may come anywhere, even inside a header.
      for (int length = 1; length <= all.length; length++) {
        byte[] sent = Arrays.copyOf(all, length);
        try (Open open = new Open(changes, Changes.NONE)) {
          open.hold(true);
          open.client.send(sent);
          open.client.shutdownOutput();
          open.proxy.awaitClientEnd();
          open.hold(false);
          open.server.expect(sent);
          open.server.expectEnd();
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aResetFollowsTheMessageThatItCuts(boolean holds) throws Exception {
    try (Open open = new Open(Changes.NONE, ProxiedChangesTest.replacing("cat=dog"))) {
      if (holds) {
        open.hold(true);
      }
      open.server.send(START);
      // The proxy has read the start, which it collects, once this has passed.
      open.server.send(PING);
      open.client.expect(PING);
      open.server.reset();
      if (holds) {
        open.proxy.await("frame 1 of the server waits");
        open.hold(false);
      }
      open.client.expect(START);
      ProxiedChangesTest.assertReset(open.client);
      assertEquals("server-reset", open.proxy.nextParted().end().id());
    }
  }

  // Messages that are compressed again, because an earlier one was changed.

  /**
   * What the client finds if the server sends a text that is changed, the beginning of a message,
   * and then this. The beginning has the text "hello" and everything but the end.
   */
  private static byte[] compressedAgain(int first, byte[]... then) throws Exception {
    byte[] frames;
    try (ThroughProxy.Deflating zlib = new ThroughProxy.Deflating(true)) {
      byte[] changed = zlib.message("a cat".getBytes(UTF_8));
      byte[] start = zlib.message("hello".getBytes(UTF_8));
      frames =
          RawClient.join(
              ThroughProxy.frame(Endpoint.SERVER, 0xc1, changed, 0),
              ThroughProxy.frame(Endpoint.SERVER, first, start, 0),
              RawClient.join(then));
    }
    return ThroughProxy.run(
            Changes.NONE,
            ProxiedChangesTest.replacing("cat=dog"),
            REQUEST,
            RESPONSE,
            new byte[0],
            frames,
            null)
        .framesOf(Endpoint.SERVER);
  }

  private static ThroughProxy.Reading read(byte[] frames) {
    ThroughProxy.Reading found = ThroughProxy.read(REQUEST, RESPONSE, Endpoint.SERVER, frames);
    assertEquals("a dog", found.messages.get(0));
    return found;
  }

  /** A text is collected, because it may be changed; a binary message is not. */
  @ParameterizedTest
  @ValueSource(ints = {0x41, 0x42})
  void nothingOfACutMessageStaysInTheCompressor(int first) throws Exception {
    for (byte[] then : List.of(new byte[0], CLOSE, PING, new byte[] {(byte) 0x80})) {
      byte[] frames = compressedAgain(first, then);
      ThroughProxy.Reading found = read(frames);
      assertEquals(Set.of(), found.broken);
      assertEquals("hello", found.start());
      if (then == CLOSE) {
        assertArrayEquals(CLOSE, Arrays.copyOfRange(frames, frames.length - 4, frames.length));
      }
    }
  }

  @Test
  void aMessageThatFollowsACutOneIsNoPartOfIt() throws Exception {
    byte[] next = ThroughProxy.frame(Endpoint.SERVER, 0xc2, new byte[] {0}, 0);
    ThroughProxy.Reading found = read(compressedAgain(0x42, next));
    assertEquals(Set.of(Rule.MESSAGE_INTERRUPTED), found.broken);
    assertEquals(List.of("a dog", ""), found.messages);
  }

  /** The end of a message may come long after its start. */
  @Test
  void fragmentsThatAreCompressedAgainPassOneByOne() throws Exception {
    try (Open open = new Open(Changes.NONE, ProxiedChangesTest.replacing("cat=dog"), DEFLATE);
        ThroughProxy.Deflating zlib = new ThroughProxy.Deflating(true)) {
      byte[] changed = zlib.message("a cat".getBytes(UTF_8));
      byte[] start = zlib.message("hello".getBytes(UTF_8));
      open.server.send(
          ThroughProxy.frame(Endpoint.SERVER, 0xc1, changed, 0),
          ThroughProxy.frame(Endpoint.SERVER, 0x42, start, 0));
      assertEquals(0xc1, open.client.next().first());
      assertEquals(0x42, open.client.next().first());
      open.server.send(new byte[] {(byte) 0x80, 0});
      assertEquals(0x80, open.client.next().first());
    }
  }
}
