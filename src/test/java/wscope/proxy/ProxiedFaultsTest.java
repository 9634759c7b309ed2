package wscope.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import wscope.protocol.DeflateRequirement;
import wscope.protocol.Fault;
import wscope.protocol.Faults;
import wscope.protocol.FrameFault;
import wscope.protocol.frame.Opcode;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;
import wscope.support.RawClient;
import wscope.support.SampleHandshake;

/** Each fault that a proxy commits in the name of an end is found by its rule at the other end. */
@Timeout(30)
class ProxiedFaultsTest {
  private static final String EXTENSIONS = "Sec-WebSocket-Extensions: ";
  private static final String CHAT = "Sec-WebSocket-Protocol: chat";

  static Stream<Arguments> faults() {
    return Stream.of(Endpoint.values())
        .flatMap(sender -> Faults.of(sender).stream().map(fault -> Arguments.of(sender, fault)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("faults")
  void theOtherEndFindsTheRule(Endpoint sender, Fault fault) throws Exception {
    String[] fields = fields(fault);
    String request = SampleHandshake.request("localhost", "/chat", fields);
    String response = SampleHandshake.with(SampleHandshake.RESPONSE, fields);
    boolean inFrames = fault instanceof FrameFault;
    Changes faulty = faulty(fault.id() + (inFrames ? "@2" : ""));
    byte[] own = frames(sender, fault.deflate() != DeflateRequirement.ABSENT);
    byte[] others = frames(sender.peer(), false);
    boolean client = sender == Endpoint.CLIENT;
    ThroughProxy passed =
        ThroughProxy.run(
            client ? faulty : Changes.NONE,
            client ? Changes.NONE : faulty,
            request,
            response,
            client ? own : others,
            client ? others : own,
            new Random(fault.id().hashCode()));
    String all = new String(client ? passed.toServer() : passed.toClient(), ISO_8859_1);
    String head = all.substring(0, all.indexOf("\r\n\r\n") + 4);
    ThroughProxy.Reading found =
        inFrames
            ? ThroughProxy.read(request, response, sender, passed.framesOf(sender))
            : ThroughProxy.read(
                client ? head : request, client ? response : head, sender, new byte[0]);
    Set<Rule> expected =
        fault instanceof FrameFault frames
            ? frames.breaks(Opcode.TEXT)
            : Set.of(Objects.requireNonNull(fault.rule()));
    assertEquals(expected, found.broken, passed::screen);
    assertTrue(
        passed.screen().contains("= fault    " + fault.id() + " on purpose "), passed.screen());
    if (fault.rule() == null && fault.id().endsWith("unfinished")) {
      assertTrue(found.incomplete, fault::id);
    }
    if (inFrames) {
      assertEquals(head, client ? request : response);
      assertArrayEquals(others, passed.framesOf(sender.peer()));
    }
  }

  private static Changes faulty(String id) {
    return new Changes(Shape.NONE, List.of(id), List.of(), null, Set.of(), false);
  }

  private static String[] fields(Fault fault) {
    if (!(fault instanceof FrameFault)) {
      String extensions =
          "permessage-deflate; server_max_window_bits=10"
              + (fault.rule() == Rule.DEFLATE_CLIENT_WINDOW_RAISED
                  ? "; client_max_window_bits=10"
                  : "");
      return new String[] {CHAT, EXTENSIONS + extensions};
    }
    return switch (fault.deflate()) {
      case ABSENT -> new String[0];
      case NONE, AGREED, TAKEOVER -> new String[] {EXTENSIONS + "permessage-deflate"};
      case NO_TAKEOVER ->
          new String[] {
            EXTENSIONS
                + "permessage-deflate; client_no_context_takeover; server_no_context_takeover"
          };
      case SMALL_WINDOW ->
          new String[] {
            EXTENSIONS + "permessage-deflate; client_max_window_bits=9; server_max_window_bits=9"
          };
    };
  }

  /** Two text messages, the first of them compressed. */
  private static byte[] frames(Endpoint sender, boolean compressed) {
    byte[] hello = "Hello Hello Hello".getBytes(UTF_8);
    try (ThroughProxy.Deflating zlib = new ThroughProxy.Deflating(true)) {
      byte[] payload = compressed ? zlib.message(hello) : hello;
      return RawClient.join(
          ThroughProxy.frame(sender, compressed ? 0xc1 : 0x81, payload, 0x12345678),
          ThroughProxy.frame(sender, 0x81, "second".getBytes(UTF_8), 0x23456789));
    }
  }

  /** Faults without a number are committed in turn, one by each message. */
  @Test
  void commitsFaultsInTurn() throws Exception {
    Changes changes =
        new Changes(
            Shape.NONE,
            List.of("rsv2-without-extension", "length-not-minimal"),
            List.of(),
            null,
            Set.of(),
            false);
    byte[] frames = frames(Endpoint.SERVER, false);
    ThroughProxy passed =
        ThroughProxy.run(
            Changes.NONE,
            changes,
            SampleHandshake.request(),
            SampleHandshake.RESPONSE,
            new byte[0],
            frames,
            null);
    List<Integer> expected = new ArrayList<>();
    for (byte b :
        RawClient.join(new byte[] {(byte) 0xa1, 17}, "Hello Hello Hello".getBytes(UTF_8))) {
      expected.add((int) b);
    }
    for (byte b : RawClient.join(new byte[] {(byte) 0x81, 126, 0, 6}, "second".getBytes(UTF_8))) {
      expected.add((int) b);
    }
    List<Integer> received = new ArrayList<>();
    for (byte b : passed.framesOf(Endpoint.SERVER)) {
      received.add((int) b);
    }
    assertEquals(expected, received);
  }

  /** The documentation shows this screen. */
  @Test
  void showsWhatWasSentInstead() throws Exception {
    byte[] hello = RawClient.plain(0x81, "Hello".getBytes(UTF_8));
    ThroughProxy passed =
        ThroughProxy.run(
            Changes.NONE,
            faulty("reserved-opcode@2"),
            SampleHandshake.request(),
            SampleHandshake.RESPONSE,
            new byte[0],
            RawClient.join(hello, hello),
            null);
    String readme = Files.readString(Path.of("src/docs/proxy.md"));
    int start = readme.indexOf("#1 S> frame 2    FIN 1");
    String shown = readme.substring(start, readme.indexOf("```", start));
    assertTrue(passed.screen().contains(shown), passed.screen());
  }

  /** A fault that the handshake does not allow is told, and everything passes as received. */
  @Test
  void tellsThatAFaultIsImpossible() throws Exception {
    byte[] frames = frames(Endpoint.SERVER, false);
    ThroughProxy passed =
        ThroughProxy.run(
            Changes.NONE,
            faulty("compressed-data-corrupt"),
            SampleHandshake.request(),
            SampleHandshake.RESPONSE,
            new byte[0],
            frames,
            null);
    assertArrayEquals(frames, passed.framesOf(Endpoint.SERVER));
    String told = "= unable   to commit compressed-data-corrupt: the handshake of this connection";
    assertTrue(passed.screen().contains(told), passed.screen());
  }
}
