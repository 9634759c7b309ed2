package wscope.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static wscope.support.SampleHandshake.HIXIE_76;
import static wscope.support.SampleHandshake.REQUEST;
import static wscope.support.SampleHandshake.RESPONSE;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import wscope.protocol.deflate.DeflateParameters;
import wscope.protocol.event.AwaitedInput;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.event.FrameListener;
import wscope.protocol.event.TeeListener;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.IncompleteFrame;
import wscope.protocol.message.Message;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Violation;

/** The events of a handshake, or of what looks like one, and of the frames after it. */
class MixedStreamReaderTest {
  private static final String OFFER = "Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n";
  private static final String FROM_CLIENT = "\u0081\u0083=T#\u0006p\u0010m";
  private static final String FROM_SERVER = "\u0081\u0003MDN";

  /** RFC 7692 §7.2.3.1. */
  private static final String COMPRESSED = "\u00c1\u0007\u00f2H\u00cd\u00c9\u00c9\u0007\0";

  static Stream<Arguments> streams() {
    return Stream.of(
        Arguments.of(
            "a handshake and frames of both ends",
            REQUEST + RESPONSE + FROM_CLIENT + FROM_SERVER,
            """
            request @0 161 bytes Accepted
            response @161 129 bytes 101 of a request
            frame 1 @290 CLIENT
            message 1 text 3
            frame 2 @299 SERVER
            message 2 text 3
            ended
            """),
        Arguments.of(
            "a request and frames",
            REQUEST + FROM_CLIENT,
            """
            request @0 161 bytes Accepted
            frame 1 @161 CLIENT
            message 1 text 3
            ended
            """),
        Arguments.of(
            "a response and frames",
            RESPONSE + FROM_SERVER,
            """
            response @0 129 bytes 101
            frame 1 @129 SERVER
            message 1 text 3
            ended
            """),
        Arguments.of(
            "compression that the handshake agreed on",
            withOffer(REQUEST) + withOffer(RESPONSE) + COMPRESSED,
            """
            request @0 207 bytes Accepted
            response @207 175 bytes 101 of a request
            frame 1 @382 SERVER
            message 1 text 5
            ended
            """),
        Arguments.of(
            "compression that was not agreed on",
            REQUEST + RESPONSE + COMPRESSED,
            """
            request @0 161 bytes Accepted
            response @161 129 bytes 101 of a request
            frame 1 @290 SERVER
            violation rsv1-without-extension @290
            message 1 text 7
            ended
            """),
        Arguments.of(
            "a response with compression that was not offered",
            REQUEST + withOffer(RESPONSE),
            """
            request @0 161 bytes Accepted
            response @161 175 bytes 101 of a request
            violation extension-not-offered @153
            ended
            """),
        Arguments.of(
            "a response with a wrong accept value",
            REQUEST + RESPONSE.replace("s3pP", "S3pP") + FROM_SERVER,
            """
            request @0 161 bytes Accepted
            response @161 129 bytes 101 of a request
            violation accept-wrong @97
            frame 1 @290 SERVER
            message 1 text 3
            ended
            """),
        Arguments.of(
            "a rejection with its body",
            REQUEST + "HTTP/1.1 403 Forbidden\r\nContent-Length: 5\r\n\r\nnope\n",
            """
            request @0 161 bytes Accepted
            response @161 45 bytes 403 of a request
            body nope

            ended
            """),
        Arguments.of(
            "a response with an invalid status line",
            "HTTP/1.1 1x1\r\n\r\n" + FROM_SERVER,
            """
            response @0 14 bytes unreadable
            violation status-line-malformed @10
            body LF
            ended
            """
                .replace("LF", "\r\n" + FROM_SERVER)),
        Arguments.of(
            "a request with an invalid request line",
            "GET / HTTP\r\nbody",
            """
            request @0 12 bytes Invalid unreadable
            violation request-line-malformed @6
            body body
            ended
            """),
        Arguments.of(
            "hixie-76: eight bytes after the head",
            HIXIE_76 + "Tm[K T2u" + FROM_SERVER,
            """
            request @0 195 bytes Invalid
            violation key-missing @195
            violation version-missing @195
            challenge Tm[K T2u
            hixie frame 1 @203-208 DISCARDED 3
            ended
            """),
        Arguments.of(
            "hybi-01: eight bytes after the head",
            HIXIE_76.replace("Host: ", "Sec-WebSocket-Draft: 1\r\nHost: ") + "Tm[K T2u" + RESPONSE,
            """
            request @0 219 bytes Invalid
            violation key-missing @219
            violation version-missing @219
            challenge Tm[K T2u
            response @227 129 bytes 101 of a request
            ended
            """),
        Arguments.of(
            "a truncated challenge",
            HIXIE_76 + "Tm[K ",
            """
            request @0 195 bytes Invalid
            violation key-missing @195
            violation version-missing @195
            challenge incomplete @195 Tm[K\s
            ended
            """),
        Arguments.of(
            "a request without its challenge",
            HIXIE_76,
            """
            request @0 195 bytes Invalid
            violation key-missing @195
            violation version-missing @195
            challenge incomplete @195\s
            ended
            """),
        Arguments.of(
            "a truncated request",
            REQUEST.substring(0, 17),
            """
            incomplete @0 GET /chat HTTP/1.
            ended
            """),
        Arguments.of(
            "a truncated response",
            REQUEST + "HTTP/1.1 1",
            """
            request @0 161 bytes Accepted
            incomplete @161 HTTP/1.1 1
            ended
            """),
        Arguments.of(
            "too short for a head",
            "GE",
            """
            frame 1 @0 SERVER
            violation rsv1-without-extension @0
            violation reserved-opcode @0
            ended in frame 1 payload data
            """),
        Arguments.of("nothing", "", "ended\n"),
        Arguments.of(
            "a request after a frame",
            FROM_CLIENT + "GET ",
            """
            frame 1 @0 CLIENT
            message 1 text 3
            frame 2 @9 SERVER
            violation rsv1-without-extension @9
            violation reserved-opcode @9
            ended in frame 2 payload data
            """),
        Arguments.of(
            "not a head after a request",
            REQUEST + "HTT" + FROM_SERVER,
            """
            request @0 161 bytes Accepted
            frame 1 @161 CLIENT
            violation control-frame-fragmented @161
            violation rsv1-without-extension @161
            violation client-frame-unmasked @162
            ended in frame 1 payload data
            """),
        Arguments.of(
            "only a client's head: the frames are the client's",
            REQUEST + FROM_SERVER + FROM_CLIENT,
            """
            request @0 161 bytes Accepted
            frame 1 @161 CLIENT
            violation client-frame-unmasked @162
            message 1 text 3
            frame 2 @166 CLIENT
            message 2 text 3
            ended
            """),
        Arguments.of(
            "only a server's head: the frames are the server's",
            RESPONSE + FROM_CLIENT + FROM_SERVER,
            """
            response @0 129 bytes 101
            frame 1 @129 SERVER
            violation server-frame-masked @130
            message 1 text 3
            frame 2 @138 SERVER
            message 2 text 3
            ended
            """),
        Arguments.of(
            "no frame is found after a length with its top bit set",
            "\u0081\u007f\u0080\0\0\0\0\0\0\0" + FROM_SERVER,
            """
            frame 1 @0 SERVER
            violation length-top-bit-set @2
            ended
            """));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("streams")
  void reportsTheSameEventsHoweverSplit(String name, String stream, String events) {
    assertEquals(events, read(null, stream));
    assertEquals(events, read(null, stream.split("(?<=.)", -1)), "byte by byte");
    for (int cut = 1; cut < stream.length(); cut++) {
      assertEquals(events, read(null, stream.substring(0, cut), stream.substring(cut)));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "CONNECT", "PATCH", "TRACE", "PRI"
      })
  void recognizesTheMethodsOfRequests(String method) {
    String head = method + " / HTTP/1.1\r\n\r\n";
    String first = read(null, head).lines().findFirst().orElseThrow();
    assertEquals("request @0 " + head.length() + " bytes Invalid", first);
  }

  /** A given agreement overrides the response. */
  @Test
  void usesAGivenAgreement() {
    assertEquals(
        """
        frame 1 @0 SERVER
        message 1 text 5
        ended
        """,
        read(DeflateParameters.DEFAULT, COMPRESSED));
    assertEquals(
        """
        response @0 129 bytes 101
        frame 1 @129 SERVER
        message 1 text 5
        ended
        """,
        read(DeflateParameters.DEFAULT, RESPONSE + COMPRESSED));
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource({
    "'', START",
    "G, UNCLEAR",
    "HTTP, UNCLEAR",
    "GET, UNCLEAR",
    "'GET ', REQUEST_HEAD",
    "HTTP/, RESPONSE_HEAD",
    "REQUEST, RESPONSE",
    "REQUEST HTTP/, RESPONSE_HEAD",
    "HIXIE_76, CHALLENGE",
    "HIXIE_76 1234567, CHALLENGE",
    "HIXIE_76 12345678, RESPONSE",
    "REQUEST RESPONSE, FRAME",
    "FRAME, FRAME",
    "REQUEST FRAME, FRAME",
    "TRUNCATED, REST_OF_FRAME",
    "'HTTP/1.1 200 OK\r\n\r\n', BODY",
    "TOP_BIT, NOTHING",
  })
  void awaitsTheNextInput(String written, AwaitedInput.Kind kind) {
    String stream =
        written
            .replace("REQUEST ", REQUEST)
            .replaceFirst("REQUEST$", REQUEST)
            .replace("RESPONSE", RESPONSE)
            .replace("HIXIE_76 ", HIXIE_76)
            .replaceFirst("HIXIE_76$", HIXIE_76)
            .replace("FRAME", FROM_CLIENT)
            .replace("TRUNCATED", "\u0001\u0005He")
            .replace("TOP_BIT", "\u0081\u007f\u0080\0\0\0\0\0\0\0");
    MixedStreamReader reader = reader(null, new Lines());
    feed(reader, stream);
    assertEquals(kind, reader.awaited().kind());
    IncompleteFrame frame = reader.awaited().frame();
    assertEquals(
        kind == AwaitedInput.Kind.REST_OF_FRAME ? 3 : 0, frame == null ? 0 : frame.missing());
    assertEquals(kind == AwaitedInput.Kind.REST_OF_FRAME ? 1 : 0, reader.awaited().open().size());
  }

  @Test
  void knowsWhatItHasRead() {
    MixedStreamReader reader = reader(null, new Lines());
    assertFalse(reader.hasHandshake());
    assertFalse(reader.assumesSenders());
    feed(reader, REQUEST);
    assertTrue(reader.hasHandshake());
    feed(reader, RESPONSE + FROM_CLIENT);
    assertFalse(reader.assumesSenders());
    feed(reader, FROM_SERVER);
    assertTrue(reader.assumesSenders());

    MixedStreamReader named = reader(null, new Lines());
    named.feed(ByteBuffer.wrap(FROM_CLIENT.getBytes(ISO_8859_1)), Endpoint.CLIENT);
    named.feed(ByteBuffer.wrap(FROM_SERVER.getBytes(ISO_8859_1)), Endpoint.SERVER);
    assertFalse(named.assumesSenders());

    MixedStreamReader response = reader(null, new Lines());
    feed(response, RESPONSE);
    assertTrue(response.hasHandshake());

    MixedStreamReader frames = reader(null, new Lines());
    feed(frames, FROM_CLIENT);
    assertFalse(frames.hasHandshake());
  }

  /** A listener need not implement any method. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("streams")
  void readsWithoutListenerMethods(String name, String stream, String events) {
    MixedStreamReader reader = reader(null, new ExchangeListener() {});
    feed(reader, stream);
    reader.end();
    boolean head = events.startsWith("request") || events.startsWith("response");
    assertEquals(head || events.startsWith("incomplete"), reader.hasHandshake());
  }

  private static String withOffer(String head) {
    return head.substring(0, head.length() - 2) + OFFER;
  }

  /** Reads pieces, and passes the events through a {@link TeeListener}. */
  private static String read(@Nullable DeflateParameters agreed, String... pieces) {
    Lines lines = new Lines();
    MixedStreamReader reader = reader(agreed, TeeListener.of(lines, new ExchangeListener() {}));
    for (String piece : pieces) {
      feed(reader, piece);
    }
    reader.end();
    return lines.text();
  }

  private static MixedStreamReader reader(
      @Nullable DeflateParameters agreed, ExchangeListener listener) {
    return new MixedStreamReader(null, Limits.NONE, agreed, listener);
  }

  private static void feed(MixedStreamReader reader, String bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes.getBytes(ISO_8859_1));
    reader.feed(in);
    assertEquals(0, in.remaining());
  }

  /** One line per event; all pieces of a body are in one line. */
  private static final class Lines implements ExchangeListener, FrameListener {
    private final List<String> lines = new ArrayList<>();
    private final StringBuilder body = new StringBuilder();

    String text() {
      return String.join("\n", lines) + "\n";
    }

    @Override
    public FrameListener frames(@Nullable Endpoint sender) {
      return this;
    }

    @Override
    public void event(Event event) {
      if (event instanceof Event.Request request) {
        lines.add(
            "request @"
                + request.offset()
                + " "
                + request.raw().length()
                + " bytes "
                + request.result().getClass().getSimpleName()
                + (request.head() == null ? " unreadable" : ""));
        request.result().violations().forEach(this::violation);
      } else if (event instanceof Event.Challenge challenge) {
        lines.add("challenge " + ISO_8859_1.decode(challenge.body()));
      } else if (event instanceof Event.Response response) {
        lines.add(
            "response @"
                + response.offset()
                + " "
                + response.raw().length()
                + " bytes "
                + (response.head() == null ? "unreadable" : response.head().status())
                + (response.request() == null ? "" : " of a request"));
        response.violations().forEach(this::violation);
      } else if (event instanceof Event.HixieFrame frame) {
        lines.add(
            "hixie frame "
                + frame.number()
                + " @"
                + frame.offset()
                + "-"
                + frame.end()
                + " "
                + frame.kind()
                + " "
                + frame.length());
      } else if (event instanceof Event.Body part) {
        body.append(ISO_8859_1.decode(part.bytes()));
      } else if (event instanceof Event.HeadIncomplete head) {
        lines.add("incomplete @" + head.offset() + " " + head.raw());
      } else if (event instanceof Event.ChallengeIncomplete challenge) {
        lines.add(
            "challenge incomplete @"
                + challenge.offset()
                + " "
                + ISO_8859_1.decode(challenge.body()));
      } else {
        throw new AssertionError(event);
      }
    }

    @Override
    public void frameStarted(FrameHeader header, Endpoint sender, List<Violation> violations) {
      lines.add("frame " + header.number() + " @" + header.offset() + " " + sender);
      violations.forEach(this::violation);
    }

    @Override
    public void messageEnded(Message message) {
      lines.add(
          "message " + message.number() + " " + message.type().label() + " " + message.length());
    }

    @Override
    public void violation(Violation violation) {
      lines.add("violation " + violation.rule().id() + " @" + violation.offset());
    }

    @Override
    public void ended(@Nullable IncompleteFrame incomplete) {
      if (body.length() > 0) {
        lines.add("body " + body);
      }
      lines.add(
          incomplete == null
              ? "ended"
              : "ended in frame " + incomplete.frame() + " " + incomplete.field().label());
    }
  }
}
