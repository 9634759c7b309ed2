package wscope.protocol.handshake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.fuzz.Allocation;
import wscope.fuzz.FuzzInput;
import wscope.protocol.Limits;
import wscope.protocol.deflate.DeflateParameters;
import wscope.protocol.rule.Violation;

/**
 * Any head of a request or a response: the same result however it is split, within the limits,
 * without an exception. Every response of a server is valid HTTP; if it opens a WebSocket, a client
 * finds no violation.
 */
public final class HeadFuzz {
  private static final int SMALL_HEAD = 300;
  private static final int FEW_FIELDS = 6;

  /** What is allocated once, and about a hundred objects for each violation and field. */
  private static final long FIXED_BYTES = 512 << 10;

  private static final long BYTES_PER_BYTE = 2 << 10;

  private HeadFuzz() {}

  /** Settings: response or request, size of the limits, what the server wants, cuts. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    FuzzInput input = new FuzzInput(bytes);
    boolean response = input.flag();
    boolean small = input.flag();
    DeflateParameters wanted =
        input.oneOf(null, DeflateParameters.DEFAULT, new DeflateParameters(true, true, 9, 8));
    int seed = input.below(256);
    byte[] head = input.rest();
    HeadDecoder whole = read(response, small, head);
    assertSame(whole, read(response, small, head, FuzzInput.cuts(seed, head.length)));
    assertSame(whole, read(response, small, head, FuzzInput.everywhere(head.length)));
    Allocation.assertAtMost(
        FIXED_BYTES + BYTES_PER_BYTE * head.length,
        () -> check(read(response, small, head), wanted));
  }

  private static HeadDecoder read(boolean response, boolean small, byte[] head, int... cuts) {
    int longest = small ? SMALL_HEAD : Limits.SERVER.maxHead();
    int fields = small ? FEW_FIELDS : Limits.SERVER.maxHeaderFields();
    HeadDecoder decoder =
        response ? new ResponseDecoder(longest, fields) : new RequestDecoder(longest, fields);
    ByteBuffer in = ByteBuffer.wrap(head);
    boolean done = false;
    for (int i = 0; i <= cuts.length && !done; i++) {
      done = decoder.feed(in.limit(i == cuts.length ? head.length : cuts[i]));
      assertTrue(done || !in.hasRemaining(), "no progress");
    }
    boolean cutOff = decoder.size() == longest && in.position() == longest + 1;
    assertEquals(in.position(), decoder.size() + (cutOff ? 1 : 0));
    return decoder;
  }

  private static void assertSame(HeadDecoder whole, HeadDecoder pieces) {
    assertEquals(whole.received(), pieces.received());
    assertEquals(whole.violations(), pieces.violations());
    assertEquals(whole.isComplete(), pieces.isComplete());
    assertEquals(whole.fields(), pieces.fields());
  }

  private static void check(HeadDecoder decoder, @Nullable DeflateParameters wanted) {
    assertInside(decoder.violations(), decoder.size());
    if (decoder instanceof ResponseDecoder response && response.head() != null) {
      assertStatusLine(response);
      ClientHandshake.Result result = ClientHandshake.check(null, response.head());
      assertInside(result.violations(), decoder.size());
    }
    boolean done = decoder.feed(ByteBuffer.allocate(0));
    if (decoder instanceof RequestDecoder request && done) {
      check(request, wanted);
    }
  }

  /** A version, a space, three digits, and nothing or a space and more (RFC 9112 §4). */
  private static void assertStatusLine(ResponseDecoder decoder) {
    ResponseHead head = decoder.head();
    String line = decoder.received().lines().findFirst().orElseThrow();
    String start = String.format("%s %03d", head.version(), head.status());
    assertTrue(line.equals(start) || line.startsWith(start + " "), line);
  }

  private static void check(RequestDecoder decoder, @Nullable DeflateParameters wanted) {
    HandshakeResult result = ServerHandshake.check(decoder.head(), decoder.violations());
    assertInside(result.violations(), decoder.size());
    boolean wrong = result.violations().stream().anyMatch(found -> found.rule().isError());
    assertEquals(wrong, result instanceof HandshakeResult.Invalid);
    if (result instanceof HandshakeResult.Invalid invalid) {
      ResponseHead response = reread(invalid.response());
      assertTrue(response.status() >= 400 && response.status() < 600, response.toString());
    } else if (result instanceof HandshakeResult.Accepted accepted) {
      assertClientAgrees(accepted, wanted);
    }
  }

  private static void assertClientAgrees(
      HandshakeResult.Accepted request, @Nullable DeflateParameters wanted) {
    List<String> offered = request.request().subprotocols();
    String chosen = offered.isEmpty() ? null : offered.get(offered.size() - 1);
    HandshakeResult.Accepted accepted = ServerHandshake.accept(request, chosen, wanted, List.of());
    ResponseHead head = reread(accepted.response());
    assertEquals(101, head.status());
    ClientHandshake.Result result = ClientHandshake.check(request.request(), head);
    assertEquals(List.of(), result.violations());
    assertEquals(accepted.deflate().agreed(), result.deflate());
  }

  /** The response as read from its bytes: nothing in a request can change its layout. */
  private static ResponseHead reread(HttpResponse response) {
    ResponseDecoder decoder = new ResponseDecoder(Integer.MAX_VALUE, Integer.MAX_VALUE);
    ByteBuffer in = response.bytes();
    assertTrue(decoder.feed(in));
    assertEquals(List.of(), decoder.violations());
    ResponseHead head = decoder.head();
    assertEquals(response.status(), head.status());
    assertEquals(response.reason(), head.reason());
    HeaderField length = head.first("Content-Length");
    assertEquals(in.remaining(), length == null ? 0 : Integer.parseInt(length.value()));
    assertEquals(response.body(), StandardCharsets.UTF_8.decode(in).toString());
    assertEquals(
        response.fields(),
        head.fields().stream()
            .filter(field -> !field.is("Content-Length"))
            .map(field -> new OutgoingHeaderField(field.name(), field.value()))
            .toList());
    return head;
  }

  private static void assertInside(List<Violation> violations, int size) {
    for (Violation violation : violations) {
      assertNotNull(violation.found());
      assertFalse(violation.offset() < 0 || violation.offset() > size, violation.toString());
    }
  }
}
