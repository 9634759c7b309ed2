package wscope.check;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import wscope.protocol.handshake.HttpRequest;
import wscope.protocol.handshake.OutgoingHeaderField;

/** The ways in which clients write their requests. */
final class Openings {
  /** A correct request in one piece. */
  static final Opening WHOLE = request -> List.of(request.bytes());

  private static final String EXTENSIONS = "Sec-WebSocket-Extensions";

  private Openings() {}

  /** A changed request. */
  static Opening of(UnaryOperator<HttpRequest> change) {
    return request -> List.of(change.apply(request).bytes());
  }

  /** A request whose text is changed, one character for each byte. */
  static Opening text(UnaryOperator<String> change) {
    return request -> List.of(bytes(change.apply(request.head())));
  }

  /** A request with an offer of extensions. */
  static Opening deflate(String offer) {
    return of(request -> with(request, EXTENSIONS, offer));
  }

  /** A correct request in two pieces. */
  static Opening cut(int at) {
    return request -> {
      String head = request.head();
      int place = Math.min(at < 0 ? head.length() + at : at, head.length() - 1);
      return List.of(bytes(head.substring(0, place)), bytes(head.substring(place)));
    };
  }

  /** A correct request in pieces of one byte. */
  static Opening singleBytes() {
    return request -> {
      List<ByteBuffer> pieces = new ArrayList<>();
      for (byte b : request.head().getBytes(ISO_8859_1)) {
        pieces.add(ByteBuffer.wrap(new byte[] {b}));
      }
      return pieces;
    };
  }

  /** A correct request with further bytes in the same segment. */
  static Opening with(ByteBuffer after) {
    return request -> List.of(FrameBytes.join(request.bytes(), after));
  }

  /** Other bytes instead of a request. */
  static Opening instead(ByteBuffer bytes) {
    return request -> List.of(bytes.duplicate());
  }

  /** A request with one more field at the end. */
  static HttpRequest with(HttpRequest request, String name, String value) {
    List<OutgoingHeaderField> fields = new ArrayList<>(request.fields());
    fields.add(new OutgoingHeaderField(name, value));
    return fields(request, fields);
  }

  /** A request with another value in a field. */
  static HttpRequest value(HttpRequest request, String name, UnaryOperator<String> change) {
    List<OutgoingHeaderField> fields = new ArrayList<>();
    for (OutgoingHeaderField field : request.fields()) {
      boolean same = field.name().equalsIgnoreCase(name);
      fields.add(same ? new OutgoingHeaderField(field.name(), change.apply(field.value())) : field);
    }
    return fields(request, fields);
  }

  /** A request without a field. */
  static HttpRequest without(HttpRequest request, String name) {
    return fields(
        request,
        request.fields().stream().filter(field -> !field.name().equalsIgnoreCase(name)).toList());
  }

  static HttpRequest fields(HttpRequest request, List<OutgoingHeaderField> fields) {
    return new HttpRequest(request.method(), request.target(), request.version(), fields);
  }

  static ByteBuffer bytes(String latin1) {
    return ByteBuffer.wrap(latin1.getBytes(ISO_8859_1));
  }
}
